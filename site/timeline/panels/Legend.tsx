/** Explains the picture: the traffic in figures, and each look in words beside a sample of it. */
import { useMemo, useRef } from 'preact/hooks';
import type { Conversation } from '../conversation/conversation.ts';
import { type LegendKey, legendOf } from './legend-words.ts';
import { TrafficLine } from './TrafficLine.tsx';

const way = 'M1 3L21 9';
const shapes: Record<LegendKey, preact.JSX.Element> = {
  handshake: (
    <g class="tl-c2s tl-handshake">
      <path class="tl-way" d={way} />
    </g>
  ),
  http: (
    <g class="tl-c2s">
      <path class="tl-band" d={way} />
      <path class="tl-way" d={way} />
    </g>
  ),
  refused: (
    <g class="tl-s2c tl-refused">
      <path class="tl-way" d="M1 2L21 8M1 5L21 11" />
    </g>
  ),
  both: <path class="tl-both-ground" d="M1 1h20v10h-20z" />,
  control: (
    <g class="tl-control">
      <path class="tl-way" d={way} />
    </g>
  ),
  continues: (
    <g class="tl-s2c">
      <path class="tl-tip tl-hollow" d="M18 6L6 1.5V10.5z" />
    </g>
  ),
  held: <path class="tl-held" d="M1 2h20v8h-20z" />,
  open: <path class="tl-open" d="M1 2h20v8h-20z" />,
  air: <path class="tl-air" d="M1 2h20v8h-20z" />,
  lost: <path class="tl-lost" d="M1 2h20v8h-20z" />,
  floor: <path class="tl-floor" d="M1 2h20v8h-20z" />,
  wait: <path class="tl-wait-c2s" d="M1 6h20" />,
  queue: <path class="tl-s2c-queue" d="M1 1L12 10L21 1z" />,
  resent: (
    <g class="tl-s2c">
      <path class="tl-way tl-resent" d="M1 9L21 3" />
    </g>
  ),
  gone: <path class="tl-trouble" d="M1 2L14 6M10 2l8 8m0-8l-8 8" />,
  closed: <path class="tl-closed" d="M11 0v12" />,
  cut: <path class="tl-trouble" d="M7 2l8 8m0-8l-8 8" />,
  break: <path class="tl-break" d="M11 0v12" />,
  silent: <path class="tl-break tl-silent" d="M11 0v12" />,
  aborted: <path class="tl-closed" d="M7 2l8 8m0-8l-8 8" />,
  omitted: <path class="tl-note" d="M5 10l6-8l6 8z" />,
};

interface Props {
  conversation: Conversation;
  /** True while much comes in at once: the legend then keeps its last state until that is over. */
  isHeld?: boolean;
}

export function Legend({ conversation, isHeld = false }: Props) {
  const said = useRef<Conversation>();
  if (!isHeld || !said.current) said.current = conversation;
  const shown = said.current;
  return useMemo(() => <LegendWords conversation={shown} />, [shown]);
}

function LegendWords({ conversation }: Pick<Props, 'conversation'>) {
  const { line, items } = legendOf(conversation);
  return (
    <div>
      <TrafficLine conversation={conversation} />
      <p>{line}</p>
      <ul aria-label="What is drawn">
        {items.map(({ key, text }) => (
          <li key={key}>
            <svg class="tl-svg" viewBox="0 0 22 12" width="22" height="12" aria-hidden="true">
              {shapes[key]}
            </svg>
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
