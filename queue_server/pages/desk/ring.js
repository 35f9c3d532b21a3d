/** The centre's promise as a ring that fills: calm, amber when it is nearly used up, red when it is. */

import { useNow } from "/assets/clock.js";
import { StateMark } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { pressure } from "/pages/desk/situation.js";

const RADIUS = 68;
const ROUND = 2 * Math.PI * RADIUS;

/**
 * @param {string} since RFC 3339. `counting`: false for the time before service, which has no promise to fill.
 * @param {number} promised minutes that a service may take here
 */
export function Ring({ since, counting, promised }) {
  const promise = promised * 60_000;
  const elapsed = Math.max(0, useNow(1000) - Date.parse(since));
  const state = counting ? pressure(elapsed, promise) : "before";
  const minutes = Math.floor(elapsed / 60_000);
  const filled = counting ? Math.min(1, elapsed / promise) : 0;
  const over = Math.floor((elapsed - promise) / 60_000);
  return html`<div class="ring" data-pressure=${state} role="timer" aria-label=${t("desk-minutes", { n: minutes })}>
    <svg viewBox="0 0 160 160" aria-hidden="true">
      <circle class="track" cx="80" cy="80" r=${RADIUS} />
      <circle class="filled" cx="80" cy="80" r=${RADIUS} transform="rotate(-90 80 80)"
        stroke-dasharray=${ROUND} stroke-dashoffset=${ROUND * (1 - filled)} />
    </svg>
    <span class="minutes" aria-hidden="true"><span class="number">${minutes || "<1"}</span> ${t("desk-minute-unit")}</span>
    <span class="pressure">${state === "soon" || state === "late" ? html`<${StateMark} state=${state} />` : null}
      ${t(`desk-ring-${state}`, { n: over, promised })}</span>
  </div>`;
}
