/** Gives a trace to the reader as a file. Needs no secure context, only a link with `download`. */
import { toHar } from '../../protocol/export/har.ts';
import { toPcapng } from '../../protocol/export/pcapng.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import { pngOf, svgOf } from './picture.tsx';

const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

const formats = {
  json: { type: 'application/json', make: (trace: Trace) => json(trace) },
  har: { type: 'application/json', make: (trace: Trace) => json(toHar(trace)) },
  pcapng: { type: 'application/octet-stream', make: (trace: Trace) => toPcapng(trace) },
  svg: { type: 'image/svg+xml', make: (trace: Trace) => svgOf(trace) },
  png: { type: 'image/png', make: (trace: Trace) => pngOf(trace) },
};

/** The formats in which a trace can be saved; each is also the file's extension. */
export type TraceFormat = keyof typeof formats;

/** Makes the file and hands it to the browser. */
export async function saveTrace(trace: Trace, format: TraceFormat): Promise<void> {
  const { type, make } = formats[format];
  const address = URL.createObjectURL(new Blob([await make(trace)], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `trace.${format}`;
  link.click();
  // The browser reads the file only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
