/** The lessons' recorded traces as documents, such as `/trace/1-4-full-duplex/crossing.json`: to open, to embed, to download. */
import type { APIRoute } from 'astro';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { recordedTraces } from '../../components/recorded/recorded-traces.ts';

export function getStaticPaths() {
  return Object.entries(recordedTraces).map(([example, trace]) => ({ params: { example }, props: { trace } }));
}

export const GET: APIRoute<{ trace: Trace }> = ({ props }) => Response.json(props.trace);
