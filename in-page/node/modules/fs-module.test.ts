import { describe, expect, test } from 'vitest';
import { Buffer } from '../buffer.ts';
import type { HttpModule } from '../http/http.ts';
import { type Coded, idleWorld, request, runNode, thrownBy } from '../testing/node-programs.ts';
import type { FileStream } from './file-stream.ts';

const files = { 'data.json': '{}', 'public/a.txt': 'grüße', 'public/b.txt': '' };

describe('fs', () => {
  interface Fs {
    readFileSync: (path: unknown, encoding?: unknown) => unknown;
    readFile: (path: unknown, ...rest: unknown[]) => void;
    existsSync: (path: unknown) => boolean;
    readdirSync: (path: string) => string[];
    statSync: (path: string) => { size: number; isFile: () => boolean; isDirectory: () => boolean };
    promises: { readFile: (path: unknown, encoding?: unknown) => Promise<unknown> };
    writeFileSync: () => void;
  }
  const fsOf = async (): Promise<Fs> => (await idleWorld(files)).require('fs') as Fs;

  test('reads the reader’s files by paths and addresses, as bytes or text', async () => {
    const { readFileSync, existsSync, readdirSync, statSync, promises } = await fsOf();
    expect(readFileSync('public/a.txt', 'utf8')).toBe('grüße');
    expect(readFileSync('/app/public/a.txt', { encoding: 'utf8' })).toBe('grüße');
    expect(readFileSync(new URL('file:///app/public/a.txt'))).toEqual(Buffer.from('grüße'));
    expect(['./public/a.txt', 'public', '/app', 'none', 7].map(existsSync)).toEqual([true, true, true, false, false]);
    expect([readdirSync('public'), readdirSync('/app')]).toEqual([
      ['a.txt', 'b.txt'],
      ['data.json', 'public'],
    ]);
    expect([statSync('public/a.txt').size, statSync('public').isDirectory()]).toEqual([7, true]);
    expect(await promises.readFile('data.json', 'utf8')).toBe(files['data.json']);
  });

  test('tells of a file that is not there as Node does', async () => {
    const { readFileSync, readFile, promises } = await fsOf();
    const error = {
      code: 'ENOENT',
      errno: -2,
      syscall: 'open',
      path: 'none',
      message: "ENOENT: no such file or directory, open 'none'",
    };
    expect(thrownBy(() => readFileSync('none'))).toMatchObject(error);
    expect(thrownBy(() => readFileSync('public'))).toMatchObject({ code: 'EISDIR' });
    await expect(promises.readFile('none')).rejects.toMatchObject(error);
    const heard = await new Promise((resolve) => readFile('none', 'utf8', (...values: unknown[]) => resolve(values)));
    expect(heard).toEqual([expect.objectContaining(error)]);
    expect(await new Promise((resolve) => readFile('data.json', 'utf8', (_: unknown, text: unknown) => resolve(text)))).toBe(
      files['data.json'],
    );
  });

  test('pipes a file into a response, and tells of one that is not there by the event "error"', async () => {
    const seen: unknown[] = [];
    const { responses, errors } = await runNode({
      parts: { files },
      requests: [request('GET /public/a.txt'), request('GET /none')],
      server: ({ require }) => {
        const fs = require('fs') as { createReadStream: (path: string) => FileStream };
        (require('http') as HttpModule)
          .createServer((req, res) => {
            const stream = fs.createReadStream(req.url.slice(1));
            stream.on('close', () => seen.push('close'));
            stream.on('error', (error: Coded) => {
              seen.push(error.code);
              res.writeHead(404).end();
            });
            stream.pipe(res);
          })
          .listen(3000);
      },
    });
    expect(errors).toEqual([]);
    expect(responses[0]).toContain('\r\n\r\n7\r\ngrüße\r\n0\r\n');
    expect(responses[1]).toContain('404 Not Found');
    expect(seen).toEqual(['close', 'ENOENT', 'close']);
  });

  test('writes nothing, and says so', async () => {
    const { writeFileSync } = await fsOf();
    expect(() => writeFileSync()).toThrow('fs.writeFileSync is not there in the page: a run writes no files');
  });
});
