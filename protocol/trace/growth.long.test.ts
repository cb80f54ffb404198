import { deliveriesOf } from '../measures/delivery.ts';
import { measureDuplex } from '../measures/duplex.ts';
import { exchangesOf } from './exchange-index.ts';
import { toHar } from '../export/har.ts';
import { toPcapng } from '../export/pcapng.ts';
import { flightsOf } from './flight-index.ts';
import { testGrowth, type Works } from '../testing/trace-growth-for-tests.ts';
import { queueSteps } from '../measures/upload-queue.ts';
import { joinTraces } from './joined-traces.ts';
import { trafficOf } from '../measures/traffic.ts';
import { roundTripsOf } from '../measures/round-trips.ts';

const works: Works = {
  measured: (trace) => [measureDuplex(flightsOf(trace)), trafficOf(trace, flightsOf(trace)), queueSteps(trace)],
  'searched for what was delivered': (trace) => [deliveriesOf(exchangesOf(trace)), roundTripsOf(flightsOf(trace), /l+/g)],
  'laid beside others': (trace) => joinTraces(Array.from('abcde', (name) => ({ name, trace }))),
  'exported as HAR': (trace) => toHar(trace),
  'exported as pcapng': (trace) => toPcapng(trace),
};

testGrowth(works, 400);
