/** A scanner that poses as a keyboard: its keys come faster than any person's, and none of them reaches the page. */

const FAST_MS = 60;
const CODE_AT_LEAST = 6;
const LONGEST = 1024;

/** Gathers keys. Pure but for what was typed so far; times in milliseconds. */
export class Wedge {
  #typed = "";
  #lastAt = -Infinity;

  /**
   * @param {string} key as in KeyboardEvent.key
   * @param {number} at when it was pressed
   * @returns {{fast: boolean, code: string|null}} fast: no person pressed it, so the page must not see it
   */
  press(key, at) {
    const typed = at - this.#lastAt <= FAST_MS ? this.#typed : "";
    const fast = typed !== ""; // a code begins with a letter, and so does everything that is swallowed
    if (key === "Shift") return { fast, code: null }; // goes with the next letter
    const ends = key === "Enter" || key === "Tab";
    const isLetter = key.length === 1 && (fast || key !== " ");
    this.#lastAt = at;
    this.#typed = isLetter ? (typed + key).slice(0, LONGEST + 1) : "";
    const isCode = ends && typed.length >= CODE_AT_LEAST && typed.length <= LONGEST;
    return { fast: fast && (isLetter || ends), code: isCode ? typed : null };
  }
}

/**
 * Hear a scanner on `target` before anything else does.
 * @param {(code: string) => void} onCode
 * @returns {() => void} stop
 */
export function hearWedge(onCode, target = window) {
  const wedge = new Wedge();
  const swallowed = new Set();
  const swallow = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const down = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const { fast, code } = wedge.press(event.key, event.timeStamp);
    if (!fast || event.key === "Shift") return;
    swallowed.add(event.code);
    swallow(event);
    if (code !== null) onCode(code);
  };
  const up = (event) => swallowed.delete(event.code) && swallow(event);
  target.addEventListener("keydown", down, { capture: true });
  target.addEventListener("keyup", up, { capture: true });
  return () => {
    target.removeEventListener("keydown", down, { capture: true });
    target.removeEventListener("keyup", up, { capture: true });
  };
}
