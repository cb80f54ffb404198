/** Debian's WebKit (WebKitGTK: MiniBrowser and its WebDriver), on a screen that nobody sees. */
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Builder, Capabilities, By, error, Key, type WebDriver, type WebElement } from 'selenium-webdriver';
import type { WebKitPrograms } from '../../../scripts/browser/engines.ts';
import type { Engine, EnginePage, Likes, Target } from './engine.ts';
import { eventually } from './eventually.ts';
import { findElement } from './find-element.ts';
import { freePort } from './free-port.ts';
import { isPressed, pressOnce, untilStill } from './press.ts';

/** Starts a browser with its own screen for each page: only a page that is shown keeps its timers. */
export async function launchWebKit({ driver, miniBrowser }: WebKitPrograms, { lessMotion = false }: Likes = {}): Promise<Engine> {
  const pages: EnginePage[] = [];
  const folder = lessMotion ? await withoutAnimations() : undefined;
  return {
    name: 'webkit',
    async newPage() {
      const screen = await startScreen();
      const port = await freePort();
      const service = spawnWithUs(driver, [`--port=${port}`, '--host=127.0.0.1'], {
        stdio: 'ignore',
        env: {
          ...process.env,
          ...(folder && { XDG_CONFIG_HOME: folder }),
          DISPLAY: screen.display,
          // WebKit cannot set up its sandbox as root. We open nothing but our own pages.
          WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
          NO_AT_BRIDGE: '1',
          // Without a graphics card the CPU would composite layers, which takes half of its time.
          WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        },
      });
      const session = await eventually('WebKitWebDriver', () => connect(port, miniBrowser));
      const page = pageOf(session, async () => {
        await session.quit().catch(() => undefined);
        await end(service);
        await end(screen.process);
      });
      await page.resize(1440, 900);
      pages.push(page);
      return page;
    },
    async close() {
      await Promise.all(pages.map((page) => page.close()));
      if (folder) await rm(folder, { recursive: true });
    },
  };
}

/** Creates a folder of GTK settings, from which WebKit learns that the reader wants no motion; returns its path. */
async function withoutAnimations(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gtk-'));
  for (const version of ['gtk-3.0', 'gtk-4.0']) {
    await mkdir(join(folder, version));
    await writeFile(join(folder, version, 'settings.ini'), '[Settings]\ngtk-enable-animations=0\n');
  }
  return folder;
}

async function connect(port: number, miniBrowser: string): Promise<WebDriver | undefined> {
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
    timeouts: { script: 120_000, pageLoad: 60_000 },
  });
  try {
    return await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
  } catch (thrown) {
    // The driver does not listen yet.
    if (/ECONNREFUSED/.test(String(thrown))) return undefined;
    throw thrown;
  }
}

/** Starts an X server whose screen nobody sees; returns it and the display name that it chose. */
async function startScreen(): Promise<{ display: string; process: ChildProcess }> {
  const process = spawnWithUs('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = (await once(process.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { display: `:${number.toString().trim()}`, process };
}

/** Starts a program that ends with this process: it is not Node, so it does not notice by itself (`ends-with-us.ts`). */
function spawnWithUs(program: string, words: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, words, options);
  const end = (): void => void child.kill();
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return child;
}

async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  process.kill();
  await once(process, 'exit');
}

function pageOf(driver: WebDriver, close: () => Promise<void>): EnginePage {
  const find = async ({ role, name, within }: Target): Promise<WebElement> =>
    await eventually(`${role} "${name}"`, async () => {
      const found = await driver.executeScript<WebElement | null>(
        `return (${findElement.toString()})(...arguments)`,
        role,
        name,
        within ?? null,
      );
      return found ?? undefined;
    });
  return {
    open: (address) => driver.get(address),
    async evaluate(ask, ...args) {
      // The driver passes a callback as the last argument.
      const answer = await driver.executeAsyncScript<{ value?: unknown; error?: string }>(
        `const [args, done] = arguments;
         Promise.resolve().then(() => (${ask.toString()})(...args)).then(
           (value) => done({ value }), (error) => done({ error: String(error) + '\\n' + (error && error.stack) }));`,
        args,
      );
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value as never;
    },
    async click(target) {
      const element = await find(target);
      await pressOnce(target.name, {
        begin: () => driver.executeScript('globalThis.isPressed = false'),
        untilStill: () =>
          driver.executeAsyncScript(`const [element, done] = arguments; (${untilStill.toString()})(element).then(done)`, element),
        // Something else may get the press: this engine keeps nothing in place on the screen when something above it grows.
        press: () =>
          element.click().catch((thrown: unknown) => {
            if (!(thrown instanceof error.ElementClickInterceptedError)) throw thrown;
          }),
        // Pressing a link takes the page away.
        isPressed: () =>
          driver
            .executeAsyncScript<boolean | undefined>(`const [done] = arguments; (${isPressed.toString()})().then(done)`)
            .catch(() => undefined),
      });
    },
    type: async (text) => void (await driver.actions().sendKeys(text).perform()),
    async press(key, ...modifiers) {
      const actions = driver.actions();
      for (const modifier of modifiers) actions.keyDown(keys[modifier] ?? modifier);
      actions.sendKeys(keys[key] ?? key);
      for (const modifier of modifiers.toReversed()) actions.keyUp(keys[modifier] ?? modifier);
      await actions.perform();
    },
    async chooseFile(selector, path) {
      await driver.findElement(By.css(selector)).sendKeys(path);
    },
    screenshot: async () => Buffer.from(await driver.takeScreenshot(), 'base64'),
    async resize(width, height) {
      const window = driver.manage().window();
      await window.setRect({ width, height });
      const inner = await driver.executeScript<[number, number]>('return [innerWidth, innerHeight]');
      // The address bar takes some of the window.
      await window.setRect({ width: width + width - inner[0], height: height + height - inner[1] });
    },
    complaints: () => [],
    close,
  };
}

/** Keys as WebDriver writes them (WebDriver §17.4.2). */
const keys: Readonly<Record<string, string>> = {
  Control: Key.CONTROL,
  Shift: Key.SHIFT,
  Alt: Key.ALT,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  Tab: Key.TAB,
  Home: Key.HOME,
  End: Key.END,
  Backspace: Key.BACK_SPACE,
  Delete: Key.DELETE,
  ArrowUp: Key.ARROW_UP,
  ArrowDown: Key.ARROW_DOWN,
  ArrowLeft: Key.ARROW_LEFT,
  ArrowRight: Key.ARROW_RIGHT,
};
