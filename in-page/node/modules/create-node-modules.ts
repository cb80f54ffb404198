/** The modules that a program of the page can require or import. */
import { createWs, type WsModule } from '../../ws/create-ws.ts';
import { Buffer } from '../buffer.ts';
import { createCrypto } from '../crypto/crypto-module.ts';
import { EventEmitter, on, once } from '../events.ts';
import { createExpress } from '../express/create-express.ts';
import { createHttp } from '../http/http.ts';
import type { ModuleParts } from '../module-parts.ts';
import { createPerformance } from '../process/performance.ts';
import { Process } from '../process/process.ts';
import { ReaderFiles } from '../reader-files.ts';
import { NodeTimers } from '../timers/node-timers.ts';
import { timerGlobals, timerPromises } from '../timers/timers-module.ts';
import { querystring } from '../url/querystring.ts';
import { urlModule } from '../url/url-module.ts';
import { utilModule } from '../util/util-module.ts';
import { absentModule } from './absent.ts';
import { assertModule } from './assert-module.ts';
import { createFs } from './fs-module.ts';
import { createOs } from './os-module.ts';
import { pathModule } from './path-module.ts';
import { bodyParser, cors, createUuid, dotenv } from './shims.ts';
import { StringDecoder } from './string-decoder.ts';

export type { WsModule };

export interface NodeModules {
  /** Names without `node:`, in order. */
  readonly names: readonly string[];
  /** True for a name with or without `node:`; packages have no such prefix. */
  has(name: string): boolean;
  /** Returns what `require(name)` gives: the same each time. Throws an Error with the code MODULE_NOT_FOUND. */
  get(name: string): object;
}

/** Modules that are packages on npm, and not of Node: `node:ws` is none. */
const packages = ['ws', 'express', 'body-parser', 'cors', 'dotenv', 'uuid'];

/** `ws` is by default made of the parts. */
export function createNodeModules(parts: ModuleParts, ws: WsModule = createWs(parts)): NodeModules {
  const modules = modulesOf(parts, ws);
  const bare = (name: string): string => name.replace(/^node:/, '');
  const has = (name: string): boolean => modules.has(bare(name)) && !(name.startsWith('node:') && packages.includes(bare(name)));
  const names = [...modules.keys()].sort();
  return {
    names,
    has,
    get(name) {
      const found = has(name) ? modules.get(bare(name)) : undefined;
      if (!found) throw absentModule(name, names);
      return found;
    },
  };
}

function modulesOf(parts: ModuleParts, ws: WsModule): Map<string, object> {
  const files = new ReaderFiles(parts.files);
  const timers = new NodeTimers(parts.clock);
  const promises = timerPromises(timers);
  const http = createHttp(parts);
  const process = new Process(parts);
  const fs = createFs(files, parts);
  const crypto = createCrypto(parts);
  const express = createExpress({ ...parts, env: process.env as Record<string, string> }, http, files);
  // Node's module is the class. The package lacks one function, and signals in the other.
  const events = Object.assign(EventEmitter, { on, once });
  return new Map<string, object>([
    ['assert', assertModule],
    ['assert/strict', assertModule.strict],
    ['body-parser', bodyParser(express)],
    ['buffer', { Buffer, Blob, atob: (text: string) => atob(text), btoa: (text: string) => btoa(text) }],
    ['cors', cors],
    ['crypto', crypto],
    ['dotenv', dotenv],
    ['events', events],
    ['express', express],
    ['fs', fs],
    ['fs/promises', fs['promises'] as object],
    ['http', http],
    ['os', createOs(parts)],
    ['path', pathModule],
    ['path/posix', pathModule],
    ['perf_hooks', { performance: createPerformance(parts) }],
    ['process', process],
    ['querystring', querystring],
    ['string_decoder', { StringDecoder }],
    ['timers', { ...timerGlobals(timers, promises), promises }],
    ['timers/promises', promises],
    ['url', urlModule],
    ['util', utilModule],
    ['util/types', utilModule.types],
    ['uuid', createUuid(parts)],
    ['ws', ws],
  ]);
}
