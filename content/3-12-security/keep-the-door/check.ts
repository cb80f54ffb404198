import type { Check } from '../../../protocol/messages/exercise.ts';
import { type Flight, isData } from '../../../protocol/trace/flight.ts';
import { textOf } from '../../../protocol/trace/payload.ts';

/** What the door told, of the messages that matter here. */
interface Told {
  type?: string;
  visitor?: number;
  origin?: string;
  tickets?: { ticket: string; secondsLeft: number }[];
  request?: string;
  headers?: Record<string, string>;
  status?: number;
  who?: string;
  good?: boolean;
}

/** Every good client was answered 101, and no hostile one. */
const check: Check = (trace, flights) => {
  const fail = (message: string) => ({ passed: false, message });
  if (trace.connections.length === 0) return fail('No connection was opened in this run.');
  const told = flights
    .filter((flight) => isData(flight) && flight.direction === 'server-to-client' && flight.receivedAt !== undefined)
    .map(toldBy);
  const opened = told.filter(({ type }) => type === 'open').length;
  if (opened === 0) return fail('No door was opened. Connect to /door.');
  if (opened > 1) return fail('More than one door was opened. Keep one, so that its visitors can be told apart.');
  const answered = told.filter(({ type }) => type === 'answered');
  const unanswered = answered.find(({ status }) => status === 0);
  if (unanswered) return fail(`You gave no answer to ${unanswered.who ?? ''}. Each knock takes one, true or false.`);
  if (!told.some(({ type }) => type === 'over'))
    return fail(
      `${answered.length} visitors had been answered when the run ended, and more were to come. Keep the door open until it says "over".`,
    );
  const [outside, inside] = [
    answered.filter(({ good, status }) => good && status !== 101),
    answered.filter(({ good, status }) => !good && status === 101),
  ];
  if (outside.length > 0)
    return fail(
      `You kept out ${outside.map(({ who }) => who).join('; ')}. Good clients come with your own origin, and with a ticket that is used for the first time.`,
    );
  if (inside.length > 0)
    return fail(
      `You let in ${inside.length} hostile ${inside.length === 1 ? 'client' : 'clients'}: ${inside.map((one) => `${one.who ?? ''} (${whatItShowed(told, one)})`).join('; ')}.`,
    );
  const good = answered.filter((one) => one.good).length;
  return {
    passed: true,
    message: `${good} good clients came in, and all ${answered.length - good} hostile ones were answered 403: wrong origin, no ticket, used, guessed or expired.`,
  };
};

/** By what a visitor could have been known. */
function whatItShowed(told: readonly Told[], { visitor }: Told): string {
  const open = told.find(({ type }) => type === 'open');
  const knocks = told.filter(({ type }) => type === 'knock');
  const knock = knocks.find((one) => one.visitor === visitor);
  const origin = knock?.headers?.['origin'] ?? 'missing';
  if (origin !== open?.origin) return `its Origin was ${origin}`;
  const ticket = ticketOf(knock);
  if (ticket === undefined) return 'it had no ticket';
  const known = open.tickets?.find((one) => one.ticket === ticket);
  if (!known) return 'nobody had given out its ticket';
  if (known.secondsLeft <= 0) return 'its ticket had expired';
  const before = knocks.slice(0, knocks.indexOf(knock as Told)).some((one) => ticketOf(one) === ticket);
  return before ? 'its ticket had been used before' : 'its ticket was good';
}

function ticketOf(knock: Told | undefined): string | undefined {
  return /[?&]ticket=([^ &]+)/.exec(knock?.request ?? '')?.[1];
}

function toldBy(flight: Flight): Told {
  try {
    return JSON.parse(textOf(flight)) as Told;
  } catch {
    return {};
  }
}

export default check;
