/** Single keys for the desk, and nothing else: not while typing, not with modifiers, not while a dialog is open. */

import { useEffect, useRef } from "/assets/vendor.js";

const TYPING = "input, textarea, select, [contenteditable]";

/** The Latin letter that was pressed. An input method for Vietnamese hides it behind "Process": then the key's place. */
export function letterOf(event) {
  if (/^[a-z]$/i.test(event.key)) return event.key.toUpperCase();
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : null;
}

/** Call `listener(letter)` for each plain letter key that is meant for the page. */
export function useKeys(listener, on = true) {
  const latest = useRef(null);
  latest.current = on ? listener : () => {};
  useEffect(() => {
    const hear = (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat) return;
      if (event.defaultPrevented || event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
      const letter = letterOf(event);
      if (letter) latest.current(letter);
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
}
