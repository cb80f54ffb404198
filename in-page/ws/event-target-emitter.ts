/** The part of the library's WebSocket that is as in browsers: listeners that take event objects. */
import { EventEmitter } from '../node/events.ts';
import { addEventListener, attribute, type EventsByName, type Handler } from './event-target.ts';
import { removeEventListener, setAttribute } from './event-target.ts';

type AttributeHandler<Name extends keyof EventsByName> = ((event: EventsByName[Name]) => void) | null;

export abstract class EventTargetEmitter extends EventEmitter {
  /** True where both Close frames were there. */
  abstract readonly wasClean: boolean;

  get onopen(): AttributeHandler<'open'> {
    return attribute(this, 'open');
  }
  set onopen(handler: AttributeHandler<'open'>) {
    setAttribute(this, 'open', handler);
  }
  get onmessage(): AttributeHandler<'message'> {
    return attribute(this, 'message');
  }
  set onmessage(handler: AttributeHandler<'message'>) {
    setAttribute(this, 'message', handler);
  }
  get onclose(): AttributeHandler<'close'> {
    return attribute(this, 'close');
  }
  set onclose(handler: AttributeHandler<'close'>) {
    setAttribute(this, 'close', handler);
  }
  get onerror(): AttributeHandler<'error'> {
    return attribute(this, 'error');
  }
  set onerror(handler: AttributeHandler<'error'>) {
    setAttribute(this, 'error', handler);
  }

  addEventListener<Name extends keyof EventsByName>(
    type: Name,
    handler: Handler<EventsByName[Name]>,
    options: { once?: boolean } = {},
  ): void {
    addEventListener(this, type, handler as Handler<never>, options.once ? { once: true } : {});
  }

  removeEventListener<Name extends keyof EventsByName>(type: Name, handler: Handler<EventsByName[Name]>): void {
    removeEventListener(this, type, handler as Handler<never>);
  }
}
