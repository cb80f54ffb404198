/** `abuser.ts <port> <abuse>`: a process that abuses the server of that port until it is killed, or its parent is gone. */
import { setPriority } from 'node:os';
import { abuses } from './abuses.ts';

const [port, name = ''] = process.argv.slice(2);
// Whoever abuses a server has a machine of their own: here they take what the server and the honest leave.
setPriority(19);
process.on('disconnect', () => process.exit());
const begun = (): void => void process.send?.('begun');
const abuse = abuses[name];
// One that takes no notice of it is under way at once.
if (abuse && abuse.length < 2) begun();
await abuse?.(Number(port), begun);
