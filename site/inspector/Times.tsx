/** Shows when a frame was sent and received, and how certain the time between is. */
import type { ComponentChildren } from 'preact';
import type { FlightProps } from './FrameInspector.tsx';

/** Returns a time to the hundredth of a millisecond. */
export const ms = (time: number): string => `${time.toFixed(2)} ms`;

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
      <Fact name="Sent">{ms(sentAt)}</Fact>
      {waited > 0.005 && <Fact name="Waited for its turn">{ms(waited)}</Fact>}
      {dropped ? (
        <Fact name="Dropped">
          {ms(dropped.at)}: {dropped.reason}
        </Fact>
      ) : (
        <Fact name="Received">{receivedAt === undefined ? 'not seen yet' : ms(receivedAt)}</Fact>
      )}
      {receivedAt !== undefined && (
        <Fact name="One way">
          {ms(receivedAt - sentAt)} ± {clock.uncertaintyMs.toFixed(2)} ms
        </Fact>
      )}
    </dl>
  );
}
