/** Makes a picture for each page, `/social/<page>.png`, if the site's address is known: nobody could link to it otherwise. */
import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { recordedTraces } from '../../components/recorded/recorded-traces.ts';
import { lessonPlace, parts } from '../../curriculum.ts';
import { type SocialPicture, socialPng } from '../../social/social-picture.ts';

const traceOf = (page: string): Trace | undefined =>
  Object.entries(recordedTraces).find(([example]) => example.startsWith(`${page}/`))?.[1];

export async function getStaticPaths() {
  if (!import.meta.env.SITE) return [];
  const pages = (await getCollection('docs')).map(({ id, data }) => {
    const place = lessonPlace(id);
    const part = parts.find(({ number }) => number === place?.part)?.title;
    const props: SocialPicture = {
      title: data.title,
      place: place ? `${place.number} ${part ?? ''}` : undefined,
      trace: traceOf(id) ?? traceOf('home'),
    };
    return { params: { page: id }, props };
  });
  const home: SocialPicture = { title: 'Both ends talk at once, and you can see it', place: undefined, trace: traceOf('home') };
  return [...pages, { params: { page: 'home' }, props: home }];
}

export const GET: APIRoute<SocialPicture> = async ({ props }) =>
  new Response(new Uint8Array(await socialPng(props)), { headers: { 'Content-Type': 'image/png' } });
