/** The TypeScript language service of the editor: what it takes the reader's code to be. */
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register';
import TypeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker';

/** Each file is a module of its own, as the runner runs it: two files may declare the same name. */
const moduleDetectionForce = 3;

/** Starts it with the first editor. */
export function setUpLanguageService(): void {
  (globalThis as { MonacoEnvironment?: unknown }).MonacoEnvironment = {
    getWorker: (_id: string, label: string) => (label === 'typescript' ? new TypeScriptWorker() : new EditorWorker()),
  };
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.NodeJs,
    moduleDetection: moduleDetectionForce,
    lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    strict: true,
    allowNonTsExtensions: true,
    noEmit: true,
  });
  // Suggestions grey out what is not used yet, and grey text is hard to read.
  typescriptDefaults.setDiagnosticsOptions({ noSuggestionDiagnostics: true });
}
