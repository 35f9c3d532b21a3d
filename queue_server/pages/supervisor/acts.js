/** One act at a time, from the press to its outcome in words: each step with a key, so that trying again is harmless. */

import { newKey } from "/assets/api.js";
import { useCallback, useRef, useState } from "/assets/vendor.js";

const PATIENCE = { patience: 2, timeout: 4000 };

/**
 * An act: `id` names its texts (super-done-<id>), `words` fill them, `steps` are the calls in their order.
 * @typedef {{id: string, words: object, steps: {path: string, body?: object}[]}} Act
 */
export const ACTS = {
  close_queue: (queue, words) => act("close_queue", words, [`/queues/${queue}/close`]),
  open_queue: (queue, words) => act("open_queue", words, [`/queues/${queue}/open`]),
  limit_queue: (queue, words) => act("limit_queue", words, [`/queues/${queue}/limit`, { numbers: words.numbers }]),
  move: (ticket, target, words) => act("move", words, [`/tickets/${ticket}/transfer`, target]),
  reprint: (ticket, kiosk, words) => act("reprint", words, [`/tickets/${ticket}/reprint`, { kiosk }]),
  assign: (counter, body, words) => act("assign", words, [`/counters/${counter}/assign`, body]),
  summon: (counter, reason, words) => act("summon", words, [`/counters/${counter}/summon`, { reason }]),
  answer: (counter, words) => act("answer", words, [`/counters/${counter}/answer`]),
  take_over: (counter, words) => act("take_over", words, [`/counters/${counter}/take-over`]),
  /** Whoever is at the desk goes back to the line first: a counter cannot be closed over a person. */
  close_counter: (counter, ticket, words) => act(ticket ? "clear_counter" : "close_counter", words,
    ...(ticket ? [[`/tickets/${ticket}/return`]] : []), [`/counters/${counter}/close`]),
};

function act(id, words, ...steps) {
  return { id, words, steps: steps.map(([path, body = {}]) => ({ path, body })) };
}

/**
 * @returns {{pending, word, run, again, forget}}
 *   pending: the act under way, else null; word: {kind: "done"|"refused"|"unknown", act, problem} of the last one;
 *   run(act): resolves to whether it was done; again(): the same act with the same keys; forget(): drop the word.
 */
export function useActs(api) {
  const [pending, setPending] = useState(null);
  const [word, setWord] = useState(null);
  const busy = useRef(false);

  const send = useCallback(async (one) => {
    if (busy.current) return false;
    busy.current = true;
    setPending(one);
    setWord(null);
    try {
      for (const step of one.steps) await api.post(step.path, step.body, { key: step.key, ...PATIENCE });
      setWord({ kind: "done", act: one });
      return true;
    } catch (problem) {
      setWord({ kind: problem.code === "unreachable" ? "unknown" : "refused", act: one, problem });
      return false;
    } finally {
      busy.current = false;
      setPending(null);
    }
  }, [api]);

  const run = useCallback((one) => send({ ...one, steps: one.steps.map((step) => ({ ...step, key: newKey() })) }), [send]);
  const again = useCallback(() => word && send(word.act), [send, word]);
  const forget = useCallback(() => setWord(null), []);
  return { pending, word, run, again, forget };
}
