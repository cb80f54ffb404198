/** The figures of the selected span: for each pair of lanes, each way and both at once. */
import { formatCount } from '../../../protocol/words/count.ts';
import { measureSpan, type WayMeasure } from '../../../protocol/measures/duplex.ts';
import { captionsOf } from '../layout/captions.ts';
import type { Player } from '../player/player.ts';
import { formatTime } from '../words/time.ts';
import { percent } from '../words/percent.ts';
import { bytesWords } from '../words/flight-words.ts';

/** More pairs would push everything else off the screen. */
const mostPairs = 6;

export function SpanFigures({ player }: { player: Player }) {
  const span = player.selection.span.value;
  if (!span) return null;
  const conversation = player.conversation.written.value;
  const { pairs } = conversation;
  const captions = captionsOf(pairs, player.names);
  const flights = conversation.between(span.from, span.to);
  return (
    <section class="tl-figures" aria-label="Span">
      <p>
        <b>{formatTime(span.to - span.from)}</b>, from {formatTime(span.from)} to {formatTime(span.to)}
        <button type="button" class="tl-button tl-worded" onClick={() => player.selection.clear()}>
          Clear span
        </button>
      </p>
      <div class="tl-figures-table" tabIndex={0} role="region" aria-label="Figures of the span">
        <table>
          <thead>
            <tr>
              {pairs.length > 1 && <th scope="col">Connection</th>}
              <th scope="col">Direction</th>
              <th scope="col">{pairs.some(({ isHttp }) => isHttp) ? 'Frames, requests, parts' : 'Frames'}</th>
              <th scope="col">Payload</th>
              <th scope="col">Share of time</th>
              <th scope="col">Delay, median</th>
              <th scope="col">Delay, worst</th>
            </tr>
          </thead>
          <tbody>
            {pairs.slice(0, mostPairs).map((pair, i) => {
              const ids = new Set(pair.connections.map(({ id }) => id));
              const own = flights.filter(({ connection }) => ids.has(connection));
              const carried = conversation.carriedBy(pair.connections);
              const measure = measureSpan(own, [span.from, span.to], carried);
              const caption = pairs.length > 1 ? (captions[i] ?? '') : undefined;
              return (
                <>
                  <Way name="client to server" way={measure['client-to-server']} caption={caption} look="tl-row-c2s" />
                  <Way name="server to client" way={measure['server-to-client']} caption={caption} look="tl-row-s2c" />
                  <tr>
                    {caption !== undefined && <td>{caption}</td>}
                    <th scope="row">both at once</th>
                    <td />
                    <td />
                    <td>{percent(measure.both)}</td>
                    <td />
                    <td />
                  </tr>
                </>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Way({ name, way, caption, look }: { name: string; way: WayMeasure; caption: string | undefined; look: string }) {
  return (
    <tr class={look}>
      {caption !== undefined && <td>{caption}</td>}
      <th scope="row">{name}</th>
      <td>{formatCount(way.frames)}</td>
      <td>{bytesWords(way.payloadBytes)}</td>
      <td>{percent(way.share)}</td>
      <td>{way.delayMs ? formatTime(way.delayMs.median) : '–'}</td>
      <td>{way.delayMs ? formatTime(way.delayMs.worst) : '–'}</td>
    </tr>
  );
}
