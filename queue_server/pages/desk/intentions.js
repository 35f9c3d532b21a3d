/** One intention, one key, one answer: what the officer wants, from the press to the truth on the screen. */

import { newKey } from "/assets/api.js";
import { useCallback, useEffect, useRef, useState } from "/assets/vendor.js";

/** A second press of the same verb within this time is the same press: fingers bounce, mice double-click. */
const BOUNCE_MS = 600;
/** How long to wait for the live topic to show what the answer already said. */
const SHOWN_MS = 1500;
const PATIENCE = { patience: 2, timeout: 4000 };

/** Where each verb goes. `at` is {counter, ticket}: their ids. */
const PATHS = {
  open: (at) => `/counters/${at.counter}/open`,
  resume: (at) => `/counters/${at.counter}/resume`,
  pause: (at) => `/counters/${at.counter}/pause`,
  close: (at) => `/counters/${at.counter}/close`,
  call: (at) => `/counters/${at.counter}/call-next`,
  recall: (at) => `/tickets/${at.ticket}/recall`,
  start: (at) => `/tickets/${at.ticket}/start`,
  finish: (at) => `/tickets/${at.ticket}/finish`,
  no_show: (at) => `/tickets/${at.ticket}/no-show`,
  return: (at) => `/tickets/${at.ticket}/return`,
  transfer: (at) => `/tickets/${at.ticket}/transfer`,
  cancel: (at) => `/tickets/${at.ticket}/cancel`,
};

/**
 * @param {Api} api
 * @param {string} shown the fingerprint of what the screen shows now
 * @returns {{pending, word, run, again, forget}}
 *   pending: {verb, label} while a command is under way, else null;
 *   word: what came of the last one where it needs saying: {kind: "refused"|"unknown"|"nobody", verb, label, problem};
 *   run(verb, at, body, label): starts one; again(): the same intention with the same key; forget(): drop the word.
 */
export function useIntentions(api, shown) {
  const [pending, setPending] = useState(null);
  const [word, setWord] = useState(null);
  const latest = useRef({ pending: null, shown, done: { verb: null, at: 0 } });
  latest.current.shown = shown;

  const settle = useCallback((next) => {
    latest.current.pending = next;
    setPending(next);
  }, []);

  // Once the screen shows its effect, often before the answer is here, it is over for good.
  useEffect(() => {
    if (pending && shown !== pending.before) settle(null);
  }, [shown, pending, settle]);

  // What could not be known is known once the screen shows that something moved.
  useEffect(() => {
    if (word?.kind === "unknown" && shown !== word.intention.before) setWord(null);
  }, [shown, word]);

  const send = useCallback(async (intention) => {
    const over = () => latest.current.pending === intention && settle(null);
    settle(intention);
    setWord(null);
    latest.current.done = { verb: intention.verb, at: performance.now() };
    try {
      const answer = await api.post(intention.path, intention.body, { key: intention.key, ...PATIENCE });
      if (intention.verb === "call" && answer === null) setWord({ kind: "nobody" });
      if (answer === null) over();
      else setTimeout(over, SHOWN_MS);
    } catch (problem) {
      over();
      const kind = problem.code === "unreachable" ? "unknown" : "refused";
      if (kind === "unknown" && latest.current.shown !== intention.before) return; // it is known by now
      setWord({ kind, verb: intention.verb, label: intention.label, problem, intention });
    }
  }, [api, settle]);

  const run = useCallback((verb, at, body = {}, label = "") => {
    const { pending: earlier, done } = latest.current;
    if (isUnderWay(earlier, latest.current.shown) || (done.verb === verb && performance.now() - done.at < BOUNCE_MS)) return;
    send({ verb, label, body, path: PATHS[verb](at), key: newKey(), before: latest.current.shown });
  }, [send]);

  const again = useCallback(() => word?.intention && !latest.current.pending && send(word.intention), [send, word]);
  const forget = useCallback(() => setWord(null), []);
  return { pending: isUnderWay(pending, shown) ? pending : null, word, run, again, forget };
}

/** Sent, and its effect is not on the screen yet. */
function isUnderWay(intention, shown) {
  return Boolean(intention) && intention.before === shown;
}
