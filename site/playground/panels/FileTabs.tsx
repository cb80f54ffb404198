/** Tabs of a playground's files (WAI-ARIA tabs pattern: arrow keys move, and the chosen tab shows at once). */
import type { Signal } from '@preact/signals';

interface Props {
  files: readonly { name: string }[];
  active: Signal<string>;
  /** The name of the file that has an error. */
  wrong?: string | undefined;
}

const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

export function FileTabs({ files, active, wrong }: Props) {
  const choose = (event: KeyboardEvent, index: number): void => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = Math.min(files.length - 1, Math.max(0, index + move));
    active.value = files[next]?.name ?? active.value;
    (event.currentTarget as HTMLElement).parentElement?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div class="pg-tabs" role="tablist" aria-label="Files">
      {files.map(({ name }, index) => (
        <button
          key={name}
          type="button"
          role="tab"
          class="pg-tab"
          aria-selected={active.value === name}
          data-wrong={name === wrong || undefined}
          tabIndex={active.value === name ? 0 : -1}
          onClick={() => (active.value = name)}
          onKeyDown={(event) => choose(event, index)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
