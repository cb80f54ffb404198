/** The search dialog. It fetches Pagefind's index and script when the reader first opens it. */

/** The part of Pagefind's API that we use (pagefind.app/docs/api). */
interface Pagefind {
  debouncedSearch(term: string): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}
interface Found {
  meta: { title: string };
  url: string;
  excerpt: string;
  sub_results: { title: string; url: string; excerpt: string }[];
}

const most = 8;

export class SiteSearch extends HTMLElement {
  #index: Promise<Pagefind> | undefined;
  readonly #dialog = this.querySelector('dialog') as HTMLDialogElement;
  readonly #input = this.querySelector('input') as HTMLInputElement;
  readonly #status = this.querySelector('[role=status]') as HTMLElement;
  readonly #list = this.querySelector('ol') as HTMLElement;

  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => this.#open());
    this.#input.addEventListener('input', () => void this.#search());
    // Enter goes to the first result: the form's own submit would close the dialog. Escape closes at once: a search field would
    // first clear itself.
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#dialog.close();
      if (event.key !== 'Enter') return;
      event.preventDefault();
      this.#list.querySelector('a')?.click();
    });
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog || (event.target as Element).closest('a')) this.#dialog.close();
    });
    addEventListener('keydown', (event) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || typesText(event.target)) return;
      event.preventDefault();
      this.#open();
    });
  }

  #open(): void {
    if (this.#dialog.open) return;
    this.#dialog.showModal();
    this.#input.select();
    this.#index ??= import(/* @vite-ignore */ this.dataset['index'] ?? '');
    // `#search` tells the reader if it did not load.
    this.#index?.catch(() => undefined);
    void this.#search();
  }

  async #search(): Promise<void> {
    const term = this.#input.value.trim();
    if (!term) return this.#show('', []);
    try {
      const answer = await (await this.#index)?.debouncedSearch(term);
      // Null means that the reader pressed another key meanwhile.
      if (!answer || term !== this.#input.value.trim()) return;
      const found = await Promise.all(answer.results.slice(0, most).map((result) => result.data()));
      this.#show(found.length > 0 ? '' : `Nothing found for “${term}”.`, found);
    } catch {
      this.#index = undefined;
      this.#show('The search index could not be fetched. It is made by "npm run build"; the development server has none.', []);
    }
  }

  #show(status: string, found: readonly Found[]): void {
    this.#status.textContent = status;
    this.#status.hidden = status === '';
    this.#list.replaceChildren(...found.map(item));
  }
}

function item({ meta, url, excerpt, sub_results: [best] }: Found): HTMLLIElement {
  const link = document.createElement('a');
  link.href = best?.url ?? url;
  const title = document.createElement('strong');
  title.textContent = best && best.title !== meta.title ? `${meta.title} · ${best.title}` : meta.title;
  const text = document.createElement('span');
  text.append(...marked(best?.excerpt ?? excerpt));
  link.append(title, text);
  const row = document.createElement('li');
  row.append(link);
  return row;
}

/** Returns an excerpt as nodes: Pagefind puts `<mark>` around what it found, and escapes everything else. */
function marked(excerpt: string): Node[] {
  return [...new DOMParser().parseFromString(excerpt, 'text/html').body.childNodes];
}

/** True if keys pressed there are text: an editor has shortcuts of its own. */
function typesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role=textbox]') !== null;
}
