// One request for an address that does not exist, one with an invalid parameter, and one that is answered.
const ask = async (address: string) => console.log((await fetch(address)).status);
await ask('/pol/news?latency=80');
await ask('/poll/news?after=yesterday&latency=80');
await ask('/poll/news?after=0&latency=80');
