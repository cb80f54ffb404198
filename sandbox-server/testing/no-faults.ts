import { FaultBoundary } from '../fault-boundary.ts';

/** Fails the test on a fault, for tests of parts that must not meet one. */
export const noFault = (error: unknown): never => {
  throw error;
};

/** For a writer without a connection. */
export const noOwner = { written: (): void => undefined, failed: noFault };

/** A boundary that lets a fault fail the test. */
class NoFaults extends FaultBoundary {
  override run(act: () => void): void {
    act();
  }
}

export const noFaults: FaultBoundary = new NoFaults(noFault);
