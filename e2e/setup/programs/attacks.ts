/** Programs that attack what observes them, for `attacks.test.ts`: each looks for what it must not have, and says what it found. */

/** Takes the port through the event's prototype when the page's message arrives, and claims to have solved exercise 3.8. */
export const forging = `
const get = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data').get;
let port;
Object.defineProperty(MessageEvent.prototype, 'data', {
  configurable: true,
  get() {
    if (this.target instanceof MessagePort) port = this.target;
    return Reflect.apply(get, this, []);
  },
});
const time = () => performance.timeOrigin + performance.now();
const at = { at: 'client', connection: 'A1' };
const frame = { connection: 'A1', direction: 'client-to-server', frame: 0 };
// The page asks now and then whether anything else can run.
setTimeout(() => {
  if (!port) return console.log('found no port');
  const events = [
    { ...at, name: 'connection_started', url: '/ticker' },
    { ...at, name: 'connection_opened' },
    { ...at, name: 'close_called', code: 4001, reason: 'forged' },
    { ...frame, at: 'socket', name: 'frame_sent', fin: true, rsv: 0, opcode: 8, masked: false, length: 8, bytes: '88080fa1666f72676564' },
    { ...at, name: 'connection_closed', code: 4001, reason: 'forged', wasClean: true },
  ];
  port.postMessage({ type: 'batch', items: events.map((event) => ({ type: 'event', event: { ...event, time: time() } })) });
  console.log('forged a run');
}, 1500);
`;

/** Uses every API in which our code runs beside the program, while the program watches. */
const use = `
  const ws = new Own.WebSocket('/echo');
  await new Promise((resolve) => (ws.onopen = resolve));
  ws.send('one');
  await new Promise((resolve) => (ws.onmessage = resolve));
  ws.send(new Uint8Array(60000));
  const source = new Own.EventSource('/events/~x');
  source.addEventListener('custom', () => {});
  await fetchOwn('/messages/~x', { method: 'POST', body: 'hello' }).then((answer) => answer.text());
  await (await fetchOwn('/poll/~x')).json();
  const reader = (await fetchOwn('/poll/~x')).body.getReader();
  while (!(await reader.read()).done);
  const worker = new Own.Worker(Own.URL.createObjectURL(new Own.Blob(['console.log("in a Worker"); postMessage(1); close()'])));
  await new Promise((resolve) => (worker.onmessage = resolve));
  later(() => { throw new TypeError('thrown'); });
  void Promise.reject(new Error('rejected'));
  await new Promise((resolve) => later(resolve, 300));
  source.close();
  ws.close(3000, 'x');
  await new Promise((resolve) => (ws.onclose = resolve));
  await new Promise((resolve) => later(resolve, 300));
`;

/** Replaces every function of every global object, and looks at all arguments and results. */
export const spying = `
const { apply, construct, ownKeys, getOwnPropertyDescriptor, defineProperty, getPrototypeOf } = Reflect;
const print = console.log;
const ofPort = MessagePort.prototype;
const guarded = { __proto__: null, WebSocket, EventSource, Worker, fetch, XMLHttpRequest };
const found = [];
const spies = new WeakSet();
const { has, add } = WeakSet.prototype;
let isLooking = false;
function look(value, where, depth) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return;
  let what;
  if (getPrototypeOf(value) === ofPort) what = 'a port';
  else if (typeof value === 'function') {
    const name = getOwnPropertyDescriptor(value, 'name')?.value;
    if (name in guarded && value !== guarded[name] && !apply(has, spies, [value])) what = 'native ' + name;
  } else if (getOwnPropertyDescriptor(value, 'at')?.value === 'client') what = 'an event';
  else if (getOwnPropertyDescriptor(value, 'type')?.value === 'batch') what = 'a batch';
  else if (depth < 2) {
    const keys = ownKeys(value);
    for (let i = 0; i < keys.length && i < 30; i++) {
      const descriptor = getOwnPropertyDescriptor(value, keys[i]);
      if (descriptor && 'value' in descriptor) look(descriptor.value, where, depth + 1);
    }
  }
  if (what) found[found.length] = what + ' at ' + where;
}
function lookAll(values, where) {
  if (isLooking) return;
  isLooking = true;
  try { for (let i = 0; i < values.length; i++) look(values[i], where, 0); } catch {}
  isLooking = false;
}
let spied = 0;
function spy(native, where) {
  const watched = function (...args) {
    lookAll(args, where + ', given');
    lookAll([this], where + ', on');
    const result = new.target ? construct(native, args, new.target === watched ? native : new.target) : apply(native, this, args);
    lookAll([result], where + ', returned');
    return result;
  };
  apply(add, spies, [watched]);
  spied++;
  return watched;
}
const objects = [];
for (const key of ownKeys(globalThis)) {
  const value = getOwnPropertyDescriptor(globalThis, key)?.value;
  if (typeof value === 'function' && /^[A-Z]/.test(String(key))) {
    objects.push([value, String(key)]);
    if (value.prototype) objects.push([value.prototype, String(key) + '.prototype']);
  } else if (typeof value === 'object' && value && value !== globalThis) objects.push([value, String(key)]);
}
objects.push([getPrototypeOf([][Symbol.iterator]()), 'iterators of arrays'], [getPrototypeOf(new Map().values()), 'iterators of maps']);
objects.push([getPrototypeOf(Uint8Array.prototype), 'typed arrays']);
const Own = { WebSocket, EventSource, Worker, URL, Blob };
const later = setTimeout;
const fetchOwn = fetch;
for (const name of ['setTimeout', 'setInterval', 'queueMicrotask', 'structuredClone']) globalThis[name] = spy(globalThis[name], name);
for (let i = 0; i < objects.length; i++) {
  const object = objects[i][0];
  const name = objects[i][1];
  const keys = ownKeys(object);
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k];
    const descriptor = getOwnPropertyDescriptor(object, key);
    const isMethod = typeof descriptor?.value === 'function' && !(typeof key === 'string' && /^[A-Z]/.test(key));
    if (!descriptor?.configurable || key === 'constructor') continue;
    const where = name + '.' + String(key);
    try {
      if (isMethod) defineProperty(object, key, { ...descriptor, value: spy(descriptor.value, where) });
      else if (descriptor.get) defineProperty(object, key, { ...descriptor, get: spy(descriptor.get, where) });
    } catch {}
  }
}
Error.prepareStackTrace = (error, sites) => {
  for (const site of sites) lookAll([site.getThis(), site.getFunction()], 'a stack');
  return String(error);
};
(async () => {
  ${use}
  print('spied on ' + spied + ' functions and found ' + found.length);
  for (let i = 0; i < found.length && i < 20; i++) print(found[i]);
})();
`;

/** Puts traps and accessors on the prototypes of all objects and arrays, where objects without their own find them. */
export const trapping = `
const print = console.log;
const { getPrototypeOf } = Reflect;
const { hasOwn } = Object;
const natives = { __proto__: null, WebSocket, EventSource, Worker, Request, XMLHttpRequest };
const Own = { WebSocket, EventSource, Worker, URL, Blob };
const later = setTimeout;
const fetchOwn = fetch;
const ofPort = MessagePort.prototype;
const found = { __proto__: null };
let count = 0;
const note = (what) => { if (!found[what]) { found[what] = true; count++; } };
function look(value, where) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return;
  if (getPrototypeOf(value) === ofPort) note('a port at ' + where);
  if (typeof value === 'function') {
    for (const name in natives) if (value !== natives[name] && value.prototype && value.prototype === natives[name].prototype) note('native ' + name + ' at ' + where);
  } else if (hasOwn(value, 'at') || hasOwn(value, 'items')) note('an item at ' + where);
}
const { defineProperty } = Object;
const put = (object, key, value) => defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
for (const trap of ['get', 'has', 'apply', 'construct', 'getPrototypeOf', 'ownKeys', 'set', 'getOwnPropertyDescriptor', 'defineProperty']) {
  const native = Reflect[trap];
  put(Object.prototype, trap, function (...args) {
    look(args[0], 'the trap ' + trap);
    look(this, 'the traps with ' + trap);
    return native(...args);
  });
  defineProperty(Object.prototype, trap, { __proto__: null, enumerable: false });
}
for (const key of ['0', '1', '2', '3']) {
  defineProperty(Array.prototype, key, {
    __proto__: null,
    configurable: true,
    set(value) { look(value, 'the index ' + key); put(this, key, value); },
    get: undefined,
  });
}
for (const key of ['type', 'items', 'event', 'connection', 'name', 'text', 'then', 'url', 'buffered', 'message', 'transfer']) {
  if (key in Object.prototype) continue;
  defineProperty(Object.prototype, key, {
    __proto__: null,
    configurable: true,
    get() { look(this, 'the reading of ' + key); return undefined; },
    set(value) { look(this, 'the writing of ' + key); look(value, key + ', as it is written'); put(this, key, value); },
  });
}
(async () => {
  Object.keys(Own.WebSocket);
  void ('x' in Own.WebSocket);
  Object.getPrototypeOf(Own.WebSocket);
  Object.getOwnPropertyDescriptor(Own.WebSocket, 'OPEN');
  Own.WebSocket.mine = 1;
  ${use}
  print('set traps and found ' + count);
  for (const what in found) print(what);
})().catch((thrown) => print('failed: ' + thrown.message));
`;
