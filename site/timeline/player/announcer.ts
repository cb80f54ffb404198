/** Says aloud now and then during a run how much more there was, so that it never floods the listener. */
import type { TraceEvent } from '../../../protocol/trace/trace.ts';

/** The shortest time between two announcements, ms. */
export const announceEvery = 2000;

const frames = (count: number): string => `${count} more ${count === 1 ? 'frame' : 'frames'}`;

/** Counts events as they come, and puts those since the last announcement into words. */
export class Announcer {
  readonly every = announceEvery;
  #read = 0;
  #saidAt = -Infinity;
  #fromClients = 0;
  #fromServer = 0;
  /** Marks of events that were left out; their counts may grow. */
  #marks: (TraceEvent & { name: 'events_omitted' })[] = [];
  #leftTold = 0;
  #news: string[] = [];

  /** Starts over for another run. */
  restart(): void {
    this.#read = 0;
    this.#fromClients = this.#fromServer = this.#leftTold = 0;
    this.#marks = [];
    this.#news = [];
  }

  /** Takes the events that are new since the last call. */
  read(events: readonly TraceEvent[]): void {
    for (; this.#read < events.length; this.#read++) this.#count(events[this.#read] as TraceEvent);
  }

  /** Returns what there is to say at `now`, ms; undefined if that is nothing, or the last announcement is too recent. */
  next(now: number): string | undefined {
    const all = this.#fromClients + this.#fromServer;
    const left = this.#marks.reduce((sum, { count }) => sum + count, 0) - this.#leftTold;
    if (now - this.#saidAt < announceEvery || (all === 0 && left === 0 && this.#news.length === 0)) return undefined;
    const said = this.#news.length > 3 ? [`${this.#news.length} connections opened or closed.`] : this.#news;
    if (all > 0) {
      const parts = [
        ...(this.#fromClients > 0 ? [`${this.#fromClients} from the client`] : []),
        ...(this.#fromServer > 0 ? [`${this.#fromServer} from the server`] : []),
      ];
      said.push(`${frames(all)}: ${parts.join(', ')}.`);
    }
    if (left > 0) said.push(`${left === 1 ? '1 event' : `${left} events`} left out.`);
    this.#saidAt = now;
    this.#fromClients = this.#fromServer = 0;
    this.#leftTold += left;
    this.#news = [];
    return said.join(' ');
  }

  #count(event: TraceEvent): void {
    switch (event.name) {
      case 'frame_sent':
        if (event.direction === 'client-to-server') this.#fromClients++;
        else this.#fromServer++;
        break;
      case 'events_omitted':
        this.#marks.push(event);
        break;
      case 'connection_opened':
        if (event.at === 'client') this.#news.push(`Connection ${event.connection} is open.`);
        break;
      case 'connection_closed':
        if (event.at === 'client') this.#news.push(`Connection ${event.connection} is closed with ${event.code}.`);
        break;
      case 'link_cut':
        this.#news.push(`The link of ${event.connection} is cut.`);
    }
  }
}
