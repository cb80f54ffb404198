/** The row of controls for a run. */
import { formatCount } from '../../../protocol/words/count.ts';
import type { PlaygroundModel } from '../playground-model.ts';

interface Props {
  model: PlaygroundModel;
  onReset: () => void;
}

const networks = { live: 'live network', 'in-page': 'network in this page' } as const;
const words = { ready: '', starting: 'Starting', running: 'Running', resting: 'Finished' } as const;

export function RunBar({ model, onReset }: Props) {
  const state = model.state.value;
  // A program that has finished for now may go on by itself and use as much of the machine as it likes.
  const on = state !== 'ready';
  const store = model.store.value;
  const frames = store.revision.value > 0 ? store.frameCount : 0;
  return (
    <div class="pg-run" role="group" aria-label="Run">
      <button
        type="button"
        class="pg-button pg-primary"
        title="Ctrl+Enter in the code"
        aria-keyshortcuts="Control+Enter"
        onClick={() => void model.run()}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 2.8v10.4L13 8z" />
        </svg>
        Run
      </button>
      <button type="button" class="pg-button" aria-disabled={!on} onClick={() => on && model.stop()}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 4h8v8H4z" />
        </svg>
        Stop
      </button>
      <button type="button" class="pg-button" onClick={onReset}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3.2 8a4.8 4.8 0 1 0 1.6-3.6M3 2.6v3h3" />
        </svg>
        Reset
      </button>
      {model.canRestartServer.value && (
        <button type="button" class="pg-button" onClick={() => void model.restartServer()}>
          Restart server
        </button>
      )}
      {(store.flights.length > 0 || state !== 'ready') && (
        <span class="pg-network">
          {store.isRecorded ? 'Recorded run' : 'Your run'}, {networks[store.trace.network]}
        </span>
      )}
      <span class="pg-state" role="status" data-state={state}>
        {model.busy.value.size > 0 ? 'Busy' : words[state]}
      </span>
      {/* Not for screen readers: it would be announced with every frame. */}
      <span class="pg-count" aria-hidden="true">
        {frames === 0 ? '' : frames === 1 ? '1 frame' : `${formatCount(frames)} frames`}
        {store.leftOutCount > 0 && `, ${formatCount(store.leftOutCount)} more not kept`}
      </span>
    </div>
  );
}
