import type { SecondConnection } from '../endpoints/endpoint.ts';
import type { Session } from './sessions.ts';

/** Returns a second connection in the session of one named `label`. Its name says that it carries raw bytes, and for whom. */
export function secondConnection(session: Session | undefined, label: string | undefined, now: () => number): SecondConnection {
  if (!session) return { prefix: '', tell: () => undefined };
  const connection = `raw${label ?? session.nextLabel()}`.slice(0, 16);
  return {
    prefix: `/s/${session.id}.${connection}`,
    tell(event) {
      if (session.wanted) session.add({ time: now(), at: 'client', connection, ...event });
    },
  };
}
