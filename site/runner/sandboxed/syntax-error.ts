/** Locates a syntax error of a program: a Worker asks, and the frame, which has a document, finds it. */
import type { Place } from './errors.ts';
import { divertErrors } from './faults.ts';
import { dataOf, listen } from './natives.ts';

/** Worker to frame, at most once: where is the error in what it was given to run? */
export interface FindSyntaxError {
  type: 'find-syntax-error';
  /** True where it runs as the body of a function, as CommonJS does. */
  isFunctionBody: boolean;
}

/** Frame to Worker: line and column from 1, or nothing if the browser does not say. */
export interface SyntaxErrorFound extends Place {
  type: 'syntax-error-found';
}

/** Asks the frame for the place. `postToFrame` posts the question. */
export function askForSyntaxError(postToFrame: (message: FindSyntaxError) => void, isFunctionBody = false): Promise<Place> {
  return new Promise((resolve) => {
    const found = (event: MessageEvent): void => {
      const { line, column } = dataOf(event) as SyntaxErrorFound;
      resolve({ ...(line !== undefined && { line }), ...(column !== undefined && { column }) });
    };
    listen(self, 'message', found, { once: true });
    postToFrame({ type: 'find-syntax-error', isFunctionBody });
  });
}

/**
 * Locates a syntax error. An `import()` that fails to parse rejects without a place (in Chrome), but a script element reports
 * one. The import put before the code can never load, so the code cannot run here even if it parses.
 */
export function findSyntaxError(code: string, isFunctionBody: boolean, report: (found: SyntaxErrorFound) => void): void {
  const guard = `import "blob:never";${isFunctionBody ? '(function(){' : ''}`;
  const url = URL.createObjectURL(new Blob([guard, code, isFunctionBody ? '\n})' : ''], { type: 'text/javascript' }));
  const script = document.createElement('script');
  script.type = 'module';
  script.src = url;
  const finish = (found: SyntaxErrorFound): void => {
    divertErrors();
    URL.revokeObjectURL(url);
    script.remove();
    report(found);
  };
  const onError = (event: ErrorEvent): void => {
    const { filename, lineno, colno } = event;
    if (filename !== url) return;
    event.preventDefault();
    const column = lineno === 1 ? colno - guard.length : colno;
    // WebKit does not know the column and says 0.
    finish({ type: 'syntax-error-found', line: lineno, ...(column > 0 && { column }) });
  };
  divertErrors(onError);
  script.onerror = () => finish({ type: 'syntax-error-found' });
  document.head.append(script);
}
