/**
 * Dates as documents carry them: ISO 8601, whose unknown parts are left out (`1984`, `1984-05`).
 *
 * They are edited in that one unambiguous form; the words beside the input say what it means.
 */

export type PartialDate = { year: number; month: number | null; day: number | null };

const SHAPE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** The date a text names, or null when it names none. */
export function parseDate(text: string): PartialDate | null {
  const match = SHAPE.exec(text);
  if (!match) return null;
  const year = Number(match[1]);
  const month = match[2] === undefined ? null : Number(match[2]);
  const day = match[3] === undefined ? null : Number(match[3]);
  if (year === 0 || month === 0 || day === 0) return null;
  if (month !== null && month > 12) return null;
  if (month !== null && day !== null && day > lastDay(year, month)) return null;
  return { year, month, day };
}

/** Puts the hyphens in when only digits were typed, and forgives spaces, dots and slashes in year-first order. */
export function tidyDate(text: string): string {
  const trimmed = text.trim();
  const parts = /^(\d{4})[-./ ]?(\d{2})(?:[-./ ]?(\d{2}))?$/.exec(trimmed);
  if (!parts) return trimmed;
  return [parts[1], parts[2], parts[3]].filter((part) => part !== undefined).join("-");
}

/** The date in words of the locale, such as "12 August 1984"; null when the text names none. */
export function dateInWords(text: string, locale: string): string | null {
  const date = parseDate(text);
  if (!date) return null;
  const instant = new Date(0);
  // `Date.UTC` would read the years 0 to 99 as 1900 to 1999.
  instant.setUTCFullYear(date.year, (date.month ?? 1) - 1, date.day ?? 1);
  return new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    year: "numeric",
    ...(date.month === null ? {} : { month: "long" }),
    ...(date.day === null ? {} : { day: "numeric" }),
  }).format(instant);
}

function lastDay(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return leap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
