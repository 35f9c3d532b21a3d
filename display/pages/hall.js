/** What the board shows, from what its topic holds and the time: pure, so that every case can be looked at. */

import { rows } from "/assets/liveStore.js";

/** A call stands among "now" at least this long, even if the person is at the counter at once, milliseconds. */
export const HOLD_MS = 20_000;
/** A call that nobody answered leaves "now" after this long, milliseconds. */
export const GIVEN_UP_MS = 5 * 60_000;
/** A call is new, and stands out, for this long, milliseconds. */
export const FRESH_MS = 12_000;
/** Numbers that one glance can take in. */
export const NOW_ROWS = 4;

/** Kinds of announcement that no call row shows: their words go to the notice line. */
const SAID_IN_WORDS = new Set(["missed", "paused", "closing"]);

/**
 * Split the calls of the topic: those that somebody should walk for now, and those just before.
 * With nothing to walk for, the last call alone stays large, at rest: a small office reads who is being served.
 */
export function splitCalls(data, at) {
  const calls = rows(data, "calls")
    .map((call) => ({ ...call, age: Math.max(0, at - Date.parse(call.at)) }))
    .sort((a, b) => a.age - b.age || (a.label < b.label ? 1 : -1));
  const now = calls.filter(isNow).slice(0, NOW_ROWS);
  const large = now.length ? now : calls.slice(0, 1);
  const shown = new Set(large.map((call) => call.label));
  return {
    now: large.map((call) => ({ ...call, resting: !now.length, fresh: now.length > 0 && call.age < FRESH_MS })),
    before: calls.filter((call) => !shown.has(call.label)).map((call) => ({ ...call, open: isNow(call) })),
  };
}

function isNow({ state, age }) {
  return (state === "called" && age < GIVEN_UP_MS) || (state === "serving" && age < HOLD_MS);
}

/** The lines in which somebody waits, by letter, and how many people that is. */
export function waitingLines(data) {
  const lines = rows(data, "lines").filter((line) => line.waiting > 0);
  lines.sort((a, b) => a.chip.length - b.chip.length || a.chip.localeCompare(b.chip, "vi") || (a.queue < b.queue ? -1 : 1));
  return { lines, people: lines.reduce((sum, line) => sum + line.waiting, 0) };
}

/** Pages of as equal a size as can be, so that the last is not one lonely row. */
export function pagesOf(items, capacity) {
  if (!items.length) return [];
  const count = Math.ceil(items.length / Math.max(1, capacity));
  const size = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, page) => items.slice(page * size, (page + 1) * size));
}

/** Announcements in force whose words the notice line must show, newest first. */
export function noticesInForce(data, at) {
  return rows(data, "announcements")
    .filter((one) => SAID_IN_WORDS.has(one.kind) && Date.parse(one.expires) > at)
    .sort((a, b) => b.id - a.id);
}

/**
 * Opening hours as few lines: weekdays in a row with the same spans stand together.
 * @param {{weekday: number, from: string, to: string}[]} hours 0 is Monday
 * @returns {{first: number, last: number, spans: string[]}[]}
 */
export function hoursByDays(hours = []) {
  const ranges = [];
  for (let weekday = 0; weekday < 7; weekday += 1) {
    const spans = hours.filter((one) => one.weekday === weekday).map(({ from, to }) => `${from}–${to}`).sort();
    if (!spans.length) continue;
    const before = ranges.at(-1);
    if (before?.last === weekday - 1 && before.spans.join() === spans.join()) before.last = weekday;
    else ranges.push({ first: weekday, last: weekday, spans });
  }
  return ranges;
}

/** ["Thứ Hai – Thứ Sáu: 07:30–11:30, 13:30–17:00", …]. @param {string} language "vi" or "en" */
export function hoursInWords(hours, language) {
  // 5 January 1970 was a Monday.
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "vi-VN", { weekday: "long", timeZone: "UTC" });
  const day = (weekday) => format.format(Date.UTC(1970, 0, 5 + weekday));
  const named = ({ first, last }) => (first === last ? day(first) : `${day(first)} – ${day(last)}`);
  return hoursByDays(hours).map((range) => `${named(range)}: ${range.spans.join(", ")}`);
}
