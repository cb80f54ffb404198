/** A number with its thousands set apart, such as `20,000`. One formatter for all: to make one takes longer than to use it. */
export const formatCount = new Intl.NumberFormat('en').format;
