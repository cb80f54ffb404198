/** The playground as an island. It finds the exercise's check in `content/`, so that the page fetches it only when asked. */
import type { CheckModule } from '../../../protocol/messages/exercise.ts';
import { Playground, type PlaygroundProps } from '../../playground/Playground.tsx';

const checks = import.meta.glob<CheckModule>('../../../content/**/check.ts');

interface Props extends Omit<PlaygroundProps, 'loadCheck'> {
  /** The example's folder below `content/`. */
  example: string;
}

export default function PlaygroundIsland({ example, ...props }: Props) {
  return <Playground {...props} loadCheck={checks[`../../../content/${example}/check.ts`]} />;
}
