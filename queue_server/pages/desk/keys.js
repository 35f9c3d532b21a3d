/** Single keys for the desk, and nothing else: not while typing, not with modifiers, not while a dialog is open. */

import { useEffect, useRef } from "/assets/vendor.js";

const TYPING = "input, textarea, select, [contenteditable]";

/**
 * The Latin letter, the digit or the "?" that was pressed, else null. An input method for Vietnamese hides letters
 * behind "Process", and marks behind digits: then the key's place tells.
 */
export function keyOf(event) {
  if (event.key === "?") return "?";
  if (event.shiftKey) return null;
  if (/^[a-z0-9]$/i.test(event.key)) return event.key.toUpperCase();
  return /^(Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[2] ?? null;
}

/** Whether the event is a plain press: no modifier but the one that "?" needs, and not a key held down. */
export function isPlain(event) {
  return !(event.ctrlKey || event.altKey || event.metaKey || event.repeat);
}

/** Call `listener(key)` for each plain key that is meant for the page. */
export function useKeys(listener, on = true) {
  const latest = useRef(null);
  latest.current = on ? listener : () => {};
  useEffect(() => {
    const hear = (event) => {
      if (!isPlain(event) || event.defaultPrevented) return;
      if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
      const key = keyOf(event);
      if (!key) return;
      // What an input method keeps to itself cannot be prevented: it must not land in a field that gets the cursor.
      if (event.key === "Process") return void requestAnimationFrame(() => latest.current(key));
      event.preventDefault();
      latest.current(key);
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
}
