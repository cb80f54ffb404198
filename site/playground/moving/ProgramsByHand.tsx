import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  text: string;
  onClose: () => void;
}

/** Shows programs for the reader to copy, where there is no clipboard. */
export function ProgramsByHand({ text, onClose }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    box.current?.focus();
    box.current?.select();
    box.current?.scrollTo(0, 0);
  }, [text]);
  return (
    <div class="pg-by-hand">
      <textarea ref={box} readOnly rows={8} aria-label="Programs for your machine" spellcheck={false} value={text} />
      <button type="button" class="pg-button" onClick={onClose}>
        Close
      </button>
    </div>
  );
}
