/** What a program opens an XMLHttpRequest with, checked (XHR §3.5.1, §3.5.2). The words of errors are those of Chromium, but for ours. */
import { isForbiddenField, isForbiddenMethod } from '../http/forbidden-fields.ts';
import type { HttpParts } from '../http/http-client.ts';
import type { Field } from '../http/request-head.ts';
import { askingBy, ledBy } from '../parts.ts';

/** Throws a DOMException in the words of browsers: "Failed to execute 'open' on 'XMLHttpRequest': …". */
export function refuse(what: string, why: string, name = 'InvalidStateError'): never {
  throw new DOMException(`Failed to ${what} 'XMLHttpRequest': ${why}`, name);
}

const waits =
  'It cannot wait for the answer here, since nothing happens in a run while a program waits. Leave async true, or use fetch.';
const token = /^[!#$%&'*+\-.^_`|~\w]+$/;
/** Methods that are the same in any case (Fetch §2.2.1). */
const normalised = /^(?:delete|get|head|options|post|put)$/i;

export class OpenedRequest {
  readonly method: string;
  readonly url: URL;
  /** As the program wrote it. */
  readonly address: string;
  readonly #headers = new Headers();
  /** The names of fields as the program wrote them, by those in lower case. */
  readonly #names = new Map<string, string>();

  /** Takes the arguments of `open()`. Throws a TypeError for too few, and a DOMException for what cannot be asked for. */
  constructor(given: readonly unknown[], parts: Pick<HttpParts, 'base' | 'lead'>) {
    const { base } = parts;
    if (given.length < 2) {
      const why = `2 arguments required, but only ${given.length} present.`;
      throw new TypeError(`Failed to execute 'open' on 'XMLHttpRequest': ${why}`);
    }
    const method = `${given[0] as string}`;
    this.address = `${given[1] as string}`.toWellFormed();
    if (!token.test(method)) refuse("execute 'open' on", `'${method}' is not a valid HTTP method.`, 'SyntaxError');
    if (isForbiddenMethod(method)) refuse("execute 'open' on", `'${method}' HTTP method is unsupported.`, 'SecurityError');
    const led = ledBy(parts, this.address, askingBy(method));
    if (!URL.canParse(led, base)) refuse("execute 'open' on", 'Invalid URL', 'SyntaxError');
    if (given.length > 2 && !given[2]) refuse("execute 'open' on", waits, 'NotSupportedError');
    this.method = normalised.test(method) ? method.toUpperCase() : method;
    this.url = new URL(led, base);
  }

  /** Adds a field, unless it is one that no program may set. Throws a SyntaxError DOMException for what is no field. */
  addField(name: string, value: string): void {
    try {
      if (!isForbiddenField(name)) this.#headers.append(name, value);
    } catch {
      refuse("execute 'setRequestHeader' on", `'${name}: ${value}' is not a valid HTTP header field.`, 'SyntaxError');
    }
    const lower = name.toLowerCase();
    if (!this.#names.has(lower)) this.#names.set(lower, name);
  }

  /** Sets the type of the body, where the program has not. */
  setType(type: string | undefined): void {
    if (type !== undefined && !this.#headers.has('content-type')) this.addField('Content-Type', type);
  }

  get fields(): Field[] {
    return [...this.#headers].map(([name, value]) => [this.#names.get(name) ?? name, value]);
  }
}
