/**
 * The attributes `onopen`, `onmessage` …: event handlers (HTML §8.1.8.1). A handler keeps its place among the listeners while it
 * is replaced; one that is set to null gives its place up.
 */
export class EventHandlers {
  readonly #target: EventTarget;
  readonly #handlers = new Map<string, { handler: object; listener: (event: Event) => void }>();

  constructor(target: EventTarget) {
    this.#target = target;
  }

  get(type: string): object | null {
    return this.#handlers.get(type)?.handler ?? null;
  }

  /** Takes what a program assigns: anything but an object or a function counts as null; an object that is no function is kept, and not called. */
  set(type: string, value: unknown): void {
    const handler = typeof value === 'function' || (typeof value === 'object' && value !== null) ? value : undefined;
    const placed = this.#handlers.get(type);
    if (handler && placed) placed.handler = handler;
    else if (handler) this.#place(type, handler);
    else if (placed) {
      this.#target.removeEventListener(type, placed.listener);
      this.#handlers.delete(type);
    }
  }

  #place(type: string, handler: object): void {
    const listener = (event: Event): void => {
      const present = this.get(type);
      if (typeof present === 'function') present.call(this.#target, event);
    };
    this.#handlers.set(type, { handler, listener });
    this.#target.addEventListener(type, listener);
  }
}
