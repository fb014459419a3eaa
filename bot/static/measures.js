// Numbers, moments and spans of time, as they are written in the reader's language.

import { locale } from "./texts.js";

const MINUTE = 60; // seconds
const numbers = new Intl.NumberFormat(locale);
const moments = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" });
const shortDays = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });

/** A number with its thousands apart. */
export const numberText = (number) => numbers.format(number);

/** A share from 0 to 1 as a percentage. */
export const shareText = (share) => new Intl.NumberFormat(locale, { style: "percent" }).format(share);

/** An ISO moment as date and time of day where the reader is. */
export const momentText = (iso) => moments.format(new Date(iso));

/** An ISO date as day and month, short. */
export const shortDay = (iso) => shortDays.format(new Date(`${iso}T00:00:00Z`));

/** So many seconds, in the unit that suits. */
export function durationText(seconds) {
  const [unit, count] = [
    ["second", seconds],
    ["minute", seconds / MINUTE],
    ["hour", seconds / MINUTE / MINUTE],
  ].findLast(([name, value]) => name === "second" || value >= 1.5);
  const digits = unit === "second" && count >= 10 ? 0 : 1;
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: digits }).format(count);
}

/** The seconds between two ISO moments. */
export const secondsBetween = (from, to) => Math.max(0, (new Date(to) - new Date(from)) / 1000);
