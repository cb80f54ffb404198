/** Returns a number with its thousands set apart, such as `20,000`. Shared: making a formatter takes longer than using it. */
export const formatCount = new Intl.NumberFormat('en').format;
