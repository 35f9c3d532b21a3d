/** The small drawings that all screens share: state marks, arrows, agency chips; each stands beside a word. */

import { html } from "/assets/vendor.js";

/** How far an arrow that points up is turned, in degrees. */
const TURNS = { ahead: 0, "up-right": 45, right: 90, back: 180, left: 270, "up-left": 315 };

const STATE_SHAPES = {
  waiting: html`<circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="4" />`,
  called: html`<path d="M12 1 L23 21 H1 Z" fill="currentColor" />`,
  serving: html`<circle cx="12" cy="12" r="10.5" fill="currentColor" />`,
  paused: html`<path d="M4 3 h6 v18 h-6 Z M14 3 h6 v18 h-6 Z" fill="currentColor" />`,
  soon: html`<path d="M12 1.5 A10.5 10.5 0 1 1 1.5 12 H12 Z" fill="currentColor" />`,
  late: html`<path d="M12 0.5 L23.5 12 L12 23.5 L0.5 12 Z" fill="currentColor" />`,
  done: html`<path d="M2.5 12.5 L9 19 L21.5 5.5" fill="none" stroke="currentColor" stroke-width="4.5" />`,
  closed: html`<path d="M3 12 H21" fill="none" stroke="currentColor" stroke-width="5" />`,
};

const SAME_SHAPE = { open: "serving", finished: "done", no_show: "late", parked: "paused", cancelled: "closed", expired: "closed" };

/** The shape of a state. The word beside it says the same, so it is hidden from readers. */
export function StateMark({ state }) {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${STATE_SHAPES[SAME_SHAPE[state] ?? state] ?? STATE_SHAPES.closed}
  </svg>`;
}

/** A state as colour, shape and word: `<${State} state="waiting">${t("state-waiting")}<//>`. */
export function State({ state, children }) {
  return html`<span class="state" data-state=${state}><${StateMark} state=${state} />${children}</span>`;
}

/** Where to walk, as a heavy arrow: left, right, ahead, up-left, up-right, back. Size comes from the class. */
export function Arrow({ to, class: className = "arrow" }) {
  return html`<svg class=${className} viewBox="0 0 96 96" aria-hidden="true" focusable="false" data-to=${to}>
    <g transform=${`rotate(${TURNS[to] ?? 0} 48 48)`}>
      <path d="M48 90 V14 M16 46 L48 12 L80 46" fill="none" stroke="currentColor" stroke-width="13" stroke-linejoin="miter" />
    </g>
  </svg>`;
}

/** Which of the eight hues an agency's chip has: from its letters, so every screen agrees without asking. */
export function hueOf(chip) {
  const sum = [...String(chip)].reduce((total, letter) => total + letter.codePointAt(0), 0);
  return ((sum - 65) % 8 + 8) % 8 + 1;
}

/** An agency's letter in its square. */
export function Chip({ chip, class: className = "" }) {
  return html`<span class=${`chip ${className}`} data-hue=${hueOf(chip)}>${chip}</span>`;
}

/** Something is under way; the words beside it say what. */
export function Turning() {
  return html`<svg class="turning" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-opacity="0.25" stroke-width="4" />
    <path d="M12 3 A9 9 0 0 1 21 12" fill="none" stroke="currentColor" stroke-width="4" />
  </svg>`;
}
