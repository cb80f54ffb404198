/** Configures the editor's TypeScript language service: how it interprets the reader's code. */
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register';
import TypeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker';

/** Makes each file a module of its own, as the runner runs it: two files may declare the same name. */
const moduleDetectionForce = 3;

/** Sets up the language service, with the first editor. */
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
  // Suggestions would grey out unused names, and grey text is hard to read.
  typescriptDefaults.setDiagnosticsOptions({ noSuggestionDiagnostics: true });
}
