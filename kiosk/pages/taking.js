/** From a tap to a number: one intention, one key, however often it is sent. */

import { newKey } from "/assets/api.js";
import { useEffect } from "/assets/vendor.js";

const TRIES_AFTER_SILENCE = 3;

/** What a screen calls to take a number: a fresh key for a fresh intention. */
export function takeNumber(act, chosen) {
  act({ type: "take", key: newKey(), class: chosen });
}

/** Carry an intention to the server: once per attempt, always under its own key. */
export function useTaking(flow, act, api, language) {
  const { intention, taking, queue, service } = flow;
  useEffect(() => {
    if (!taking) return;
    const { key, class: chosen } = intention;
    const body = { queue: queue.id, class: chosen, language };
    if (service) body.service = service.id;
    api.post("/tickets", body, { key, patience: TRIES_AFTER_SILENCE }).then(
      (ticket) => act({ type: "issued", key, ticket }),
      (problem) => act({ type: "refused", key, problem }),
    );
  }, [taking, intention]);
}
