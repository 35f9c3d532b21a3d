/** What a screen knows of one live topic, and what it must ask for: pure, without socket or clock. */

/**
 * @typedef {object} Topic
 * @property {string} name "board:main"
 * @property {number} seq the last change applied; -1 before the first snapshot
 * @property {Object<string, Object<string, object>>|null} data collection -> key -> row; null before the first snapshot
 * @property {number} behind beats in a row that named a smaller seq than ours
 */

/** How long a topic may be silent before its screen says so, in milliseconds. */
export const SILENCE_MS = 5000;

/** @returns {Topic} */
export function emptyTopic(name) {
  return { name, seq: -1, data: null, behind: 0 };
}

/** A snapshot is the whole truth, even if its seq is smaller: the server may have been restored. */
export function applySnapshot(topic, message) {
  return { ...topic, seq: message.seq, data: message.data ?? {}, behind: 0 };
}

/**
 * Apply a change by the client rule: old ones are ignored, fitting ones applied, a gap asks for a resume.
 * @returns {{topic: Topic, ask: null|"resume"}}
 */
export function applyChange(topic, message) {
  if (topic.data === null) return { topic, ask: null }; // the snapshot is on its way
  if (message.seq <= topic.seq) return { topic, ask: null };
  if (message.prev > topic.seq) return { topic, ask: "resume" };
  return { topic: { ...topic, seq: message.seq, data: merge(topic.data, message), behind: 0 }, ask: null };
}

/**
 * Compare with the server's beat.
 * @param {number|undefined} seq the server's seq of this topic; undefined when it does not count us as joined
 * @returns {{topic: Topic, ask: null|"resume"|"join"}}
 */
export function applyBeat(topic, seq) {
  if (topic.data === null || seq === undefined) return { topic, ask: "join" };
  if (seq > topic.seq) return { topic, ask: "resume" };
  if (seq === topic.seq) return { topic: topic.behind ? { ...topic, behind: 0 } : topic, ask: null };
  // One smaller seq may be a beat overtaken by a change; two say that the server lost what we saw.
  const behind = topic.behind + 1;
  return { topic: { ...topic, behind }, ask: behind >= 2 ? "join" : null };
}

/** What to ask for on a (new) connection. */
export function firstAsk(topic) {
  return topic.data === null ? "join" : "resume";
}

/**
 * @param {Topic} topic
 * @param {{heardAt: number|null, since: number, problem: object|null, now: number}} link times in one clock, ms
 * @returns {"connecting"|"live"|"stale"|"refused"}
 */
export function statusOf(topic, { heardAt, since, problem, now }) {
  if (problem) return "refused";
  if (now - (heardAt ?? since) > SILENCE_MS) return "stale";
  return topic.data === null ? "connecting" : "live";
}

/** Rows of a collection as a list, [] when the collection is not there. */
export function rows(data, collection) {
  return Object.values(data?.[collection] ?? {});
}

/** The single row "_" of a collection, or null. */
export function single(data, collection) {
  return data?.[collection]?._ ?? null;
}

function merge(data, { put = {}, drop = {} }) {
  const next = { ...data };
  for (const [collection, changed] of Object.entries(put)) {
    next[collection] = { ...next[collection], ...changed };
  }
  for (const [collection, keys] of Object.entries(drop)) {
    const kept = { ...next[collection] };
    for (const key of keys) delete kept[key];
    next[collection] = kept;
  }
  return next;
}
