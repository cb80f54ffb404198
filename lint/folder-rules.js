/**
 * The import rules of ARCHITECTURE.md, as the linter reads them.
 * A folder may import from itself and from the folders in `mayImport`.
 */

/**
 * Returns rules for the rooms of a folder, in order: each may import those before it, and none after it.
 * @type {(folder: string, names: string[], besides?: string[]) => Record<string, { mayImport: string[], why: string }>}
 */
const inOrder = (folder, names, besides = []) =>
  Object.fromEntries(
    names.map((name, i) => [
      `${folder}/${name}`,
      {
        mayImport: [...besides, ...names.slice(0, i).map((before) => `${folder}/${before}`)],
        why: `the rooms of ${folder} import in one direction: ${names.join(', ')}`,
      },
    ]),
  );

/** @type {Record<string, { mayImport: string[], why: string }>} */
const folders = {
  ...inOrder('protocol', ['collections', 'words', 'wire', 'trace', 'measures']),
  ...inOrder('site/timeline', ['conversation', 'words', 'layout', 'paint', 'player', 'panels'], ['protocol']),
  protocol: { mayImport: [], why: 'protocol is pure: it imports nothing of the project' },
  'sandbox-server': { mayImport: ['protocol'], why: 'sandbox-server imports protocol alone' },
  'sandbox-server/endpoints': { mayImport: ['protocol'], why: 'endpoints run on both networks: they import protocol alone' },
  'in-page': {
    mayImport: ['protocol', 'sandbox-server/endpoints'],
    why: 'in-page imports protocol and the endpoints, which run on both networks',
  },
  'site/timeline': { mayImport: ['protocol'], why: 'site/timeline imports protocol alone' },
  'site/inspector': { mayImport: ['protocol'], why: 'site/inspector imports protocol alone' },
  'site/runner': { mayImport: ['protocol', 'in-page'], why: 'site/runner imports protocol and in-page' },
  'site/editor': { mayImport: ['protocol'], why: 'site/editor imports protocol alone' },
  'site/diagrams': { mayImport: [], why: 'site/diagrams imports nothing of the project' },
  'site/trace': {
    mayImport: ['protocol', 'site/timeline', 'site/inspector'],
    why: 'site/trace imports protocol, timeline and inspector',
  },
  'site/playground': {
    mayImport: ['protocol', 'in-page', 'site/timeline', 'site/inspector', 'site/runner', 'site/editor', 'site/trace'],
    why: 'site/playground imports protocol, in-page, timeline, inspector, runner, editor and trace',
  },
  content: { mayImport: ['protocol', 'site/components'], why: 'content imports site/components, and protocol in check.ts' },
};

/** Every folder with our code: a zone forbids all of them but those allowed. */
const all = ['protocol', 'sandbox-server', 'in-page', 'content', 'site', 'e2e', 'scripts'];

/** Zones of `import-x/no-restricted-paths`, for all files but tests. */
export const folderRules = Object.entries(folders).flatMap(([target, { mayImport, why }]) =>
  all.map((from) => ({
    target: `./${target}`,
    from: `./${from}`,
    except: [target, ...mayImport]
      .filter((path) => path === from || path.startsWith(`${from}/`))
      .map((path) => `.${path.slice(from.length)}`),
    message: `${why} (see ARCHITECTURE.md).`,
  })),
);

/** Packages that only some folders may import. e2e may import `ws`, to talk to the server as any client would. */
const packages = [
  { name: 'Monaco', patterns: ['monaco-editor', 'monaco-editor/*'], folders: ['site/editor'] },
  { name: 'Mermaid', patterns: ['mermaid', 'mermaid/*'], folders: ['site/diagrams'] },
  {
    name: 'ws',
    patterns: ['/ws', '/ws/*'],
    folders: ['sandbox-server', 'e2e', 'bench', 'in-page/ws/cases/running', 'in-page/browser/beside-node'],
  },
];

const rule = (restricted) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: restricted.map(({ name, patterns, folders }) => ({
        group: patterns,
        message: `${name} is imported in ${folders[0]} alone (see ARCHITECTURE.md).`,
      })),
    },
  ],
});

const files = ['**/*.{ts,tsx,js,astro}'];

/** Linter configurations that restrict each package everywhere except in its own folders. */
export const packageRules = [
  { files, rules: rule(packages) },
  ...packages.map((own) => ({
    files: own.folders.map((folder) => `${folder}/**`),
    rules: rule(packages.filter((other) => other !== own)),
  })),
];
