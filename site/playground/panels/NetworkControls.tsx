/** Chooses the network that programs talk on, and, for the one in this page, how fast it goes and its seed. */
import { useId } from 'preact/hooks';
import type { Pace } from '../networks/in-page-network.ts';
import { paces, type PlaygroundModel } from '../playground-model.ts';
import type { NetworkName } from '../run/program.ts';

const networks: { value: NetworkName; name: string; title: string }[] = [
  { value: 'live', name: 'Live sandbox', title: 'The sandbox server, over your browser’s own network' },
  { value: 'in-page', name: 'In this page', title: 'Client and server run in this page, and can be had again to the byte' },
];

const speeds: { value: Pace; name: string }[] = [
  { value: paces.real, name: 'Real time' },
  { value: paces.slow, name: 'Ten times slower' },
  { value: paces.fast, name: 'As fast as it can' },
];

export function NetworkControls({ model }: { model: PlaygroundModel }) {
  const network = model.network.value;
  const pace = useId();
  // A server's program runs in this page and nowhere else.
  const isForced = network !== model.chosenNetwork.value;
  return (
    <>
      <Choice
        label="Network"
        choices={networks.map((choice) =>
          isForced && choice.value === 'live'
            ? { ...choice, why: 'server.ts has a program, which runs in this page alone' }
            : choice,
        )}
        chosen={network}
        onChoose={(value) => (model.chosenNetwork.value = value)}
      />
      {network === 'in-page' && (
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
      )}
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

interface ChoiceProps<Value> {
  label: string;
  /** `why` says why this one cannot be chosen; absent if it can. */
  choices: readonly { value: Value; name: string; title?: string; why?: string }[];
  chosen: Value;
  onChoose: (value: Value) => void;
}

function Choice<Value>({ label, choices, chosen, onChoose }: ChoiceProps<Value>) {
  const group = useId();
  return (
    <fieldset class="pg-channel" role="radiogroup" aria-label={label}>
      {choices.map(({ value, name, title, why }) => (
        <label key={name} title={why ?? title}>
          <input
            type="radio"
            name={group}
            checked={value === chosen}
            disabled={why !== undefined}
            onChange={() => onChoose(value)}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
