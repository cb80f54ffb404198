/** Chooses the network that programs talk on. What can be set of the one in this page loads when it is chosen. */
import { useId } from 'preact/hooks';
import { useLoaded } from '../../timeline/panels/use-loaded.ts';
import type { PlaygroundModel } from '../playground-model.ts';
import type { NetworkName } from '../run/program.ts';

const networks: { value: NetworkName; name: string; title: string }[] = [
  { value: 'live', name: 'Live sandbox', title: 'The sandbox server, over your browser’s own network' },
  { value: 'in-page', name: 'In this page', title: 'Client and server run in this page, and can be had again to the byte' },
];

const loadInPageControls = async () => (await import('./InPageControls.tsx')).InPageControls;

export function NetworkControls({ model }: { model: PlaygroundModel }) {
  const network = model.network.value;
  const InPageControls = useLoaded(loadInPageControls, network === 'in-page');
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
      {InPageControls && InPageControls !== 'failed' && network === 'in-page' && <InPageControls model={model} />}
    </>
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
