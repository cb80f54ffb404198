import { FaultBoundary } from '../fault-boundary.ts';

/** For tests of parts that are not to meet a fault: it fails the test. */
export const noFault = (error: unknown): never => {
  throw error;
};

/** The same in place of a boundary. */
class NoFaults extends FaultBoundary {
  override run(act: () => void): void {
    act();
  }
}

export const noFaults: FaultBoundary = new NoFaults(noFault);
