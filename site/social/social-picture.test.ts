import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readTrace } from '../../protocol/trace/trace.ts';
import { colours, socialPng, socialSvg } from './social-picture.ts';

const trace = readTrace(readFileSync('content/1-4-full-duplex/crossing/trace.json', 'utf8'));
const picture = { title: 'What happens when both <ends> & all talk at once?', place: '1.4 Directions', trace };

it('draws one line for each frame from the client, two for each from the server, and nothing else that moves', () => {
  const lines = (colour: string): number => socialSvg(picture).split(`stroke="${colour}"`).length - 1;
  // Ten frames each way, a Close each way, and both halves of the handshake.
  expect(lines(colours.c2s)).toBe(12);
  expect(lines(colours.s2c)).toBe(12);
});

it('breaks a long title and takes its characters as they are', () => {
  expect(socialSvg(picture)).toContain('>What happens when both &lt;ends&gt; &amp;<');
});

it('is a PNG of 1200 × 630 and of a modest size', async () => {
  const png = await socialPng(picture);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
  expect(png.length).toBeLessThan(80_000);
});

it('has the colours of the light theme', () => {
  const tokens = readFileSync('site/styles/tokens.css', 'utf8').split("[data-theme='dark']", 1)[0];
  for (const [name, value] of Object.entries(colours)) expect(tokens).toContain(`--${name}: ${value};`);
});
