/** The Response of a `fetch`: a native one for programs, whose body is read on the in-page network (Fetch §5.5). */
import type { Activity } from '../../program/activity.ts';
import type { FetchedHead } from '../http/fetching.ts';
import type { ResponseBody } from './response-body.ts';

/** Statuses with which no body comes (Fetch §2.2.3). */
export const nullBodyStatuses: readonly number[] = [101, 103, 204, 205, 304];

const Native = Response;

/** What a Response is made of. */
interface Made {
  head: FetchedHead;
  body: ResponseBody | null;
  activity: Activity;
}

export const FetchedResponse = class Response extends Native {
  readonly #head: FetchedHead;
  readonly #activity: Activity;
  #body: ResponseBody | null;

  constructor({ head, body, activity }: Made) {
    // A native Response takes no status below 200, and a body only where its status allows one.
    const { fields, statusText } = head;
    super(null, { status: 200, statusText: isReadable(head) ? statusText : '', headers: fields });
    this.#head = head;
    this.#body = body;
    this.#activity = activity;
  }

  override get type(): ResponseType {
    return this.#head.type;
  }

  override get url(): string {
    const { url } = this.#head;
    return this.#head.type === 'opaque' ? '' : url.href.replace(/#.*$/s, '');
  }

  override get redirected(): boolean {
    return this.#head.isRedirected;
  }

  override get status(): number {
    return isReadable(this.#head) ? this.#head.status : 0;
  }

  override get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return isReadable(this.#head) ? (this.#body?.stream ?? null) : null;
  }

  override get bodyUsed(): boolean {
    return this.#body?.isUsed ?? false;
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.#read('text'));
  }

  override async json(): Promise<unknown> {
    return JSON.parse(new TextDecoder().decode(await this.#read('json')));
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.#read('arrayBuffer')).buffer;
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#read('bytes');
  }

  override async blob(): Promise<Blob> {
    return new Blob([await this.#read('blob')], { type: this.headers.get('content-type') ?? '' });
  }

  override async formData(): Promise<FormData> {
    const bytes = await this.#read('formData');
    const type = this.headers.get('content-type') ?? '';
    return this.#activity.hold(new Native(bytes, { headers: { 'Content-Type': type } }).formData());
  }

  /** Throws a TypeError where the body was read or is being read. */
  override clone(): globalThis.Response {
    if (this.bodyUsed || this.#body?.stream.locked) {
      throw new TypeError("Failed to execute 'clone' on 'Response': Response body is already used");
    }
    let copy: ResponseBody | null = null;
    if (this.#body) [this.#body, copy] = this.#body.fork();
    return new FetchedResponse({ head: this.#head, body: copy, activity: this.#activity });
  }

  /** Returns all content. Rejects with a TypeError where it was read or is being read. */
  async #read(method: string): Promise<Uint8Array<ArrayBuffer>> {
    const refuse = (why: string): never => {
      throw new TypeError(`Failed to execute '${method}' on 'Response': body stream ${why}`);
    };
    if (this.bodyUsed) refuse('already read');
    if (this.#body?.stream.locked) refuse('is locked');
    if (!this.#body || !isReadable(this.#head)) return new Uint8Array(0);
    return this.#body.whole();
  }
};

/** A page reads nothing of an answer of another origin that it asked for without CORS, or of a redirect that it does not follow. */
const isReadable = ({ type }: FetchedHead): boolean => type === 'basic' || type === 'cors';
