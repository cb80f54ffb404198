/** The examples whose point the network in this page cannot show, by folder below `content/`, each with the reason. */

const ownLinks = 'it gives each connection a link of its own, and in this page all connections share one link.';
const cuts = 'its address asks for a link that is cut again and again, and in this page an address cannot set the link.';
const silence = 'its address asks for a link that goes silent, and in this page an address cannot set the link.';
const bandwidth = 'its address asks for a link of little bandwidth, and in this page an address cannot set the link.';
const compression = 'browser and server have to agree on compression, and the WebSocket in this page offers none.';

/** Each reason goes on after "This example needs the live sandbox: ". */
export const needsLive: Readonly<Record<string, string>> = {
  '1-1-what-a-channel-is/make-the-three': ownLinks,
  '1-1-what-a-channel-is/three-links': ownLinks,
  '1-2-simplex/resume': cuts,
  '2-3-long-polling/nothing-lost': cuts,
  '2-5-newer-http/streams': 'it asks what your browser’s own fetch can do, and in this page fetch is not the browser’s own.',
  '3-10-reconnecting/come-back': cuts,
  '3-11-compression/pays-or-not': compression,
  '3-11-compression/three-ways': compression,
  '3-7-ping-and-pong/half-open': silence,
  '3-7-ping-and-pong/heartbeat': silence,
  '3-9-backpressure/flood': bandwidth,
  '3-9-backpressure/window': bandwidth,
};
