/** Nothing moves under a pointer or a reading eye: rows keep their place while somebody is about to press one. */

import { useEffect, useRef, useState } from "/assets/vendor.js";

/** Hook: `box` goes on an element; `held` while the pointer is over it, or the keyboard's focus inside. */
export function useHeld() {
  const box = useRef(null);
  const [over, setOver] = useState(false);
  const [inside, setInside] = useState(false);
  useEffect(() => {
    const element = box.current;
    const looks = {
      pointerenter: (event) => event.pointerType !== "touch" && setOver(true),
      pointerleave: () => setOver(false),
      focusin: () => setInside(Boolean(element.querySelector(":focus-visible"))),
      focusout: () => setInside(false),
    };
    for (const [name, look] of Object.entries(looks)) element.addEventListener(name, look);
    return () => {
      for (const [name, look] of Object.entries(looks)) element.removeEventListener(name, look);
    };
  }, []);
  return { box, held: over || inside };
}

/**
 * Hook: the ids in the order wanted, or while `held` in the order they had, new ones at the end. What went away
 * while held keeps its place, so that what is under the pointer stays there.
 */
export function useSteady(ids, held) {
  const kept = useRef([]);
  if (held) kept.current = [...kept.current, ...ids.filter((id) => !kept.current.includes(id))];
  else kept.current = ids;
  return kept.current;
}

/** Hook: the rows by id as last seen, also of those that went away while `held`. */
export function useRemembered(rows, held) {
  const seen = useRef(new Map());
  const now = new Map(rows.map((row) => [row.id, row]));
  seen.current = held ? new Map([...seen.current, ...now]) : now;
  return { now, seen: seen.current };
}
