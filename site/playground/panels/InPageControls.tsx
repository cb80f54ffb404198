/** Sets how fast a run in this page goes, how long it may last, and its seed. */
import { useId } from 'preact/hooks';
import type { Pace } from '../networks/in-page-network.ts';
import { paces, type PlaygroundModel } from '../playground-model.ts';

const speeds: { value: Pace; name: string }[] = [
  { value: paces.real, name: 'Real time' },
  { value: paces.slow, name: 'Ten times slower' },
  { value: paces.fast, name: 'As fast as it can' },
];

export function InPageControls({ model }: { model: PlaygroundModel }) {
  const pace = useId();
  return (
    <>
      <span class="pg-setting">
        <label for={pace}>Pace</label>
        <select
          id={pace}
          onChange={({ currentTarget }) => (model.pace.value = speeds[currentTarget.selectedIndex]?.value ?? paces.real)}
        >
          {speeds.map(({ value, name }) => (
            <option key={name} selected={value.speed === model.pace.value.speed}>
              {name}
            </option>
          ))}
        </select>
      </span>
      {model.pace.value.speed === Infinity && (
        <NumberSetting
          label="Run time, s"
          title="A run that goes as fast as it can ends after so many seconds of its own time"
          value={model.pace.value.until / 1000}
          min={1}
          max={3600}
          onChange={(seconds) => (model.pace.value = { ...model.pace.value, until: seconds * 1000 })}
        />
      )}
      <NumberSetting
        label="Seed"
        title="The same program, link and seed give the same run"
        value={model.conditions.value.seed}
        min={0}
        max={999_999}
        onChange={(seed) => model.setConditions({ seed })}
      />
    </>
  );
}

interface NumberProps {
  label: string;
  title: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

/** A whole number; what is none is put back. */
function NumberSetting({ label, title, value, min, max, onChange }: NumberProps) {
  const id = useId();
  return (
    <span class="pg-setting">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={min}
        max={max}
        step={1}
        value={value}
        title={title}
        onChange={({ currentTarget }) => {
          if (currentTarget.validity.valid && currentTarget.value !== '') onChange(currentTarget.valueAsNumber);
          else currentTarget.value = String(value);
        }}
      />
    </span>
  );
}
