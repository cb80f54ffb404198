// A request for an address that there is not, one with a parameter that cannot be, and one that is answered.
const ask = async (address: string) => console.log((await fetch(address)).status);
await ask('/pol/news?latency=80');
await ask('/poll/news?after=yesterday&latency=80');
await ask('/poll/news?after=0&latency=80');
