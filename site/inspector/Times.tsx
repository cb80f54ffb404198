/** Shows when a frame was sent and received, and how certain the time between is. */
import type { ComponentChildren } from 'preact';
import type { FlightProps } from './FrameInspector.tsx';
import { hundredthsOfMs } from '../../protocol/words/duration.ts';

export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Times({ flight, clock }: Omit<FlightProps, 'flights'>) {
  const { sentAt, departedAt, receivedAt, dropped } = flight;
  const waited = departedAt === undefined ? 0 : departedAt - sentAt;
  return (
    <dl class="fi-facts">
      <Fact name="Sent">{hundredthsOfMs(sentAt)}</Fact>
      {waited > 0.005 && <Fact name="Waited for its turn">{hundredthsOfMs(waited)}</Fact>}
      {dropped ? (
        <Fact name="Dropped">
          {hundredthsOfMs(dropped.at)}: {dropped.reason}
        </Fact>
      ) : (
        <Fact name="Received">{receivedAt === undefined ? 'not seen yet' : hundredthsOfMs(receivedAt)}</Fact>
      )}
      {receivedAt !== undefined && (
        <Fact name="One way">
          {hundredthsOfMs(receivedAt - sentAt)} ± {hundredthsOfMs(clock.uncertaintyMs)}
        </Fact>
      )}
    </dl>
  );
}
