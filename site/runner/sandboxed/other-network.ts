/** Ways to the network beside WebSocket. The frame's policy lets none of them through; a sentence says so before it does. */

/** Makes `fetch` and `EventSource` say that they are not there, instead of failing without a reason. */
export function refuseOtherNetwork(scope: { fetch: typeof fetch; EventSource: typeof EventSource }): void {
  const refusal = (what: string, address: unknown): TypeError =>
    new TypeError(`${what} cannot reach ${String(address)}: programs here can use WebSocket, such as new WebSocket('/echo')`);
  scope.fetch = (address) => Promise.reject(refusal('fetch', address));
  scope.EventSource = new Proxy(scope.EventSource, {
    construct(_target, [address]) {
      throw refusal('EventSource', address);
    },
  });
}
