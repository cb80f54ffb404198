import { describe, expect, test, vi } from 'vitest';
import { recordedTraces } from '../../protocol/export/corpus-for-tests.ts';
import { emptyTrace } from '../../protocol/trace/trace.ts';
import { openAddress, openTrace } from './open-trace.ts';

test.each(recordedTraces())('%s opens', (_, trace) => {
  expect(openTrace(JSON.stringify(trace))).toEqual(trace);
});

const event = { time: 1, at: 'socket', name: 'frame_sent', connection: 'A1', direction: 'client-to-server', frame: 0 };
const frame = { ...event, fin: true, rsv: 0, opcode: 1, masked: false, length: 0, bytes: '8100' };
test.each([
  [null, 'it is not an object'],
  [{}, 'it has no "name"'],
  [{ ...frame, time: '1' }, 'its "time" is not a number of milliseconds'],
  [{ ...frame, at: 'moon' }, 'its "at" is not one of client, socket, link, server'],
  [{ ...frame, connection: 1 }, 'it names no "connection"'],
  [{ ...frame, direction: 'up' }, 'its "direction" is not one of client-to-server, server-to-client'],
  [{ ...frame, frame: -1 }, 'its "frame" is not a number from 0'],
  [{ ...frame, opcode: 16 }, 'its "opcode" is not a number from 0 to 15'],
  [{ ...frame, bytes: 'xy' }, 'its "bytes" are not hexadecimal'],
])('an event like %j is refused with what is wrong with it', (wrong, fault) => {
  const text = JSON.stringify({ ...emptyTrace(), events: [frame, wrong] });
  expect(() => openTrace(text)).toThrow(new SyntaxError(`Cannot read trace: event 2 cannot be drawn, ${fault}`));
});

test('accepts an event whose name is unknown', () => {
  const trace = { ...emptyTrace(), events: [{ time: 1, at: 'client', connection: 'A1', name: 'later' }] };
  expect(openTrace(JSON.stringify(trace)).events).toHaveLength(1);
});

describe('an address', () => {
  const page = 'http://here.example/trace/';
  test.each(['https://there.example/x.json', '//there.example/x.json', 'data:application/json,{}', 'http://'])(
    'is refused when it is of another site: %s',
    async (address) => {
      const fetching = vi.spyOn(globalThis, 'fetch');
      await expect(openAddress(address, page)).rejects.toThrow(`Cannot open ${address}: it is not an address of this site`);
      expect(fetching).not.toHaveBeenCalled();
    },
  );
});
