/** The kiosk at rest: an open door, one thing to touch; or why no number can be had now, and what to do. */

import { dateInWords, timeOfDay, useNow } from "/assets/clock.js";
import { StateMark, Turning } from "/assets/marks.js";
import { inLanguage, language, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { Hours } from "./hours.js";
import { PrinterNote } from "./printer.js";

export function RestScreen({ act, hall, link }) {
  const { site, kiosk } = hall;
  const trouble = troubleAtRest(hall, link);
  const open = !trouble || trouble.soft;
  return html`<div class="rest">
    <${Today} />
    ${open
      ? html`<${Door} onStart=${() => act({ type: "start" })} slogan=${inLanguage(site.slogan)} />`
      : html`<${Closed} ...${trouble} site=${site} />`}
    <div class="rest-notes">
      ${trouble?.soft && html`<div class="banner" data-kind="notice" role="status">
        <${StateMark} state="paused" /><div><strong>${trouble.title}</strong>${trouble.advice}</div>
      </div>`}
      ${open && html`<${PrinterNote} state=${kiosk?.printer} />`}
    </div>
  </div>`;
}

/** Why nobody can start, or null. `soft`: numbers are given all the same. */
export function troubleAtRest({ site, kiosk }, link) {
  const about = (kind, more = {}) => ({ kind, title: t(`kiosk-${kind}`), advice: t(`kiosk-${kind}-advice`), ...more });
  if (link.status === "refused") return about("not-admitted", { detail: link.problem?.detail });
  if (link.status === "stale") return about("stale");
  if (!site || link.status === "connecting") return about("connecting");
  const notice = kiosk?.notice ?? site.notice;
  const open = kiosk?.open ?? site.open;
  if (!open) return about(notice === "holiday" ? "holiday" : "closed");
  if (notice) return about(notice === "holiday" ? "holiday-soft" : "outside-hours", { soft: true });
  return null;
}

/** The door: one large button. Its leaf stands open, and the way in is drawn. */
function Door({ onStart, slogan }) {
  return html`<button type="button" class="door" onClick=${onStart}>
    <span class="door-words">
      <span class="door-title">${t("kiosk-start-title")}</span>
      <span class="door-call">${t("kiosk-start")}</span>
    </span>
    <svg class="door-drawing" viewBox="0 0 400 520" aria-hidden="true" focusable="false" preserveAspectRatio="xMidYMax meet">
      <path class="door-floor" d="M90 520 L120 440 H280 L400 520 Z" />
      <path class="door-light" d="M110 40 H290 V520 H110 Z" />
      <path class="door-frame" d="M98 520 V28 H302 V520" />
      <path class="door-leaf" d="M110 40 L20 84 V520 H36 L110 486 Z" />
      <circle class="door-knob" cx="38" cy="308" r="7" />
    </svg>
    ${slogan && html`<span class="door-slogan">${slogan}</span>`}
  </button>`;
}

function Closed({ kind, title, advice, detail, site }) {
  const hours = kind === "closed" || kind === "holiday";
  return html`<section class="closed" data-kind=${kind} role=${kind === "connecting" ? "status" : "alert"}>
    <div class="closed-mark">${kind === "connecting" ? html`<${Turning} />` : html`<${StateMark} state=${hours ? "closed" : "late"} />`}</div>
    <h1>${title}</h1>
    <p>${advice}</p>
    ${detail && html`<p class="soft">${detail}</p>`}
    ${hours && site && html`<${Hours} hours=${site.hours} />`}
  </section>`;
}

function Today() {
  const at = useNow(1000);
  return html`<p class="today"><span class="number">${timeOfDay(at)}</span><span>${dateInWords(at, language())}</span></p>`;
}
