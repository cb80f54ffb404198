/**
 * Asks Chromium, Firefox and WebKit which of the APIs that our code names they lack: in a page, in a Worker of a sandboxed frame,
 * and in a page without TLS. Writes `lint/engine-apis.json`. Needs all three.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { format } from 'prettier';
import { launchFirefox } from '../../e2e/engines/setup/firefox.ts';
import { launchWebKit } from '../../e2e/engines/setup/webkit.ts';
import { readCode, toBeAsked } from '../../lint/engine-apis.ts';
import { missingHere } from '../../lint/missing-here.ts';
import { ensureChromium } from './chromium.ts';
import { findFirefox, findWebKit } from './engines.ts';
import { root } from '../root.ts';

/** A browser that runs a script in a page. */
interface Asked {
  version: string;
  open(address: string): Promise<void>;
  evaluate(script: string): Promise<unknown>;
  close(): Promise<void>;
}

const versionOf = (program: string, ...words: string[]): string => execFileSync(program, words, { encoding: 'utf8' }).trim();

async function startChromium(): Promise<Asked> {
  const executablePath = ensureChromium();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  return {
    version: `Chromium ${browser.version()}`,
    open: async (address) => void (await page.goto(address)),
    evaluate: (script) => page.evaluate(script),
    close: () => browser.close(),
  };
}

async function startEngine(launched: ReturnType<typeof launchFirefox>, version: string): Promise<Asked> {
  const engine = await launched;
  const page = await engine.newPage();
  return {
    version,
    open: (address) => page.open(address),
    // The pages have no policy that would forbid eval.
    evaluate: (script) => page.evaluate((text) => (0, eval)(text) as unknown, script),
    close: () => engine.close(),
  };
}

function starters(): (() => Promise<Asked>)[] {
  const [firefox, webkit] = [findFirefox(), findWebKit()];
  if (!firefox || !webkit)
    throw new Error('Firefox or WebKit is missing (CONTRIBUTING.md, Setting up): ask all three engines together.');
  return [
    startChromium,
    () =>
      startEngine(launchFirefox(firefox, {}, { 'network.socket.ip_addr_any.disabled': false }), versionOf(firefox, '--version')),
    () =>
      startEngine(launchWebKit(webkit), `WebKitGTK ${versionOf('dpkg-query', '-W', '-f', '${Version}', 'libwebkit2gtk-4.1-0')}`),
  ];
}

/** Returns a script that runs `question` in a Worker of a sandboxed frame, where the reader's programs run. */
const inWorker = (question: string): string => `new Promise((resolve) => {
  addEventListener('message', ({ data }) => resolve(data), { once: true });
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts';
  const program = 'postMessage(' + ${JSON.stringify(question)} + ')';
  frame.srcdoc = '<script>new Worker(URL.createObjectURL(new Blob([' + JSON.stringify(program).replaceAll('<', '\\u003c') +
    ']))).onmessage = ({ data }) => parent.postMessage(data, "*")</' + 'script>';
  document.body.append(frame);
})`;

const code = readCode();
const [inPages, inWorkers] = (['page', 'worker'] as const).map((where) => toBeAsked(code, where)) as [
  ReturnType<typeof toBeAsked>,
  ReturnType<typeof toBeAsked>,
];
const questionOf = ({ names }: { names: string[] }): string => `(${missingHere.toString()})(${JSON.stringify(names)})`;

const server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Asked</title><body></body>');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
/** Also this machine, but browsers do not treat it as loopback: its page has no more than any page without TLS. */
const plain = `http://0.0.0.0:${port}/`;

const engines: Record<string, string> = {};
const missing: Record<string, unknown> = {};
for (const [i, start] of starters().entries()) {
  const name = ['chromium', 'firefox', 'webkit'][i] as string;
  const asked = await start();
  engines[name] = asked.version;
  await asked.open(`http://127.0.0.1:${port}/`);
  missing[`${name}, page`] = await asked.evaluate(questionOf(inPages));
  missing[`${name}, worker`] = await asked.evaluate(inWorker(questionOf(inWorkers)));
  await asked.open(plain);
  if (await asked.evaluate('isSecureContext')) throw new Error(`${name} treats ${plain} as a secure context`);
  missing[`${name}, page without TLS`] = await asked.evaluate(questionOf(inPages));
  await asked.close();
  console.log(`${name}: ${asked.version}`);
}
server.close();
server.closeAllConnections();
const path = join(root, 'lint/engine-apis.json');
const text = JSON.stringify({ engines, asked: { page: inPages.asked, worker: inWorkers.asked }, missing });
writeFileSync(path, await format(text, { parser: 'json' }));
