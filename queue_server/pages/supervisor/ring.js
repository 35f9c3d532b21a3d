/** How much of the promise at the desk is used up, as a small ring with its minutes inside. */

import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";

const RADIUS = 13;
/** What fits inside. */
const MOST = 99;
const ROUND = 2 * Math.PI * RADIUS;

/** @param {{elapsed: number, minutes: number, loud: string}} props elapsed in milliseconds; the promise in minutes */
export function Ring({ elapsed, minutes, loud }) {
  const n = Math.floor(elapsed / 60_000);
  const used = Math.min(1, elapsed / (minutes * 60_000));
  return html`<span class="small-ring" data-pressure=${loud}>
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle class="track" cx="16" cy="16" r=${RADIUS} />
      <circle class="filled" cx="16" cy="16" r=${RADIUS} transform="rotate(-90 16 16)" stroke-dasharray=${ROUND} stroke-dashoffset=${ROUND * (1 - used)} />
    </svg>
    <span class="tabular" aria-label=${t("unit-minutes", { n })}>${n > MOST ? `${MOST}+` : n}</span>
  </span>`;
}
