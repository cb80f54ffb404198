import { signal } from '@preact/signals';
import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import type { Flight } from '../../protocol/trace/flight.ts';
import { answer, connection, textFlight } from './testing/flights-for-tests.ts';
import { FrameTable } from './panels/FrameTable.tsx';
import { Timeline } from './Timeline.tsx';

const connections = [connection('A1')];

function timeline(flights: readonly Flight[]): string {
  const none = { revision: signal(0), live: signal(undefined), selected: signal<Flight | undefined>(undefined) };
  return render(<Timeline trace={{ connections, events: [] }} flights={flights} {...none} />);
}

test('the server writes a whole picture for each orientation, with its words, and a table for readers without scripts', () => {
  const html = timeline([textFlight(0), answer(50)]);
  expect(html).toContain('<figure class="tl not-content" aria-label="Timeline">');
  expect(html.match(/<svg viewBox="0 0 (560|360)/g)).toHaveLength(2);
  expect(html).toContain('1 frame from client to server and 1 frame back, between client A and the server, on 1 connection.');
  expect(html).toMatch(/<noscript><details><summary>Show as table<\/summary>.*<table>/);
});

test('the controls have names', () => {
  const html = timeline([textFlight(0)]);
  for (const name of ['Play', 'Previous event', 'Next event', 'Position', 'Speed', 'Select a span', 'Keyboard shortcuts'])
    expect(html).toContain(`aria-label="${name}"`);
  expect(html).toMatch(/<button[^>]*>Follow<\/button>/);
  expect(html).toMatch(/<button[^>]*>Show as table<\/button>/);
});

test('the shares of time are what protocol/measures/duplex.ts measures', () => {
  const html = timeline([textFlight(0), answer(50)]).replace(/<[^>]+>/g, '');
  expect(html).toContain('c→s 67%');
  expect(html).toContain('s→c 67%');
  expect(html).toContain('both 33%');
});

test('what a peer sent is text, never markup', () => {
  const html = timeline([textFlight(0, { text: '<img src=x onerror=alert(1)>' })]);
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img');
});

test('an empty trace is an empty picture', () => {
  expect(timeline([])).toContain('0 frames from client to server');
});

test('the table has a row for each frame, in words', () => {
  const dropped = textFlight(200, { receivedAt: undefined, dropped: { at: 200, reason: 'The link is simplex.' } });
  const html = render(<FrameTable flights={[textFlight(0), answer(50, { opcode: 9 }), dropped]} connections={connections} />);
  const rows = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/g)].map(([, row = '']) =>
    row
      .split(/<\/t[hd]>/)
      .map((cell) => cell.replace(/<[^>]+>/g, ''))
      .slice(0, -1),
  );
  expect(html).toContain('<caption>');
  expect(rows).toEqual([
    ['#', 'Sent at', 'Direction', 'Type', 'Length', 'Took', 'Payload'],
    ['1', '0 ms', 'client A → server', 'text', '5 B', '100 ms', 'Hello'],
    ['2', '50.0 ms', 'server → client A', 'ping', '5 B', '100 ms', 'Hello'],
    ['3', '200 ms', 'client A → server', 'text', '5 B', 'dropped: The link is simplex.', 'Hello'],
  ]);
});

test('a long table shows a part at a time and says which; without scripts it says how many frames it leaves out', () => {
  const flights = Array.from({ length: 620 }, (_, i) => textFlight(i));
  const html = render(<FrameTable flights={flights} connections={connections} />);
  expect(html.match(/<tr/g)).toHaveLength(201);
  expect(html).toContain('Frames 1 to 200 of 620');
  expect(render(<FrameTable flights={flights} connections={connections} selected={flights[450]} />)).toContain(
    'Frames 401 to 600 of 620',
  );
  const bare = render(<FrameTable flights={flights} connections={connections} most={100} />);
  expect(bare.match(/<tr/g)).toHaveLength(101);
  expect(bare).toContain('100 of 620 frames; 520 are left out.');
});
