/** `abuser.ts <port> <abuse>`: abuses the server on that port until it is killed or its parent exits. */
import { setPriority } from 'node:os';
import { abuses } from './abuses.ts';

const [port, name = ''] = process.argv.slice(2);
// A real abuser has a machine of their own, so here the abuser only takes what the server and the honest clients leave.
setPriority(19);
process.on('disconnect', () => process.exit());
const begun = (): void => void process.send?.('begun');
const abuse = abuses[name];
// An abuse that does not take `begun` is under way at once.
if (abuse && abuse.length < 2) begun();
await abuse?.(Number(port), begun);
