/** The frames of the timeline as a table, in the same order. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { TraceConnection } from '../../../protocol/trace/trace.ts';
import { preview, shorten } from '../conversation/payload-preview.ts';
import { formatTime } from '../words/time.ts';
import { WindowBar, windowAround } from './RowWindow.tsx';
import { directionWords, fateWords, kindWords } from '../words/flight-words.ts';

interface Props {
  /** In the order they were sent. */
  flights: readonly Flight[];
  connections: readonly TraceConnection[];
  /** How far off the server's times may be, ± ms. */
  uncertaintyMs?: number;
  /** True while frames that have not arrived may still do so. */
  running?: boolean;
  selected?: Flight | undefined;
  /** Undefined without scripts, when nothing can be selected. */
  onSelect?: (flight: Flight) => void;
  /** How many rows to show without scripts; a note below counts the rest. When undefined, the table shows a part at a time. */
  most?: number;
}

export function FrameTable({ flights, connections, uncertaintyMs = 0, running = false, selected, onSelect, most }: Props) {
  const shown = useSignal<number | undefined>(undefined);
  const selectedAt = selected ? flights.indexOf(selected) : -1;
  useLayoutEffect(() => void (shown.value = undefined), [selected]);
  const at = shown.value ?? (selectedAt >= 0 ? selectedAt : running ? flights.length - 1 : 0);
  const { from, to } = most === undefined ? windowAround(at, flights.length) : { from: 0, to: most };
  const severalConnections = connections.length > 1;
  return (
    <div class="tl-table" tabIndex={0} role="region" aria-label="Table of frames">
      {most === undefined && (
        <WindowBar from={from} to={to} length={flights.length} of="Frames" onShow={(row) => (shown.value = row)} />
      )}
      <table {...(most === undefined && { 'aria-rowcount': flights.length + 1 })}>
        <caption>
          Frames in the order in which they were sent
          {uncertaintyMs > 0 && `; server times are known to ± ${formatTime(uncertaintyMs)}`}
        </caption>
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
          {flights.slice(from, to).map((flight, i) => (
            <tr
              key={flight.id}
              {...(most === undefined && { 'aria-rowindex': from + i + 2 })}
              {...(onSelect && { onClick: () => onSelect(flight) })}
              class={flight.direction === 'client-to-server' ? 'tl-row-c2s' : 'tl-row-s2c'}
              aria-current={flight === selected ? 'true' : undefined}
            >
              <th scope="row">
                {onSelect ? (
                  <button type="button" aria-label={`Frame ${from + i + 1}`} aria-pressed={flight === selected}>
                    {from + i + 1}
                  </button>
                ) : (
                  from + i + 1
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
      {most !== undefined && flights.length > most && (
        <p class="tl-left-out">
          {most} of {flights.length} frames; {flights.length - most} are left out.
        </p>
      )}
    </div>
  );
}
