/** Where the server of a program listens, read from its text: the program itself has not run yet. */
import { hasSequence, namedModules } from '../../../in-page/load/tokens/sequence.ts';
import { codeTokensOf, literalText, type Token } from '../../../in-page/load/tokens/tokens.ts';

export interface ServerAddress {
  /** 8080 if the text does not say. */
  port: number;
  /** What WebSocketServer's option `path` says, `/` if nothing. */
  path: string;
  /** False if it answers plain HTTP alone. */
  hasWebSocket: boolean;
}

export function serverAddress(code: string): ServerAddress {
  const tokens = codeTokensOf(code);
  return { port: portIn(tokens) ?? 8080, path: pathIn(tokens), hasWebSocket: hasWebSocket(tokens) };
}

function portIn(tokens: readonly Token[]): number | undefined {
  for (const [i, { text, kind }] of tokens.entries()) {
    if (kind !== 'word') continue;
    const next = tokens[i + 1]?.text ?? '';
    let port: number | undefined;
    if (text === 'port' && next === ':') port = portAt(tokens, i + 2);
    else if (text === 'port' && /^[,}]$/.test(next) && /^[{,]$/.test(tokens[i - 1]?.text ?? '')) port = portNamed(tokens, text);
    else if (text === 'listen' && next === '(' && tokens[i + 2]?.text !== '{') port = portAt(tokens, i + 2);
    if (port !== undefined) return port;
  }
  return undefined;
}

/** Returns the port that the expression at an index gives where `process.env` is empty: the last number in it. */
function portAt(tokens: readonly Token[], start: number, mayFollow = true): number | undefined {
  const expression = expressionAt(tokens, start);
  const number = expression.map((token) => Number(literalText(token) ?? token.text)).findLast(isPort);
  if (number !== undefined || !mayFollow) return number;
  const name = expression.find(({ kind }) => kind === 'word');
  return name && portNamed(tokens, name.text);
}

function portNamed(tokens: readonly Token[], name: string): number | undefined {
  const at = tokens.findIndex(
    ({ text }, i) => text === name && /^(const|let|var|,)$/.test(tokens[i - 1]?.text ?? '') && declares(tokens, i),
  );
  return at < 0 ? undefined : portAt(tokens, tokens.findIndex(({ text }, i) => i > at && text === '=') + 1, false);
}

/** Tells whether a value follows a name, with or without a type between them. */
const declares = (tokens: readonly Token[], at: number): boolean =>
  tokens[at + 1]?.text === '=' || (tokens[at + 1]?.text === ':' && tokens[at + 3]?.text === '=');

const isPort = (value: number): boolean => Number.isInteger(value) && value > 0 && value < 65_536;

/** Returns the tokens up to what ends an expression: a comma, a semicolon, the bracket around it, or another line's statement. */
function expressionAt(tokens: readonly Token[], start: number): Token[] {
  let depth = 0;
  const end = tokens.findIndex((token, i) => {
    if (i < start) return false;
    if (/^[([{]$/.test(token.text)) depth++;
    if (/^[)\]}]$/.test(token.text)) depth--;
    const isOtherStatement = i > start && token.startsLine && token.kind === 'word';
    return depth < 0 || (depth === 0 && (/^[,;]$/.test(token.text) || isOtherStatement));
  });
  return tokens.slice(start, end < 0 ? undefined : end);
}

function pathIn(tokens: readonly Token[]): string {
  const at = tokens.findIndex(({ text }, i) => /^(WebSocketServer|Server)$/.test(text) && tokens[i + 1]?.text === '(');
  const options = at < 0 ? [] : expressionAt(tokens, at + 2);
  const key = options.findIndex(({ text }, i) => text === 'path' && options[i + 1]?.text === ':');
  const value = options[key + 2];
  const path = key >= 0 && value ? literalText(value) : undefined;
  return path?.startsWith('/') ? path : '/';
}

/** Of HTTP servers those that take part in no upgrade are known. All others are taken for servers of WebSocket. */
function hasWebSocket(tokens: readonly Token[]): boolean {
  const modules = namedModules(tokens);
  const isHttp = ['http', 'node:http', 'express'].some((name) => modules.has(name));
  const upgrades = tokens.some((token) => /^(WebSocketServer|websocket)$/.test(token.text) || literalText(token) === 'upgrade');
  const others = [...modules].some((name) => /ws|websocket|^(node:)?net$/i.test(name));
  return !isHttp || upgrades || others || hasSequence(tokens, 'WebSocket', '.', 'Server');
}
