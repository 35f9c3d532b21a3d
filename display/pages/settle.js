/** Movement that shows where something went: rows that changed place glide there, new ones slide in. */

import { useLayoutEffect, useRef } from "/assets/vendor.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Hook for a container whose children carry `data-key`: after each render, children that stand elsewhere than
 * before glide from there in `milliseconds`; a child not seen before slides in. Only position moves: what a row
 * says is readable from its first frame.
 */
export function useSettling(milliseconds = 250) {
  const container = useRef(null);
  const places = useRef(null);
  useLayoutEffect(() => {
    const before = places.current;
    const after = new Map();
    for (const child of container.current?.querySelectorAll("[data-key]") ?? []) {
      const key = child.dataset.key;
      // Where the layout puts it, not where a running glide has it.
      after.set(key, { left: child.offsetLeft, top: child.offsetTop });
      if (before && !still.matches) glide(child, before.get(key), after.get(key), milliseconds);
    }
    places.current = after;
  });
  return container;
}

function glide(child, from, to, milliseconds) {
  if (from && from.left === to.left && from.top === to.top) return;
  const start = from ? `translate(${from.left - to.left}px, ${from.top - to.top}px)` : "translateX(-12%)";
  child.animate([{ transform: start }, { transform: "none" }], { duration: milliseconds, easing: "cubic-bezier(0.2, 0, 0, 1)" });
}
