/** One intention, one key, one answer: what the officer wants, from the press to the truth on the screen. */

import { newKey } from "/assets/api.js";
import { useCallback, useEffect, useRef, useState } from "/assets/vendor.js";
import { VERBS } from "/pages/desk/verbs.js";

/** A second press of the same verb on the same number within this time is the same press: fingers bounce. */
const BOUNCE_MS = 600;
/** How long to wait for the live topic to show what the answer already said. */
const SHOWN_MS = 1500;
/** How long a word stands that needs no answer: why a verb cannot be done now, where a copy comes out. */
const PASSING = { why: 4000, copied: 8000 };
const PATIENCE = { patience: 2, timeout: 4000 };

/**
 * @param {Api} api
 * @param {string} shown the fingerprint of what the screen shows now
 * @param {() => Promise} first what must be on its way before any verb: a note half written
 * @returns {{pending, word, run, again, forget, explain}}
 *   pending: {verb, label} while a command is under way, else null;
 *   word: what came of the last one where it needs saying:
 *     {kind: "refused"|"unknown"|"nobody"|"onward"|"copied"|"why", verb, label, problem?, ticket?, kiosk?, why?};
 *   run(verb, at, body, label): starts one; again(): the same intention with the same key; forget(): drop the word;
 *   explain(verb, why): say for a moment why a verb cannot be done now.
 */
export function useIntentions(api, shown, first) {
  const [pending, setPending] = useState(null);
  const { word, setWord, forget, explain } = useWord(shown);
  const latest = useRef({ pending: null, shown, done: { what: null, at: 0 } });
  Object.assign(latest.current, { shown, first });

  const settle = useCallback((next) => {
    latest.current.pending = next;
    setPending(next);
  }, []);

  // Once the screen shows its effect, often before the answer is here, it is over for good.
  useEffect(() => {
    if (pending && shown !== pending.before) settle(null);
  }, [shown, pending, settle]);

  const send = useCallback(async (intention) => {
    const over = () => latest.current.pending === intention && settle(null);
    settle(intention);
    setWord(null);
    latest.current.done = { what: whatOf(intention), at: performance.now() };
    try {
      await latest.current.first();
      const answer = await api.post(intention.path, intention.body, { key: intention.key, ...PATIENCE });
      setWord(wordOf(intention, answer));
      if (answer === null || VERBS[intention.verb].unseen) over();
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
    const path = VERBS[verb].path(at);
    if (isUnderWay(earlier, latest.current.shown) || (done.what === whatOf({ verb, path }) && performance.now() - done.at < BOUNCE_MS)) return;
    send({ verb, label, body, path, key: newKey(), before: latest.current.shown });
  }, [send]);

  const again = useCallback(() => word?.intention && !latest.current.pending && send(word.intention), [send, word]);
  return { pending: isUnderWay(pending, shown) ? pending : null, word, run, again, forget, explain };
}

/** What came of the last verb, or for a moment why one cannot be done. */
function useWord(shown) {
  const [word, setWord] = useState(null);
  const forget = useCallback(() => setWord(null), []);
  const explain = useCallback((verb, why) => setWord((said) => (said && said.kind !== "why" ? said : { kind: "why", verb, why })), []);

  // What could not be known is known once the screen shows that something moved.
  useEffect(() => {
    if (word?.kind === "unknown" && shown !== word.intention.before) setWord(null);
  }, [shown, word]);

  useEffect(() => {
    if (!PASSING[word?.kind]) return undefined;
    const timer = setTimeout(forget, PASSING[word.kind]);
    return () => clearTimeout(timer);
  }, [word, forget]);
  return { word, setWord, forget, explain };
}

function whatOf({ verb, path }) {
  return `${verb} ${path}`;
}

/** Sent, and its effect is not on the screen yet. */
function isUnderWay(intention, shown) {
  return Boolean(intention) && intention.before === shown;
}

/** What a good answer leaves to say: that nobody came, where this person goes next, where a copy comes out. */
function wordOf({ verb, label, body }, answer) {
  if (verb === "reprint") return { kind: "copied", verb, label, kiosk: body.kiosk };
  if (verb === "call" && answer === null) return { kind: "nobody", verb, label };
  if ((verb === "finish" || verb === "outcome") && answer?.state === "waiting") return { kind: "onward", verb, label, ticket: answer };
  return null;
}
