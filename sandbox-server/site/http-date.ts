/** Dates in header fields (RFC 9110 §5.6.7). */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const time = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)';
const month = `(?<month>${months.join('|')})`;

/** The form that senders use, and two old ones that a recipient must still read. */
const forms = [
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\\d\\d) ${month} (?<year>\\d{4}) ${time} GMT$`),
  new RegExp(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\\d\\d)-${month}-(?<year>\\d\\d) ${time} GMT$`),
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${month} (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`),
];

/** Returns the time that a field's value names, in ms since the Unix epoch; undefined if it is not a date. */
export function readHttpDate(text: string, now: number = Date.now()): number | undefined {
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (!parts) continue;
    const number = (name: string): number => Number(parts[name]);
    const year = fullYear(parts['year'] ?? '', now);
    const day = number('day');
    const date = new Date(
      Date.UTC(year, months.indexOf(parts['month'] ?? ''), day, number('hour'), number('minute'), number('second')),
    );
    return date.getUTCDate() === day && number('hour') < 24 ? date.getTime() : undefined;
  }
  return undefined;
}

/** Returns the full year. A year of two digits is at most 50 years ahead (RFC 9110 §5.6.7). */
function fullYear(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
