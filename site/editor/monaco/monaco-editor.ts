/** Monaco as an `Editor`. Monaco loads only through this module, and only once somebody edits. */
import type { Span } from '../edit-history.ts';
import type { CodeError, Editor, EditorOptions } from '../editor.ts';
import { editor as monaco, MarkerSeverity, Uri } from './features.ts';
import { setUpLanguageService } from './language-service.ts';
import { modelOf, selectionOf } from './replay.ts';
import { followTheme } from './theme.ts';

/** Options specific to Monaco. */
export interface MonacoEditorOptions extends EditorOptions {
  /** The element in which it covers the light editor and copies its measures. */
  host: HTMLElement;
}

let made = 0;
let isSetUp = false;

/** Creates the editor, invisible and empty: `takeOver` puts it in the light editor's place. */
export async function createMonacoEditor(options: MonacoEditorOptions): Promise<MonacoEditor> {
  if (!isSetUp) setUpLanguageService();
  isSetUp = true;
  // Monaco measures the font once, so wait for the final font.
  await document.fonts.ready;
  return new MonacoEditor(options);
}

/** See the file's head. */
export class MonacoEditor implements Editor {
  readonly #options: MonacoEditorOptions;
  readonly #element = document.createElement('div');
  readonly #editor: monaco.IStandaloneCodeEditor;
  readonly #models = new Map<string, monaco.ITextModel>();
  readonly #viewStates = new Map<string, monaco.ICodeEditorViewState | null>();
  readonly #root = `/${++made}/`;
  readonly #stopFollowing: () => void;
  #file = '';
  #wrongLine: monaco.IEditorDecorationsCollection | undefined;

  constructor(options: MonacoEditorOptions) {
    this.#options = options;
    const { host } = options;
    this.#element.className = 'ce-monaco';
    host.prepend(this.#element);
    this.#stopFollowing = followTheme(host);
    this.#editor = monaco.create(this.#element, { ...fixedOptions, ...measuresOf(host), model: null });
    // Same as in the light editor: after Escape the next Tab moves on.
    this.#editor.onKeyDown(({ browserEvent: { key } }) => {
      if (key !== 'Tab' && key !== 'Shift') this.#editor.updateOptions({ tabFocusMode: key === 'Escape' });
    });
    this.#editor.onDidBlurEditorWidget(() => this.#editor.updateOptions({ tabFocusMode: false }));
  }

  /** Takes the light editor's place: text, history, selection, scroll position, and focus if it had it. */
  takeOver(file: string, selection: Span & { isBackward: boolean }, textarea: HTMLTextAreaElement): void {
    const hadFocus = document.activeElement === textarea;
    const scrolled = this.#options.host.querySelector('.ce-scroll');
    const position = { scrollTop: scrolled?.scrollTop ?? 0, scrollLeft: scrolled?.scrollLeft ?? 0 };
    this.show(file);
    const model = this.#model(file);
    this.#editor.setSelection(selectionOf(model, selection, selection.isBackward));
    this.#editor.layout();
    this.#editor.setScrollPosition(position, monaco.ScrollType.Immediate);
    this.#editor.render(true);
    this.#element.classList.add('ce-on');
    if (hadFocus) this.#editor.focus();
  }

  value(file: string): string {
    return this.#model(file).getValue();
  }

  setValue(file: string, text: string): void {
    const model = this.#model(file);
    model.pushStackElement();
    model.pushEditOperations(null, [{ range: model.getFullModelRange(), text }], () => null);
    model.pushStackElement();
  }

  show(file: string): void {
    if (this.#file) this.#viewStates.set(this.#file, this.#editor.saveViewState());
    this.#file = file;
    this.#editor.setModel(this.#model(file));
    this.#editor.restoreViewState(this.#viewStates.get(file) ?? null);
    this.#editor.updateOptions({ ariaLabel: `${file}, editor. To leave it with the keyboard, press Escape, then Tab.` });
    this.#wrongLine = this.#editor.createDecorationsCollection();
  }

  focus(): void {
    this.#editor.focus();
  }

  showError(error: CodeError | undefined): void {
    const model = this.#model(this.#file);
    const line = Math.min(error?.line ?? 0, model.getLineCount());
    if (!error || line < 1) {
      monaco.setModelMarkers(model, 'run', []);
      this.#wrongLine?.clear();
      return;
    }
    const column = Math.min(error.column ?? 1, model.getLineMaxColumn(line));
    const word = model.getWordAtPosition({ lineNumber: line, column });
    const range = { startLineNumber: line, startColumn: column, endLineNumber: line, endColumn: word?.endColumn ?? column + 1 };
    monaco.setModelMarkers(model, 'run', [{ ...range, message: error.message, severity: MarkerSeverity.Error }]);
    this.#wrongLine?.set([{ range, options: { isWholeLine: true, className: 'ce-wrong' } }]);
    this.#editor.revealLineInCenterIfOutsideViewport(line);
  }

  layout(): void {
    this.#editor.layout();
  }

  dispose(): void {
    this.#stopFollowing();
    this.#editor.dispose();
    for (const model of this.#models.values()) model.dispose();
    this.#element.remove();
  }

  #model(file: string): monaco.ITextModel {
    const known = this.#models.get(file);
    if (known) return known;
    const history = this.#options.histories.get(file);
    if (!history) throw new Error(`Cannot edit ${file}: the editor has no such file`);
    const model = modelOf(history, 'typescript', Uri.from({ scheme: 'file', path: this.#root + file }));
    model.onDidChangeContent(() => this.#options.onChange(file, model.getValue()));
    this.#models.set(file, model);
    return model;
  }
}

/** Options that make it look like the code that it covers, and leave out what a lesson does not need. */
const fixedOptions: monaco.IStandaloneEditorConstructionOptions = {
  accessibilitySupport: 'auto',
  automaticLayout: true,
  bracketPairColorization: { enabled: false },
  contextmenu: false,
  detectIndentation: false,
  fixedOverflowWidgets: true,
  folding: false,
  fontLigatures: false,
  glyphMargin: false,
  guides: { indentation: false },
  hideCursorInOverviewRuler: true,
  inlayHints: { enabled: 'off' },
  letterSpacing: 0,
  lightbulb: { enabled: monaco.ShowLightbulbIconMode.Off },
  lineNumbersMinChars: 3,
  links: false,
  minimap: { enabled: false },
  occurrencesHighlight: 'off',
  overviewRulerBorder: false,
  overviewRulerLanes: 0,
  renderFinalNewline: 'on',
  renderLineHighlight: 'none',
  renderWhitespace: 'none',
  scrollBeyondLastLine: false,
  scrollbar: { alwaysConsumeMouseWheel: false, horizontalScrollbarSize: 10, verticalScrollbarSize: 10, useShadows: false },
  selectionHighlight: false,
  stickyScroll: { enabled: false },
  tabSize: 2,
  theme: 'duplex',
  unicodeHighlight: { ambiguousCharacters: false },
  wordBasedSuggestions: 'off',
};

/** Returns font, size and spacing as they are on the existing code. */
function measuresOf(host: HTMLElement): monaco.IStandaloneEditorConstructionOptions {
  const code = host.querySelector('.ce-code') ?? host;
  const { fontFamily, fontSize, fontWeight, lineHeight, paddingTop } = getComputedStyle(code);
  const gutter = host.querySelector('.ce-line');
  const numbers = gutter ? Number.parseFloat(getComputedStyle(gutter).paddingLeft) : 0;
  const digits = gutter ? Number.parseFloat(getComputedStyle(gutter, '::before').width) : 0;
  return {
    fontFamily,
    fontSize: Number.parseFloat(fontSize),
    fontWeight,
    lineHeight: Number.parseFloat(lineHeight),
    lineDecorationsWidth: Math.max(0, numbers - digits),
    padding: { top: Number.parseFloat(paddingTop), bottom: Number.parseFloat(paddingTop) },
  };
}
