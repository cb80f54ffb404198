/** Collects what a browser complains of while pages are used: what a policy forbade, errors, warnings. */
import type { BrowserContext, ConsoleMessage } from 'playwright';

/** Returns a growing list of complaints from all pages that the context opens from now on, frames and Workers included. */
export async function collectComplaints(context: BrowserContext): Promise<string[]> {
  const complaints: string[] = [];
  await context.exposeBinding('tellOfViolation', (_source, told: string) => void complaints.push(told));
  await context.addInitScript(() => {
    const { tellOfViolation } = globalThis as unknown as { tellOfViolation(told: string): void };
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, sourceFile, lineNumber }) => {
      tellOfViolation(
        `${location.pathname}: ${effectiveDirective} forbids ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`,
      );
    });
  });
  const onConsole = (message: ConsoleMessage): void => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.location().url}: ${message.text()}`);
  };
  context.on('console', onConsole);
  context.on('weberror', (error) => complaints.push(String(error.error())));
  return complaints;
}
