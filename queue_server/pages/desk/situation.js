/** What the desk shows and allows, worked out from what the server said last: pure, without page or clock. */

/** What a direct transaction may take, and when the ring turns amber: the centre's promise to citizens. */
export const PROMISE_MS = 15 * 60_000;
export const SOON_MS = 12 * 60_000;

/** The key of each verb, printed on its button; the letter is that of the Vietnamese word. */
export const KEYS = {
  open: "M", resume: "M", call: "G", start: "B", finish: "K",
  recall: "L", no_show: "V", return: "T", transfer: "C", cancel: "H", pause: "N", close: "D",
};

/** Which verbs each phase allows, its next step first. */
const ALLOWED = {
  loading: [],
  taken: [],
  closed: ["open"],
  paused: ["resume", "close"],
  empty: ["pause", "close"],
  ready: ["call", "pause", "close"],
  called: ["start", "recall", "no_show", "return", "transfer", "cancel"],
  serving: ["finish", "return", "transfer", "cancel"],
};

/** Roles that may act at every counter. */
export const ANYWHERE = ["supervisor", "administrator"];

const NEXT_STEP = {
  closed: "open", paused: "resume", empty: "call", ready: "call", called: "start", serving: "finish",
};

/**
 * @param {{counter, ticket, next}} rows of the topic counter:<id>; null where absent
 * @param {{id: string, role: string}} user who sits here; those who look after all counters may act at any
 * @returns {"loading"|"closed"|"taken"|"paused"|"empty"|"ready"|"called"|"serving"}
 */
export function phaseOf({ counter, ticket, next }, user) {
  if (!counter) return "loading";
  if (counter.state === "closed") return "closed";
  if (counter.officer && counter.officer.id !== user.id && !ANYWHERE.includes(user.role)) return "taken";
  if (ticket) return ticket.state === "serving" ? "serving" : "called";
  if (counter.state === "paused") return "paused";
  return next ? "ready" : "empty";
}

/** The verb of the one large button; null where the desk can do nothing but look. */
export function nextStep(phase) {
  return NEXT_STEP[phase] ?? null;
}

/** @returns {null | string} null where `verb` may be done now, else the id of the text that says why not */
export function whyNot(verb, phase, status) {
  if (status !== "live") return "desk-why-stale";
  if (ALLOWED[phase].includes(verb)) return null;
  if (phase === "closed" || phase === "taken" || phase === "loading") return `desk-why-${phase}`;
  if (verb === "pause" || verb === "close") return phase === "paused" ? "desk-why-paused" : "desk-why-busy";
  if (phase === "paused") return "desk-why-paused";
  if (phase === "serving") return "desk-why-serving";
  if (verb === "call") return "desk-why-empty";
  return "desk-why-nobody";
}

/** The verb that a key means in this phase: two verbs may share a key but never a phase. */
export function verbOfKey(letter, phase) {
  const meant = Object.keys(KEYS).filter((verb) => KEYS[verb] === letter);
  return meant.find((verb) => ALLOWED[phase].includes(verb)) ?? meant[0] ?? null;
}

/** What must differ before the answer to a verb counts as seen: where this desk and its person stand. */
export function fingerprint({ counter, ticket }) {
  return [counter?.state, counter?.officer?.id, ticket?.id, ticket?.state, ticket?.calls].join(" ");
}

/** How far the promise is used up. @returns {"calm"|"soon"|"late"} */
export function pressure(elapsed) {
  if (elapsed >= PROMISE_MS) return "late";
  return elapsed >= SOON_MS ? "soon" : "calm";
}

/** How many wait in all the lines of this desk. */
export function waitingAtAll(lines) {
  return lines.reduce((total, line) => total + line.waiting, 0);
}
