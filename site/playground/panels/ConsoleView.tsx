/** The console: what the program printed, and what the playground says. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ConsoleLog } from '../console-log.ts';

interface Props {
  log: ConsoleLog;
  /** True if several clients take part; each line then names its client. */
  nameClients: boolean;
}

export function ConsoleView({ log, nameClients }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const entries = log.entries.value;
  const dropped = log.dropped.value;
  // Lines keep their client's name even after a client has been removed.
  const isOfSeveral = nameClients || new Set(entries.flatMap(({ client }) => client ?? [])).size > 1;

  // Follows the newest line unless the reader has scrolled up to read. Scrolls synchronously: a scroll event that new lines have
  // overtaken would look like the reader's.
  useLayoutEffect(() => {
    if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [entries]);

  return (
    <div class="pg-console">
      <p class="pg-heading" aria-hidden="true">
        Console
      </p>
      <div
        ref={box}
        class="pg-lines"
        data-server={entries.some(({ client }) => client === 'server') || undefined}
        role="log"
        aria-label="Console"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < 8;
        }}
      >
        {entries.length === 0 && <p class="pg-quiet">What the program prints with console.log appears here.</p>}
        {dropped > 0 && <p class="pg-line pg-note">{dropped === 1 ? '1 older line has' : `${dropped} older lines have`} gone.</p>}
        {entries.map(({ id, client, level, text }) => (
          <p key={id} class={`pg-line pg-${level}`}>
            {isOfSeveral && client && <span class="pg-who">{client}</span>}
            {level === 'error' && <span class="pg-kind">Error </span>}
            <span class="pg-text">{text}</span>
          </p>
        ))}
      </div>
    </div>
  );
}
