const { timeOrigin } = performance;
const now = performance.now.bind(performance);

/** Returns milliseconds since the Unix epoch, with fractions. The reader's code cannot change it. */
export const epochNow = (): number => timeOrigin + now();
