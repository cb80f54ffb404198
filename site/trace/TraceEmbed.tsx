/** Shows a trace in another site's `<iframe>`: the one named in its address, as with `?src=`. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Trace } from '../../protocol/trace/trace.ts';
import { openAddress } from './open-trace.ts';
import { TraceView } from './TraceView.tsx';
import './trace-page.css';

export function TraceEmbed({ page }: { page: string }) {
  const trace = useSignal<Trace | undefined>(undefined);
  const source = useSignal('');
  const said = useSignal('Opening the trace.');

  useEffect(() => {
    source.value = new URLSearchParams(location.search).get('src') ?? '';
    if (source.value === '') {
      said.value = 'This page shows a trace inside another page. Its address has to name one, as ?src=/trace/….json does.';
      return;
    }
    openAddress(source.value).then(
      (opened) => (trace.value = opened),
      (error: Error) => (said.value = `${error.message}.`),
    );
  }, []);

  return (
    <div class="te">
      {trace.value ? <TraceView trace={trace.value} /> : <p role="status">{said.value}</p>}
      <p class="te-from">
        <a href={source.value ? `${page}#src=${encodeURIComponent(source.value)}` : page} target="_blank" rel="noopener">
          Open in Duplex Playground
        </a>
      </p>
    </div>
  );
}
