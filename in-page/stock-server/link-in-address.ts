/** The link conditions in an address on the stock server, as the live server takes them in a session. */
import { idealLink, type LinkConditions } from '../../protocol/wire/link-conditions.ts';
import { conditionsFromQuery } from '../../sandbox-server/endpoints/link-parameters.ts';
import { ParameterError } from '../../sandbox-server/endpoints/parameters.ts';

/** An endpoint that leads on to a second connection, to which the conditions apply. */
const leadsOn = '/raw';

/** Returns the conditions in which the address's link differs from the run's. An address that is refused for them sets none. */
export function linkInAddress({ pathname, searchParams }: URL): Partial<LinkConditions> {
  try {
    const own = conditionsFromQuery(searchParams);
    return pathname === leadsOn ? idealLink : own;
  } catch (error) {
    if (error instanceof ParameterError) return {};
    throw error;
  }
}
