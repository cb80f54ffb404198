/** Lists the compared traces: each can be removed, or kept alone. */

interface Props {
  names: readonly string[];
  /** `at` is an index in `names`. */
  onRemove: (at: number) => void;
  onOnly: (at: number) => void;
}

export function ComparedList({ names, onRemove, onOnly }: Props) {
  return (
    <ul class="tp-compared" aria-label="Traces compared">
      {names.map((name, at) => (
        <li key={name}>
          <span>{name}</span>
          <button type="button" aria-label={`Show alone: ${name}`} onClick={() => onOnly(at)}>
            Show alone
          </button>
          <button type="button" aria-label={`Remove ${name}`} onClick={() => onRemove(at)}>
            Remove
          </button>
        </li>
      ))}
    </ul>
  );
}
