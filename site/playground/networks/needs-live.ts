/** The examples whose point the network in this page cannot show, by folder below `content/`, each with the reason. */

const compression = 'browser and server have to agree on compression, and the WebSocket in this page offers none.';

/** Each reason goes on after "This example needs the live sandbox: ". */
export const needsLive: Readonly<Record<string, string>> = {
  '2-5-newer-http/streams': 'it asks what your browser’s own fetch can do, and in this page fetch is not the browser’s own.',
  '3-11-compression/pays-or-not': compression,
  '3-11-compression/three-ways': compression,
  '3-9-backpressure/flood':
    'its bytes wait in the browser, the system and the sandbox, and in this page the link takes all of them at once.',
};
