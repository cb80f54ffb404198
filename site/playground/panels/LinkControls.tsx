/** Sets the link's conditions, for the next run and for the rest of one that is on. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { DuplexMode, LinkConditions } from '../../../protocol/wire/link-conditions.ts';

interface Props {
  conditions: LinkConditions;
  onChange: (changed: Partial<LinkConditions>) => void;
  /** Further settings of a run, shown in the same row. */
  children: ComponentChildren;
}

const channels: { mode: DuplexMode; name: string }[] = [
  { mode: 'simplex', name: 'Simplex' },
  { mode: 'half', name: 'Half-duplex' },
  { mode: 'full', name: 'Full-duplex' },
];

/** Steps of the bandwidth slider, bit/s; the last means no limit. */
const bandwidths = [1000, 2000, 4000, 8000, 16000, 32000, 64000, 128000, 512000, 1000000, 0];

const bandwidthText = (bits: number): string =>
  bits === 0 ? 'no limit' : bits < 1000000 ? `${bits / 1000} kbit/s` : `${bits / 1000000} Mbit/s`;

export function LinkControls({ conditions, onChange, children }: Props) {
  const group = useId();
  const { latency, jitter, bandwidth, duplex } = conditions;
  const step = bandwidths.indexOf(bandwidth);
  return (
    <div class="pg-link" role="group" aria-label="Link and clients">
      <Slider
        label="Latency"
        value={latency}
        max={2000}
        step={10}
        text={`${latency} ms`}
        onInput={(value) => onChange({ latency: value })}
      />
      <fieldset class="pg-channel" role="radiogroup" aria-label="Channel">
        {channels.map(({ mode, name }) => (
          <label key={mode}>
            <input type="radio" name={group} value={mode} checked={duplex === mode} onChange={() => onChange({ duplex: mode })} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      {children}
      <details class="pg-more">
        <summary>More of the link</summary>
        <div>
          <Slider
            label="Jitter"
            value={jitter}
            max={500}
            step={10}
            text={`${jitter} ms`}
            onInput={(value) => onChange({ jitter: value })}
          />
          <Slider
            label="Bandwidth"
            value={step < 0 ? bandwidths.length - 1 : step}
            max={bandwidths.length - 1}
            step={1}
            text={bandwidthText(bandwidth)}
            onInput={(value) => onChange({ bandwidth: bandwidths[value] ?? 0 })}
          />
        </div>
      </details>
    </div>
  );
}

interface SliderProps {
  label: string;
  value: number;
  max: number;
  step: number;
  /** The value in words, with its unit. */
  text: string;
  onInput: (value: number) => void;
}

function Slider({ label, value, max, step, text, onInput }: SliderProps) {
  const id = useId();
  return (
    <span class="pg-slider">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
      <output for={id}>{text}</output>
    </span>
  );
}
