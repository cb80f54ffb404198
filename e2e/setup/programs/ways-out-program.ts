/** A program that tries every way out of a Worker. */

/** The ways tried in the program itself; those in a Worker of its own depend on whether it may have one. */
export const waysTried = [
  'request',
  'import',
  'import of data',
  'script',
  'evaluation',
  'font',
  'worker',
  'worker of data',
  'web transport',
];

/** The attempts of a Worker: each resolves if it is let through, and throws if it is refused. */
const inWorker = `{
  async request() { await new Promise((resolve, reject) => {
    const request = Object.assign(new XMLHttpRequest(), { onload: resolve, onerror: reject });
    request.open('GET', http + '/request'); request.send(); }); },
  async import() { await import(http + '/import'); },
  async 'import of data'() { await import('data:text/javascript,'); },
  async script() { importScripts(http + '/script'); },
  async evaluation() { (0, eval)('1'); },
  async font() { await new FontFace('x', 'url(' + http + '/font)').load(); },
  async worker() { await startOf(new Worker(http + '/worker')); },
  async 'worker of data'() { await startOf(new Worker('data:text/javascript,postMessage(1)')); },
  async 'web transport'() { await new WebTransport(http.replace('http', 'https') + '/transport').ready; },
}`;

/** The attempts in the program's own Worker, where nothing is led to the sandbox and the browser alone refuses. */
const inWorkerOfIts = `{
  async fetch() { await fetch(http + '/fetch'); },
  async 'fetch of another host'() { await fetch(otherHost + '/fetch'); },
  async 'fetch without cors'() { await fetch(http + '/no-cors', { mode: 'no-cors' }); },
  async 'fetch that outlives'() { await fetch(http + '/keepalive', { keepalive: true, method: 'POST', body: 'x' }); },
  async socket() { await opens(new WebSocket(http.replace('http', 'ws') + '/socket')); },
  async 'socket to another host'() { await opens(new WebSocket(otherHost.replace('http', 'ws') + '/socket')); },
  async events() { await opens(new EventSource(http + '/events')); },
  async 'request of its own'() { await new Promise((resolve, reject) => {
    const request = Object.assign(new XMLHttpRequest(), { onload: resolve, onerror: reject });
    request.open('GET', http + '/own-request'); request.send(); }); },
}`;

/**
 * Returns a program that tries to reach a server on `port` of this machine, by two of its names. It prints "refused …" or
 * "LET THROUGH …" for each way, and "all tried" at the end.
 */
export const triesToGetOut = (port: number): string => `
  const addresses = ${JSON.stringify({ http: `http://localhost:${port}`, otherHost: `http://127.0.0.1:${port}` })};
  const opens = (target) => new Promise((resolve, reject) => Object.assign(target, { onopen: resolve, onerror: reject }));
  const startOf = (worker) => new Promise((resolve, reject) => Object.assign(worker, { onmessage: resolve, onerror: reject }));
  const all = async (tries, tell) => {
    for (const [what, go] of Object.entries(tries)) {
      await go().then(() => tell('LET THROUGH ' + what), () => tell('refused ' + what));
    }
  };
  {
    const { http } = addresses;
    await all(${inWorker}, console.log);
  }
  const own = \`
    const { http, otherHost } = \${JSON.stringify(addresses)};
    const opens = \${opens};
    const all = \${all};
    all(${inWorkerOfIts}, postMessage).then(() => postMessage('end'));\`;
  try {
    const worker = new Worker(URL.createObjectURL(new Blob([own], { type: 'text/javascript' })));
    await new Promise((resolve, reject) => {
      worker.onerror = reject;
      worker.onmessage = ({ data }) => data === 'end' ? resolve() : console.log(data);
    });
  } catch { console.log('refused a worker of its own'); }
  console.log('all tried');`;
