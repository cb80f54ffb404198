/**
 * The playground puts editor, runner, link, timeline, console and inspector together. Nothing else knows them all.
 *
 * Longer than most files: what each of the parts is given stands here, since only here all of them are known.
 */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { CheckModule } from '../../protocol/messages/exercise.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import type { CompiledFiles, FileProblem } from './run/program.ts';
import { CodeEditor } from '../editor/CodeEditor.tsx';
import { FrameInspector } from '../inspector/FrameInspector.tsx';
import { useLoaded } from '../timeline/panels/use-loaded.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import { noAnswer, unreachable } from './session/sandbox-error.ts';
import { loadedCheck } from './exercise/check-fault.ts';
import { compile, type SourceFile } from './run/compile.ts';
import { loadPart } from './load-part.ts';
import type { Moving } from './moving/moving.ts';
import { MovingPlace } from './moving/MovingPlace.tsx';
import { ClientCount } from './panels/ClientCount.tsx';
import { ConsoleView } from './panels/ConsoleView.tsx';
import { ExerciseBar } from './exercise/ExerciseBar.tsx';
import { FaultBoundary } from './panels/FaultBoundary.tsx';
import { listenForFaults } from './faults.ts';
import { FileTabs } from './panels/FileTabs.tsx';
import { LinkControls } from './panels/LinkControls.tsx';
import { NetworkControls } from './panels/NetworkControls.tsx';
import { PlaygroundModel } from './playground-model.ts';
import './playground.css';
import { RunBar } from './panels/RunBar.tsx';
import { RunTraceMenu } from './panels/RunTraceMenu.tsx';
import { sharedPrefix } from './address-prefix.ts';
import type { SharedCode } from './share.ts';

/** What a playground shows and starts with. */
export interface PlaygroundProps {
  /** The files as they stand in the lesson: the program first, then its solution if it has one. */
  files: readonly SourceFile[];
  recorded: Trace | undefined;
  conditions: Partial<LinkConditions>;
  clients: number;
  /** Fetches what the exercise's check exports. */
  loadCheck: (() => Promise<CheckModule>) | undefined;
  /** The exercise's hints; empty if it has none. */
  hints?: readonly string[] | undefined;
  /** See `ModelOptions`. */
  needsLive?: string | undefined;
}

const ignore = (): void => undefined;
/** Sends bytes to the sandbox, for the inspector. */
const ask = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const away = noAnswer(location.origin);
  const { askServer } = await loadPart('The part that sends bytes', () => import('./session/ask-server.ts'), away);
  return await askServer(location.origin, bytes);
};
const share = async (programs: SharedCode): Promise<string> => (await import('./share-address.ts')).shareAddress(programs);
const fetchShare = () =>
  loadPart('The part that opens the program of this address', () => import('./share.ts'), unreachable(location.origin));
const loadSolutionView = async () => (await import('./exercise/SolutionView.tsx')).SolutionView;

export function Playground({ files, recorded, conditions, clients, loadCheck, hints = [], needsLive }: PlaygroundProps) {
  const [program] = files as [SourceFile];
  const solution = files.find(({ name }) => name === 'solution.ts');
  const server = files.find(({ name }) => name === 'server.ts');
  const own = files.filter((file) => file !== solution);
  const texts = useSignal<Record<string, string>>(Object.fromEntries(files.map(({ name, text }) => [name, text])));
  const active = useSignal(program.name);
  const isSolutionOpen = useSignal(false);
  /** The reader's program that copying the solution replaced. */
  const replaced = useSignal<string | undefined>(undefined);
  const resets = useSignal(0);
  /** The file that Run ran last. */
  const ran = useRef(program.name);
  const problem = useSignal<FileProblem | undefined>(undefined);
  const root = useRef<HTMLElement>(null);
  const textOf = (file: SourceFile): string => texts.value[file.name] ?? '';
  /** What Run runs as the client: the reader's program, or the solution while its tab is chosen. */
  const clientFile = (): SourceFile => (solution && active.value === solution.name ? solution : program);
  const serverText = (): string => (server ? textOf(server).trim() : '');
  const moving = useSignal<Moving | undefined>(undefined);
  const isPaste = useRef(false);
  const compileFiles = async (file: SourceFile): Promise<CompiledFiles> => {
    const ownServer = serverText() === '' ? undefined : server;
    const ownServerText = ownServer && textOf(ownServer);
    // One after the other: the compiler takes one program at a time, and a later Run's before those of an earlier one.
    const client = await compile(file, textOf(file));
    if ('error' in client || ownServer === undefined) return { client, server: undefined };
    return { client, server: await compile(ownServer, ownServerText ?? '') };
  };

  const model = useMemo(
    () =>
      new PlaygroundModel({
        origin: typeof location === 'undefined' ? '' : location.origin,
        recorded,
        conditions,
        clients,
        needsLive,
        ready: () => opening.current,
        hasServer: () => serverText() !== '',
        async compile() {
          const file = clientFile();
          ran.current = file.name;
          const isChanged = textOf(file) !== file.text || serverText() !== '';
          // Without the part that knows what is wrong with programs, the run says it in its own way.
          const looking = isChanged
            ? loadMoving().then(
                (part) => part.look(file),
                () => [],
              )
            : [];
          const compiling = compileFiles(file);
          compiling.catch(ignore);
          const remarks = await looking;
          // At once: the reader may already do what the remark says.
          if (remarks.some(({ isFinal }) => isFinal))
            return { client: { file: file.name, code: '' }, server: undefined, remarks };
          return { ...(await compiling), remarks };
        },
        compileServer: async () => (server && serverText() !== '' ? await compile(server, textOf(server)) : undefined),
        shown: () => `${clientFile().name}\n${textOf(clientFile())}\n${serverText()}`,
        onProgramError: (found) => (problem.value = found),
      }),
    [],
  );
  const loadMoving = async (): Promise<Moving> => {
    const what = 'The part that copies programs';
    const { Moving: Part } = await loadPart(
      what,
      () => import('./moving/moving.ts'),
      `${what} did not load: the server does not answer.`,
    );
    const focusTab = (name: string) =>
      [...(root.current?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])].find((tab) => tab.textContent === name)?.focus();
    return (moving.value ??= new Part({ program, server, texts, active, log: model.log, focusTab }));
  };
  const revision = useComputed(() => model.store.value.revision.value);
  const latency = useComputed(() => model.conditions.value.latency);

  /** Resolves once the programs of the address are in the editor; Run waits for it. */
  const opening = useRef<Promise<void> | undefined>(undefined);
  const openShared = (): void => {
    if (!location.hash.startsWith(sharedPrefix)) return;
    opening.current = fetchShare()
      .then(({ sharedCode }) => {
        const shared = sharedCode(location.hash);
        if (!shared) return;
        texts.value = { ...texts.value, [program.name]: shared.client, ...(server && { [server.name]: shared.server }) };
        moving.peek()?.forget();
      })
      .catch((problem: unknown) => model.log.add('error', (problem as Error).message));
  };

  useEffect(() => {
    openShared();
    addEventListener('hashchange', openShared);
    // The reader pressed Run before this script had loaded (Playground.astro remembers that).
    const island = root.current?.closest<HTMLElement>('[data-run]');
    if (island) {
      delete island.dataset['run'];
      void model.run();
    }
    // Offers each finished run as a document to anyone on the page who listens, as `npm run record` does.
    const unsubscribe = model.state.subscribe((state) => {
      if (state !== 'resting') return;
      root.current?.dispatchEvent(new CustomEvent('trace', { detail: () => model.store.peek().document(), bubbles: true }));
    });
    return () => {
      removeEventListener('hashchange', openShared);
      unsubscribe();
    };
  }, []);

  useEffect(() => listenForFaults(model), []);

  const fault = (sentence: string): void => model.fault(sentence);
  const reset = (): void => {
    texts.value = Object.fromEntries(files.map(({ name, text }) => [name, text]));
    isSolutionOpen.value = false;
    replaced.value = undefined;
    moving.peek()?.forget();
    resets.value++;
    active.value = program.name;
    model.reset();
  };
  const toggleSolution = (): void => {
    isSolutionOpen.value = !isSolutionOpen.value;
    active.value = solution && isSolutionOpen.value ? solution.name : program.name;
  };
  const copySolution = (text: string): void => {
    replaced.value = texts.value[program.name];
    texts.value = { ...texts.value, [program.name]: text };
    moving.peek()?.forget();
    active.value = program.name;
  };
  const change = (name: string, text: string): void => {
    texts.value = { ...texts.value, [name]: text };
    if (isPaste.current) void loadMoving().then((part) => part.pasted(), ignore);
    else moving.peek()?.changed();
    isPaste.current = false;
  };
  const copyPrograms = (): void => {
    const copy = (part: Moving) => part.copy(() => compileFiles(clientFile()));
    loadMoving()
      .then(copy)
      .catch((problem: unknown) => fault((problem as Error).message));
  };
  const runByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void model.run();
  };

  const SolutionView = useLoaded(loadSolutionView, isSolutionOpen.value);
  const isSolutionChosen = active.value === solution?.name;
  const edited = isSolutionChosen ? program.name : active.value;
  const store = model.store.value;
  // A lesson can have two playgrounds, one to look at and one to solve, so each needs its own name.
  const suffix = loadCheck ? ': exercise' : '';
  const label = `Playground${suffix}`;
  return (
    <section
      ref={root}
      class="pg not-content"
      style={{ '--lines': Math.max(...files.map(({ text }) => text.split('\n').length)) }}
      aria-label={label}
      onPointerEnter={() => model.prepare()}
      onFocusCapture={() => model.prepare()}
      onKeyDownCapture={runByKey}
    >
      <div class="pg-body">
        <div class="pg-bar">
          <RunBar model={model} onReset={reset} />
          <LinkControls conditions={model.conditions.value} onChange={(changed) => model.setConditions(changed)}>
            <ClientCount model={model} />
            <NetworkControls model={model} />
          </LinkControls>
        </div>
        <div class="pg-picture">
          <FaultBoundary what="The timeline" onFault={fault}>
            <Timeline
              trace={store.trace}
              flights={store.flights}
              changes={store.changes}
              index={store.index}
              revision={revision}
              live={model.live}
              selected={model.selected}
              expectedMs={latency}
            >
              <RunTraceMenu model={model} onCopy={copyPrograms} onNear={() => void loadMoving().catch(ignore)} />
            </Timeline>
          </FaultBoundary>
        </div>
        <div
          class="pg-code"
          data-beside={isSolutionOpen.value || undefined}
          data-chosen={isSolutionChosen ? 'solution' : 'own'}
          onPasteCapture={() => (isPaste.current = true)}
        >
          <FileTabs files={isSolutionOpen.value ? files : own} active={active} wrong={problem.value?.file} />
          <CodeEditor
            files={own.map(({ name }) => ({ name, text: texts.value[name] ?? '' }))}
            active={edited}
            error={problem.value?.file === edited ? problem.value.error : undefined}
            isHeld={model.state.value === 'starting' || model.state.value === 'running'}
            onChange={change}
            onFocus={() => (active.value = edited)}
          />
          {solution && isSolutionOpen.value && typeof SolutionView === 'function' && (
            <SolutionView
              solution={solution}
              own={{ name: program.name, text: texts.value[program.name] ?? '' }}
              isChosen={isSolutionChosen}
              replaced={replaced.value}
              onCopy={copySolution}
            />
          )}
        </div>
        <div class="pg-output">
          <ConsoleView log={model.log} nameClients={model.clients.value > 1 || serverText() !== ''} />
          <MovingPlace moving={moving.value} />
          <ExerciseBar
            key={resets.value}
            model={model}
            loadCheck={loadCheck && (() => loadedCheck(loadCheck, fault))}
            hints={hints}
            hasSolution={solution !== undefined}
            isSolutionOpen={isSolutionOpen.value}
            onSolution={toggleSolution}
            isSolutionRun={() => ran.current === solution?.name}
            onPassed={() => root.current?.dispatchEvent(new CustomEvent('exercise-passed', { bubbles: true }))}
            onShare={() => share({ client: textOf(isSolutionChosen && solution ? solution : program), server: serverText() })}
          />
        </div>
        <div class="pg-frame">
          <FaultBoundary what="The frame" onFault={fault}>
            <FrameInspector
              label={`Frame${suffix}`}
              flight={model.selected.value}
              flights={store.flights}
              revision={revision}
              clock={store.trace.clock}
              ask={ask}
            />
          </FaultBoundary>
        </div>
      </div>
    </section>
  );
}
