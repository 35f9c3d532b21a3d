/** What the desk shows and allows, worked out from what the server said last: pure, without page or clock. */

import { VERBS } from "/pages/desk/verbs.js";

/** Which verbs each phase allows, its next step first. */
const ALLOWED = {
  loading: [],
  taken: ["take_over"],
  closed: ["open"],
  paused: ["resume", "close"],
  empty: ["other", "pause", "close"],
  ready: ["call", "other", "pause", "close"],
  called: ["start", "recall", "no_show", "park", "transfer", "add_service", "return", "cancel", "note"],
  serving: ["finish", "outcome", "park", "transfer", "add_service", "return", "cancel", "note"],
};
/** Phases in which this officer looks after the counter. */
export const AT_WORK = ["paused", "empty", "ready", "called", "serving"];
const OPENING = ["open", "take_over", "resume"];
const UNDO_IN = ["empty", "ready", "called"];
const NEXT_STEP = {
  closed: "open", taken: "take_over", paused: "resume", empty: "call", ready: "call", called: "start", serving: "finish",
};

/** Roles that may act at every counter. */
export const ANYWHERE = ["supervisor", "administrator"];

/** When the ring turns amber, as a share of the promise. */
const SOON = 0.8;

/**
 * @typedef {object} Situation
 * @property {string} phase as `phaseOf` gives it
 * @property {string} status of the live topic
 * @property {{counter, ticket, next, recent: object[], parked: object[]}} here what the server said last
 * @property {string[]|null} rights what this person's role may do; null where the server has not said
 * @property {number} at the server's time, epoch milliseconds
 */

/**
 * @param {{counter, ticket, next}} here rows of the topic counter:<id>; null where absent
 * @param {{id: string}} user who sits here
 * @returns {"loading"|"closed"|"taken"|"paused"|"empty"|"ready"|"called"|"serving"}
 */
export function phaseOf({ counter, ticket, next }, user) {
  if (!counter) return "loading";
  if (counter.state === "closed") return "closed";
  if (counter.officer && counter.officer.id !== user.id) return "taken";
  if (ticket) return ticket.state === "serving" ? "serving" : "called";
  if (counter.state === "paused") return "paused";
  return next ? "ready" : "empty";
}

/** The verb of the one large button; null where the desk can do nothing but look. */
export function nextStep({ phase, rights }) {
  if (phase === "taken" && !rights?.includes("take_over")) return null;
  return NEXT_STEP[phase] ?? null;
}

/** @returns {null | {id: string, args?: object}} null where `verb` may be done now, else the text that says why not */
export function whyNot(verb, situation) {
  const { phase, status, rights } = situation;
  if (status !== "live") return { id: "desk-why-stale" };
  const { right } = VERBS[verb];
  if (right && rights && !rights.includes(right)) return { id: "desk-why-right" };
  if (verb === "sign_out") return AT_WORK.includes(phase) && situation.here.ticket ? { id: "desk-why-busy" } : null;
  if (verb === "reprint") return ["loading", "taken"].includes(phase) ? { id: `desk-why-${phase}` } : null;
  if (verb === "answer") return situation.here.counter?.summons ? null : { id: "desk-why-no-summons" };
  if (verb === "ask_help" || verb === "no_help") return whyNoHelp(verb, situation);
  if (verb === "undo") return whyNoUndo(situation);
  if (verb === "unpark") return AT_WORK.includes(phase) ? null : whyNotNow(verb, phase);
  if (verb === "again") return whyNot("other", situation);
  return ALLOWED[phase].includes(verb) ? whyNotYet(verb, situation) : whyNotNow(verb, phase);
}

function whyNotNow(verb, phase) {
  if (phase === "closed" || phase === "taken" || phase === "loading") return { id: `desk-why-${phase}` };
  if (verb === "pause" || verb === "close") return { id: phase === "paused" ? "desk-why-paused" : "desk-why-busy" };
  if (OPENING.includes(verb)) return { id: "desk-why-open" };
  if (phase === "paused") return { id: "desk-why-paused" };
  if (verb === "outcome" || verb === "finish") return { id: phase === "called" ? "desk-why-not-started" : "desk-why-nobody" };
  const busy = phase === "called" || phase === "serving";
  if (verb === "call") return { id: busy ? "desk-why-busy" : "desk-why-empty" };
  if (verb === "other") return { id: "desk-why-busy" };
  return { id: phase === "serving" ? "desk-why-serving" : "desk-why-nobody" };
}

/** What the phase allows but the rule of the hall not just yet. */
function whyNotYet(verb, { here: { ticket }, at }) {
  if (verb === "recall" && secondsLeft(ticket.recall_at, at)) {
    return { id: "desk-why-recall", args: { seconds: secondsLeft(ticket.recall_at, at) } };
  }
  if (verb === "no_show" && callsMissing(ticket)) return { id: "desk-why-calls", args: { n: callsMissing(ticket) } };
  return null;
}

/** A cry for help can be taken back; a summons that stands at the same time is answered first. */
function whyNoHelp(verb, { phase, here }) {
  if (!AT_WORK.includes(phase)) return whyNotNow(verb, phase);
  const asked = Boolean(here.counter.help_asked_at);
  if (verb === "ask_help") return asked ? { id: "desk-why-asked" } : null;
  if (!asked) return { id: "desk-why-not-asked" };
  return here.counter.summons ? { id: "desk-why-summons" } : null;
}

function whyNoUndo(situation) {
  return undoable(situation) ? null : { id: "desk-why-no-undo" };
}

/** How many calls must still be made before an absence may be noted. */
export function callsMissing(ticket) {
  return Math.max(0, (ticket?.calls_needed ?? 0) - (ticket?.calls ?? 0));
}

/** Whole seconds from `at` until the time `until` (RFC 3339 or null), never negative. */
export function secondsLeft(until, at) {
  return until ? Math.max(0, Math.ceil((Date.parse(until) - at) / 1000)) : 0;
}

/**
 * What Z would take back now: the call of who is here, else the newest of the last ten that still can be.
 * @returns {null | {id: string, label: string, state: string, until: string}}
 */
export function undoable({ phase, here, at }) {
  if (!UNDO_IN.includes(phase)) return null;
  const rows = here.ticket ? [here.ticket] : newestFirst(here.recent);
  const row = rows.find((one) => secondsLeft(one.undo_until, at) > 0);
  return row ? { id: row.id, label: row.label, state: row.state, until: row.undo_until } : null;
}

/** The last ten, the newest first. */
export function newestFirst(recent) {
  const when = (row) => Date.parse(row.ended_at ?? row.called_at ?? 0);
  return [...recent].sort((a, b) => when(b) - when(a));
}

/** What may be typed for a number: it is found by its digits alone, too: "27" finds C027. */
export function digitsOf(label) {
  const digits = label.replace(/^\D+/, "");
  return [label, digits, digits.replace(/^0+/, "")].join(" ");
}

/** Whether this one of the last ten may be called again now. */
export function mayComeAgain(row, at) {
  return Boolean(row.again) && (!row.again_until || Date.parse(row.again_until) > at);
}

/** The parked, in the order in which they were put aside: their places and digits stay. */
export function inOrder(parked) {
  return [...parked].sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
}

export function isDue(row, at) {
  return Boolean(row.remind_at) && Date.parse(row.remind_at) <= at;
}

/** The verb that a key means in this phase. */
export function verbOfKey(letter, situation) {
  const meant = Object.keys(VERBS).filter((verb) => VERBS[verb].key === letter);
  return meant.find((verb) => !whyNot(verb, situation)) ?? meant[0] ?? null;
}

/** What must differ before the answer to a verb counts as seen: where this desk and its people stand. */
export function fingerprint({ counter, ticket, parked = [] }) {
  const aside = parked.map((row) => row.id).sort().join(",");
  return [counter?.state, counter?.officer?.id, counter?.summons?.at, counter?.help_asked_at, ticket?.id, ticket?.state,
    ticket?.calls, ticket?.then?.length, aside].join(" ");
}

/** How far the promise is used up. @returns {"calm"|"soon"|"late"} */
export function pressure(elapsed, promise) {
  if (elapsed >= promise) return "late";
  return elapsed >= promise * SOON ? "soon" : "calm";
}

/** How many wait in all the lines of this desk. */
export function waitingAtAll(lines) {
  return lines.reduce((total, line) => total + line.waiting, 0);
}
