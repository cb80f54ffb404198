/** Recorded traces compared, as an island. */
import type { NamedTrace } from '../../protocol/side-by-side.ts';
import { CompareView } from '../trace/CompareView.tsx';

export default function CompareIsland(props: { traces: readonly NamedTrace[]; updates?: string | undefined }) {
  return <CompareView {...props} />;
}
