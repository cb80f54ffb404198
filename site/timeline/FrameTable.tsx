/** The frames of the timeline as a table, in the same order. */
import type { Flight } from '../../protocol/flight.ts';
import type { TraceConnection } from '../../protocol/trace.ts';
import { preview, shorten } from './payload.ts';
import { formatTime } from './time.ts';
import { directionWords, fateWords, kindWords } from './words.ts';

interface Props {
  /** In the order of their sending. */
  flights: readonly Flight[];
  connections: readonly TraceConnection[];
  /** True while frames that have not arrived may still do so. */
  running?: boolean;
  selected?: Flight | undefined;
  /** Left out where nothing can be selected: without scripts. */
  onSelect?: (flight: Flight) => void;
  /** Rows shown; how many are left out is said below. */
  most?: number;
}

export function FrameTable({ flights, connections, running = false, selected, onSelect, most = 500 }: Props) {
  const severalConnections = connections.length > 1;
  return (
    <div class="tl-table" tabIndex={0} role="region" aria-label="Table of frames">
      <table>
        <caption>Frames in the order in which they were sent</caption>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">Sent at</th>
            {severalConnections && <th scope="col">Connection</th>}
            <th scope="col">Direction</th>
            <th scope="col">Type</th>
            <th scope="col">Length</th>
            <th scope="col">Took</th>
            <th scope="col">Payload</th>
          </tr>
        </thead>
        <tbody>
          {flights.slice(0, most).map((flight, i) => (
            <tr
              key={flight.id}
              {...(onSelect && { onClick: () => onSelect(flight) })}
              class={flight.direction === 'client-to-server' ? 'tl-row-c2s' : 'tl-row-s2c'}
              aria-current={flight === selected ? 'true' : undefined}
            >
              <th scope="row">
                {onSelect ? (
                  <button type="button" aria-label={`Frame ${i + 1}`} aria-pressed={flight === selected}>
                    {i + 1}
                  </button>
                ) : (
                  i + 1
                )}
              </th>
              <td>{formatTime(flight.sentAt)}</td>
              {severalConnections && <td>{flight.connection}</td>}
              <td>{directionWords(flight, connections)}</td>
              <td>{kindWords(flight)}</td>
              <td>{flight.length} B</td>
              <td>{fateWords(flight, running)}</td>
              <td class="tl-payload">{shorten(preview(flight), 40)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {flights.length > most && (
        <p class="tl-left-out">
          {most} of {flights.length} frames; {flights.length - most} are left out.
        </p>
      )}
    </div>
  );
}
