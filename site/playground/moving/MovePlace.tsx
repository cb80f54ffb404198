/** Where a playground offers to move a server out of client.ts. Screen readers announce what appears here. */
import type { Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ConsoleLog } from '../console-log.ts';
import type { PastedCode } from './pasted-code.ts';

interface Props {
  pasted: PastedCode;
  texts: Signal<Record<string, string>>;
  active: Signal<string>;
  log: ConsoleLog;
}

export function MovePlace({ pasted, texts, active, log }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const offer = pasted.offer.value;
  const { program, server, textOf } = pasted.files;
  const move = (): void => {
    if (!offer || !server) return;
    const own = server.text === '' ? undefined : program.text;
    const moved = offer.parts.moveServer({ client: textOf(program), server: textOf(server) }, own);
    texts.value = { ...texts.value, [program.name]: moved.client, [server.name]: moved.server };
    active.value = server.name;
    pasted.forget();
    log.add('note', moved.words);
    // The button goes, and the focus with it.
    const tabs = place.current?.closest('section')?.querySelectorAll<HTMLElement>('[role=tab]') ?? [];
    [...tabs].find(({ textContent }) => textContent === server.name)?.focus();
  };
  return (
    <div ref={place} role="status">
      {offer && <offer.parts.MoveButton offer={offer} onMove={move} />}
    </div>
  );
}
