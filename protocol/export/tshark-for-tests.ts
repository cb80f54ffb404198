/** Reads pcapng files with tshark (Wireshark's reader for terminals). Tests use it if it is installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameFacts } from './corpus-for-tests.ts';

/** The version of tshark, or undefined if it is not installed. */
export const tsharkVersion = /TShark[^\d]*([\d.]+)/.exec(
  spawnSync('tshark', ['--version'], { encoding: 'utf8' }).stdout ?? '',
)?.[1];

/** Runs tshark on the file and returns what it prints. Throws with tshark's own message if it fails. */
function tshark(file: Uint8Array, words: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'duplex-'));
  try {
    const path = join(folder, 'trace.pcapng');
    writeFileSync(path, file);
    const { status, stdout, stderr } = spawnSync('tshark', ['-r', path, ...words], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (status !== 0) throw new Error(`tshark ended with ${String(status)}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A field's bytes in tshark's JSON: hexadecimal first. */
type Raw = [hex: string, ...rest: number[]];
type Layer = Record<string, unknown>;

/** A WebSocket frame as tshark reads it. */
export interface DissectedFrame extends Omit<FrameFacts, 'connection' | 'direction'> {
  /** tshark's number for the TCP connection. */
  stream: number;
  fromServer: boolean;
}

const asJson = ['-Y', 'websocket', '-T', 'json', '-x', '-J', 'tcp websocket', '--no-duplicate-keys'];
const warnings = ['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE', '-z', 'expert,warn'];

/** What tshark finds in a file. tshark takes a sixth of a second to start, so one run yields both. */
export interface Dissection {
  /** All WebSocket frames that it finds, in file order. */
  frames: DissectedFrame[];
  /** What it warns about: checksums, lost segments, retransmissions, malformed packets. Empty if all is well. */
  warnings: string;
}

export function dissect(file: Uint8Array): Dissection {
  const output = tshark(file, [...asJson, ...warnings]);
  const end = output.lastIndexOf('\n]\n') + '\n]\n'.length;
  return { frames: framesIn(output.slice(0, end)), warnings: output.slice(end).trim() };
}

function framesIn(json: string): DissectedFrame[] {
  const packets = JSON.parse(json) as { _source: { layers: Record<string, Layer | Layer[]> } }[];
  return packets.flatMap(({ _source: { layers } }) => {
    const tcp = layers['tcp'] as Record<string, string>;
    return [layers['websocket'] ?? []].flat().map((frame) => {
      const raw = (name: string): string => (frame[`websocket.${name}_raw`] as Raw | undefined)?.[0] ?? '';
      const value = (name: string): number => Number(frame[`websocket.${name}`]);
      const key = 'websocket.masking_key' in frame ? String(frame['websocket.masking_key']).replaceAll(':', '') : undefined;
      const short = value('payload_length');
      return {
        stream: Number(tcp['tcp.stream']),
        fromServer: tcp['tcp.srcport'] === '80',
        fin: value('fin') === 1,
        rsv: value('rsv'),
        opcode: value('opcode'),
        key,
        length: short === 126 ? value('payload_length_ext_16') : short === 127 ? value('payload_length_ext_64') : short,
        payload: key === undefined ? raw('payload') : unmask(raw('masked_payload'), key),
      };
    });
  });
}

function unmask(hex: string, key: string): string {
  const keyBytes = Buffer.from(key, 'hex');
  return Buffer.from(Buffer.from(hex, 'hex').map((byte, i) => byte ^ (keyBytes[i % 4] as number))).toString('hex');
}
