/** The comparison of recorded traces as an island. */
import type { NamedTrace } from '../../../protocol/trace/joined-traces.ts';
import { CompareView } from '../../trace/CompareView.tsx';
import '../../trace/compare.css';
import '../../trace/trace.css';

export default function CompareIsland(props: { traces: readonly NamedTrace[]; updates?: string | undefined }) {
  return <CompareView {...props} />;
}
