/** The lessons' recorded traces as documents, such as `/trace/1-4-full-duplex/crossing.json`: to open, to embed, to download. */
import type { APIRoute } from 'astro';
import type { Trace } from '../../../protocol/trace/trace.ts';

const traces = import.meta.glob<Trace>('../../../content/**/trace.json', { import: 'default', eager: true });

export function getStaticPaths() {
  return Object.entries(traces).map(([path, trace]) => ({
    params: { example: path.replace(/^.*\/content\//, '').replace(/\/trace\.json$/, '') },
    props: { trace },
  }));
}

export const GET: APIRoute<{ trace: Trace }> = ({ props }) => Response.json(props.trace);
