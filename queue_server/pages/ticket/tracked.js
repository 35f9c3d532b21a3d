/** One number as the server tells it: over the live topic, and by asking now and then where phones have no live link. */

import { now } from "/assets/clock.js";
import { single, useTopic } from "/assets/live.js";
import { useEffect, useState } from "/assets/vendor.js";

const ASK_MS = 10_000;

/** @returns {{ticket: object|null, known: "asking"|"known"|"unknown"|"away", fresh: boolean, at: number|null}} */
export function useTracked(api, secret) {
  const { data, status } = useTopic(`ticket:${secret}`);
  const told = single(data, "ticket");
  const [asked, setAsked] = useState({ ticket: null, known: "asking", at: null });
  const live = status === "live" && Boolean(told);

  useEffect(() => {
    if (live) return undefined;
    let timer;
    let stopped = false;
    const ask = async () => {
      const answer = await askOnce(api, secret);
      if (stopped) return;
      setAsked((before) => ({ ...before, ...answer }));
      if (answer.known !== "unknown") timer = setTimeout(ask, ASK_MS);
    };
    ask();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [live, secret]);

  const [heard, setHeard] = useState(null);
  useEffect(() => {
    if (live) setHeard(now());
  }, [live, told]);

  if (live) return { ticket: told, known: "known", fresh: true, at: heard };
  const fresh = asked.known === "known" && asked.at !== null && now() - asked.at < 2 * ASK_MS;
  return { ticket: asked.ticket ?? told, known: told ? "known" : asked.known, fresh, at: asked.at ?? heard };
}

async function askOnce(api, secret) {
  try {
    return { ticket: await api.get(`/track/${encodeURIComponent(secret)}`, { patience: 0 }), known: "known", at: now() };
  } catch (problem) {
    return { known: problem.status >= 400 && problem.status < 500 ? "unknown" : "away" };
  }
}
