/** The hall as a supervisor thinks of it, worked out from the rows of the topic site:<id>: pure, without page or clock. */

export const MINUTE = 60_000;

/** From this share of a promise on, it is nearly used up. */
const SOON = 0.8;
const OUT_OF_SERVICE = ["paper_out", "cover_open", "cutter_error", "offline"];

/** How far a promise of so many minutes is used up. @returns {"calm"|"soon"|"late"} */
export function pressure(elapsed, minutes) {
  if (elapsed >= minutes * MINUTE) return "late";
  return elapsed >= SOON * minutes * MINUTE ? "soon" : "calm";
}

/** Whole minutes from `since` (RFC 3339) to `now`; null where there is no beginning. */
export function minutesSince(since, now) {
  return since ? Math.max(0, Math.floor((now - Date.parse(since)) / MINUTE)) : null;
}

/** What the door of a queue says. @returns {"open"|"limited"|"full"|"closed"|"unknown"} */
export function gateOf(line) {
  if (!line?.gate) return "unknown";
  if (line.gate === "closed") return "closed";
  if (line.limit == null) return "open";
  return line.given >= line.limit ? "full" : "limited";
}

/** How many numbers a limited queue may still give today. */
export function numbersLeft(line) {
  return Math.max(0, (line.limit ?? 0) - (line.given ?? 0));
}

/** "ready" needs no word; "low" soon will; "out" gives no slip; "unknown" was not heard of; "none": no printer. */
export function printerState(kiosk) {
  const { printer } = kiosk;
  if (printer === "ready" || printer === "none") return printer;
  if (printer === "paper_low") return "low";
  return OUT_OF_SERVICE.includes(printer) ? "out" : "unknown";
}

/** A kiosk's own clock may be so far out: while it runs it makes up for it, but a start without the server would not. */
const CLOCK_WRONG_MS = 60_000;

export function isClockWrong(kiosk) {
  return Math.abs(kiosk.clock_offset_ms ?? 0) > CLOCK_WRONG_MS;
}

export function clockSeconds(kiosk) {
  return Math.round(Math.abs(kiosk.clock_offset_ms ?? 0) / 1000);
}

/** A scanner that is there and cannot be used; "none": the kiosk has none, or has told of none. */
export function isScannerWrong(kiosk) {
  return ["absent", "babbling"].includes(kiosk.scanner);
}

/** The time from which the person at a counter counts: since service began, else since the call. */
export function hereSince(ticket) {
  return ticket ? (ticket.started_at ?? ticket.called_at ?? ticket.since) : null;
}

/** Tickets that wait (not parked), the longest first. */
export function byWait(waiting) {
  return Object.values(waiting ?? {})
    .filter((one) => one.state === "waiting")
    .map((one) => ({ one, at: Date.parse(one.since) })) // once each: thousands may wait, and this runs every second
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** Those who have waited longer than the target, the longest first. */
export function overTarget(waiting, target, now) {
  return byWait(waiting).filter((one) => now - Date.parse(one.since) >= target * MINUTE);
}

/**
 * When a line will break the target if nothing changes: the first person of it whose wait so far, with what is still
 * likely before them (their share of the high estimate of a newcomer), exceeds the target.
 * @param {{high: number|null}} line minutes
 * @param {{label: string, since: string}[]} tickets of that line, the longest wait first
 * @returns {null | {label: string|null, minutes: number}} label: null where only a newcomer would; minutes from now
 */
export function breakOf(line, tickets, target, now) {
  const high = line.high;
  if (high == null) return null;
  for (const [at, ticket] of tickets.entries()) {
    const waited = (now - Date.parse(ticket.since)) / MINUTE;
    const rest = (high * (at + 1)) / (tickets.length + 1);
    if (waited < target && waited + rest > target) {
      return { label: ticket.label, minutes: Math.max(1, Math.round(target - waited)) };
    }
  }
  return high > target ? { label: null, minutes: target } : null;
}

/** Counters in the site's order with their live rows, by area; areas without counters are left out. */
export function areasOf(site, counters) {
  return site.areas
    .map((area) => ({
      ...area,
      counters: site.counters.filter((one) => one.area === area.id).map((one) => ({ ...one, ...counters?.[one.id], area: one.area })),
    }))
    .filter((area) => area.counters.length);
}

/** What a counter serves and helps with now; the site's own where the topic does not say. */
export function servesOf(spec, row) {
  return { queues: row?.queues ?? spec.queues ?? [], helps: row?.helps ?? spec.helps ?? [] };
}

/**
 * Whom to call for a line, the best first: who serves it and is not at work, who may help and is free, then the rest
 * of those who serve or help it. Each with why: "closed", "paused", "free", "busy".
 */
export function whomToCall(site, counters, queue) {
  const found = [];
  for (const spec of site.counters) {
    const row = counters?.[spec.id];
    const { queues, helps } = servesOf(spec, row);
    const own = queues.includes(queue);
    if (!row || (!own && !helps.includes(queue))) continue;
    const how = row.state === "open" ? (row.ticket ? "busy" : "free") : row.state;
    found.push({ ...spec, ...row, own, how, rank: ["free", "paused", "closed", "busy"].indexOf(how) * 2 + (own ? 0 : 1) });
  }
  return found.sort((a, b) => a.rank - b.rank);
}

/** The figures at the top: who waits, the longest wait, counters at work. */
export function summaryOf(site, data) {
  const tickets = byWait(data?.waiting);
  const counters = Object.values(data?.counters ?? {});
  return {
    waiting: Object.values(data?.lines ?? {}).reduce((sum, line) => sum + line.waiting, 0),
    oldest: tickets[0]?.since ?? null,
    open: counters.filter((one) => one.state === "open").length,
    counters: site.counters.length,
  };
}
