/** Runs a case against a server, and judges what came back. */
import { type Frame, Opcode, opcodeName, shortestHeaderLength } from '../../protocol/wire/frame.ts';
import { type Case, close, type Ending, type ExpectedFrame, type FrameCase, type HandshakeCase } from './case.ts';
import { handshakeRequest, RawClient } from './raw-client.ts';
import { judgeDeflate } from './run-deflate-case.ts';

/** The longest wait for an answer, in ms. No answer takes nearly as long, but a busy machine is no failure. */
const patience = 20_000;

/** Queries of the addresses that compress: each message by itself, or with the window of the messages before. */
const compressing = ['?compress=1', '?compress=takeover'];

/**
 * Runs a case against the server on `port` of this machine, at its address `echo`. Returns a sentence if the server did not do
 * what it must; undefined otherwise.
 */
export async function runCase(port: number, one: Case, echo = '/echo'): Promise<string | undefined> {
  if (!('offers' in one))
    return await withClient(port, (client) =>
      'request' in one ? judgeHandshake(client, one, echo) : judgeFrames(client, one, echo),
    );
  for (const query of compressing) {
    const wrong = await withClient(port, (client) => judgeDeflate(client, one, echo + query, 3 * patience));
    if (wrong !== undefined) return `${query}: ${wrong}`;
  }
  return undefined;
}

async function withClient<Result>(port: number, use: (client: RawClient) => Promise<Result>): Promise<Result> {
  const client = await RawClient.open(port);
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

async function judgeHandshake(client: RawClient, one: HandshakeCase, echo: string): Promise<string | undefined> {
  const { request, chop, status, fields } = one;
  await client.send([Buffer.from(request.replace(' /echo', ` ${echo}`), 'latin1')], chop);
  if (!(await client.until(() => client.head !== undefined, patience))) return 'no answer came';
  if (client.status !== status) return `the status was ${client.status}, not ${status}`;
  for (const [name, value] of Object.entries(fields)) {
    const got = client.field(name);
    if (got?.toLowerCase() !== value?.toLowerCase()) return `${name} was ${got ?? 'absent'}, not ${value ?? 'absent'}`;
  }
  if (status === 101) return undefined;
  return (await client.until(() => client.ended, patience)) ? undefined : 'the server kept the connection open';
}

async function judgeFrames(client: RawClient, { steps, ending }: FrameCase, echo: string): Promise<string | undefined> {
  await client.send([Buffer.from(handshakeRequest(echo))], 'whole');
  await client.until(() => client.head !== undefined, patience);
  if (client.status !== 101) return `the handshake was answered with ${client.status}`;
  let seen = 0;
  for (const step of steps) {
    if ('send' in step) await client.send(step.send, step.chop);
    else {
      for (const expected of step.receive) {
        if (!(await client.until(() => client.frames.length > seen, patience))) return `no ${opcodeName(expected.opcode)} came`;
        const wrong = difference(client.frames[seen++], expected);
        if (wrong) return wrong;
      }
    }
  }
  if (ending.by === 'policy') await client.until(() => client.frames.at(-1)?.opcode === Opcode.close, patience);
  if (ending.by === 'client' || ending.by === 'policy') await client.send([close(1000)], 'whole');
  if (!(await client.until(() => client.ended, patience))) return 'the server did not end the connection';
  return judgeEnding(client, client.frames.slice(seen), ending);
}

function judgeEnding({ reset }: RawClient, rest: readonly Frame[], ending: Ending): string | undefined {
  const [last, ...more] = ending.by === 'policy' ? rest.slice(rest.findIndex(isClose)) : rest;
  if (!last) return `the connection was ${reset ? 'reset' : 'ended'} without a Close frame`;
  if (last.opcode !== Opcode.close) return `a ${opcodeName(last.opcode)} came that nothing asked for`;
  if (more.length > 0) return `a ${opcodeName(more[0]?.opcode ?? 0)} came after the Close`;
  if (!isLawful(last)) return 'the Close was masked or had reserved bits';
  const { payload } = last;
  const code = payload.length >= 2 ? Buffer.from(payload).readUInt16BE() : undefined;
  const codes: readonly (number | undefined)[] = 'codes' in ending ? ending.codes : [ending.by === 'client' ? 1000 : ending.code];
  return codes.includes(code)
    ? undefined
    : `the Close had ${code ?? 'no code'}, not ${codes.map((c) => c ?? 'none').join(' or ')}`;
}

function difference(frame: Frame | undefined, { opcode, payload }: ExpectedFrame): string | undefined {
  if (!frame) return `the connection ended before the ${opcodeName(opcode)}`;
  if (frame.opcode !== opcode) return `a ${opcodeName(frame.opcode)} came, not a ${opcodeName(opcode)}`;
  if (!isLawful(frame) || !frame.fin) return `the ${opcodeName(opcode)} was masked, in fragments or had reserved bits`;
  if (frame.length !== payload.length) return `the ${opcodeName(opcode)} had ${frame.length} bytes, not ${payload.length}`;
  return Buffer.compare(frame.payload, payload) === 0 ? undefined : `the ${opcodeName(opcode)} had other bytes`;
}

const isClose = ({ opcode }: Frame): boolean => opcode === Opcode.close;

/** True if the frame has no mask, no reserved bit and the shortest form of its length (RFC 6455 §5.1, §5.2). */
function isLawful({ maskingKey, rsv1, rsv2, rsv3, length, headerLength }: Frame): boolean {
  return !maskingKey && !rsv1 && !rsv2 && !rsv3 && headerLength === shortestHeaderLength(length, false);
}
