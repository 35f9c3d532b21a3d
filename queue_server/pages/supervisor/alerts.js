/** What needs a person now, most urgent first: worked out from the rows of the topic and the clock, and nothing else. */

import { MINUTE, breakOf, byWait, clockSeconds, hereSince, isClockWrong, isScannerWrong, minutesSince, printerState } from "/pages/supervisor/hall.js";

/** The order of kinds. Within a kind the longest wait, or the soonest break, comes first. */
const KINDS = [
  "help", "away", "unserved", "over", "printer_out", "kiosk_refused", "forecast", "service", "kiosk_silent", "kiosk_clock", "newcomer",
  "kiosk_scanner", "printer_unknown", "printer_low",
];

/** Minutes for which a line may stand without a counter before it is more than the start of somebody's morning. */
const UNSERVED_LATE = 5;

const PREDICTED = ["forecast", "newcomer"];

/** How loud each kind is: "late" is broken already, "soon" will be, "notice" ought to be known. */
const LOUDNESS = {
  help: "late", away: "late", unserved: "soon", over: "late", printer_out: "late", forecast: "soon", service: "soon",
  kiosk_refused: "late", kiosk_silent: "soon", kiosk_clock: "soon", kiosk_scanner: "notice", newcomer: "notice", printer_unknown: "notice", printer_low: "notice",
};

/**
 * @returns {{id: string, kind: string, loudness: string, at: {kind: "queue"|"counter"|"kiosk", id: string}, words: object}[]}
 *   `id` stays the same as long as it is the same trouble; `words`: what its text needs.
 */
export function alertsOf({ data, target, service, now }) {
  if (!data) return [];
  const found = [
    ...Object.values(data.counters ?? {}).flatMap((row) => ofCounter(row, service, now)),
    ...ofLines(data, target, now),
    ...Object.values(data.kiosks ?? {}).flatMap((row) => ofKiosk(row, now)),
  ];
  return found
    .map((one) => ({ ...one, id: `${one.kind} ${one.at.kind} ${one.at.id}`, loudness: one.loudness ?? LOUDNESS[one.kind] }))
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.order - b.order);
}

function ofCounter(row, service, now) {
  const at = { kind: "counter", id: row.id };
  const found = [];
  const here = row.ticket;
  if (row.help_asked_at) {
    found.push({ kind: "help", at, order: Date.parse(row.help_asked_at),
      words: { number: row.number, minutes: minutesSince(row.help_asked_at, now) } });
  }
  if (row.away && row.state !== "closed") {
    found.push({ kind: "away", at, order: here ? 0 : 1, words: { number: row.number, label: here?.label ?? null } });
  }
  const minutes = here?.state === "serving" ? minutesSince(hereSince(here), now) : null;
  if (minutes !== null && minutes >= service) {
    found.push({ kind: "service", at, order: Date.parse(hereSince(here)), words: { number: row.number, label: here.label, minutes } });
  }
  return found;
}

function ofLines({ lines, waiting, site }, target, now) {
  const tickets = byWait(waiting);
  const closed = Boolean(site?._?.notice); // out of hours a likely wait reaches to the next morning: nothing to act on
  return Object.values(lines ?? {}).flatMap((line) => {
    const own = tickets.filter((one) => one.queue === line.queue);
    const alert = ofLine(line, own, target, now);
    return alert && !(closed && PREDICTED.includes(alert.kind)) ? [{ at: { kind: "queue", id: line.queue }, ...alert }] : [];
  });
}

function ofLine(line, tickets, target, now) {
  if (!line.waiting) return null;
  const since = tickets[0]?.since ?? line.oldest;
  const minutes = minutesSince(since, now);
  const label = tickets[0]?.label ?? null;
  if (line.open === 0) {
    return { kind: "unserved", loudness: minutes >= UNSERVED_LATE ? "late" : "soon", order: Date.parse(since), words: { waiting: line.waiting, minutes } };
  }
  if (minutes !== null && minutes >= target) {
    const over = tickets.filter((one) => now - Date.parse(one.since) >= target * MINUTE).length;
    return { kind: "over", order: Date.parse(since), words: { label, minutes, others: Math.max(0, over - 1) } };
  }
  const broken = breakOf(line, tickets, target, now);
  return broken && { kind: broken.label ? "forecast" : "newcomer", order: broken.label ? broken.minutes : -line.high,
    words: { label: broken.label, minutes: broken.minutes, target, high: Math.round(line.high) } };
}

/** A kiosk that runs by itself and is silent: that its printer is unknown too goes without saying. */
function ofKiosk(row, now) {
  const at = { kind: "kiosk", id: row.id };
  const found = [];
  if (row.refused?.length) {
    found.push({ kind: "kiosk_refused", at, order: 0, words: { labels: row.refused.join(", "), n: row.refused.length } });
  }
  if (row.state === "silent") {
    return [...found, { kind: "kiosk_silent", at, order: 0, words: { minutes: minutesSince(row.state_since, now) } }];
  }
  if (isClockWrong(row)) found.push({ kind: "kiosk_clock", at, order: 0, words: { seconds: clockSeconds(row) } });
  if (isScannerWrong(row)) found.push({ kind: "kiosk_scanner", at, order: 0, words: { scanner: row.scanner } });
  const state = printerState(row);
  if (state === "ready" || state === "none") return found;
  return [...found, { kind: `printer_${state}`, at, order: 0, words: { printer: row.printer } }];
}
