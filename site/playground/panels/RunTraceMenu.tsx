/** Saves and opens a playground's trace as a document. An opened trace replaces the recorded one until the next Run or Reset. */
import { batch } from '@preact/signals';
import { TraceMenu } from '../../trace/TraceMenu.tsx';
import type { PlaygroundModel } from '../playground-model.ts';
import { TraceStore } from '../trace-store.ts';

interface Props {
  model: PlaygroundModel;
  /** Copies the programs. */
  onCopy: () => void;
  /** Called when that seems near. */
  onNear: () => void;
}

export function RunTraceMenu({ model, onCopy, onNear }: Props) {
  return (
    <TraceMenu
      trace={() => model.store.peek().document()}
      onOpen={(trace, name) => {
        // An opened trace is nobody's run. The reset keeps Check from taking it for one.
        batch(() => {
          model.reset();
          model.store.value = TraceStore.of(trace);
        });
        model.log.add('note', `The timeline shows ${name}. Run or Reset puts it away.`);
      }}
      onProblem={(message) => model.log.add('error', message)}
    >
      <button
        type="button"
        onPointerEnter={onNear}
        onFocus={onNear}
        onClick={({ currentTarget }) => {
          currentTarget.closest('details')?.removeAttribute('open');
          onCopy();
        }}
      >
        Copy as programs <span>for your machine</span>
      </button>
      <a href={`${import.meta.env.BASE_URL}trace/`}>Page for traces</a>
    </TraceMenu>
  );
}
