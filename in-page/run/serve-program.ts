/** The program's end of its port to the switch. */
import type { Peer } from '../switch/peer.ts';
import type { Delivered, Delivery } from './run-messages.ts';

/** What a program's port must be able to do. */
export interface ProgramPort {
  post(outcome: Delivered): void;
  onDelivery(take: (delivery: Delivery) => void): void;
}

/** Hands the program what the switch delivers, one thing at a time, as the switch does. */
export function serveProgram(program: Peer, port: ProgramPort): void {
  program.onStray = (outcome) => port.post({ ...outcome, isStray: true });
  port.onDelivery(({ happening, now }) => void program.deliver(happening, now).then((outcome) => port.post(outcome)));
}
