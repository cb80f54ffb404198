export interface PackageFacts {
  isModule: boolean;
  /** What `npm start` runs. */
  start: string;
  packages: readonly string[];
  /** Versions by package; of those that are not there the latest is taken. */
  versions: Readonly<Record<string, string>>;
}

/** Returns the text of `package.json`. */
export function packageFile({ isModule, start, packages, versions }: PackageFacts): string {
  const dependencies = Object.fromEntries(packages.map((name) => [name, versions[name] ?? 'latest']));
  const facts = {
    name: 'websocket-programs',
    private: true,
    type: isModule ? 'module' : 'commonjs',
    // The first with a global WebSocket that needs no flag.
    engines: { node: '>=22' },
    scripts: { start },
    dependencies,
  };
  return `${JSON.stringify(facts, undefined, 2)}\n`;
}
