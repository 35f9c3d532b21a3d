/** The kiosk at rest: an open door, one thing to touch; or why no number can be had now, and what to do. */

import { dateInWords, timeOfDay, useNow } from "/assets/clock.js";
import { StateMark, Turning } from "/assets/marks.js";
import { inLanguage, language, t, textIn } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { Hours } from "./hours.js";
import { AloneNote, PrinterNote, StaffNote } from "./printer.js";
import { ScanNote } from "./scan.js";
import { isAlone, isCutOff, isShutForPaper, printerTrouble } from "./situation.js";

export function RestScreen({ act, hall, link }) {
  const { site, kiosk } = hall;
  const trouble = troubleAtRest(hall, link);
  const open = !trouble || trouble.soft;
  return html`<div class="rest">
    <${Today} />
    ${open
      ? html`<${Door} onStart=${() => act({ type: "start" })} site=${site} />`
      : html`<${Closed} ...${trouble} site=${site} />`}
    <div class="rest-notes">
      ${trouble?.soft && html`<div class="banner" data-kind="notice" role="status">
        <${StateMark} state="paused" /><div><strong>${trouble.title}</strong>${trouble.advice}</div>
      </div>`}
      ${open && isAlone(kiosk) && html`<${AloneNote} />`}
      ${open && html`<${PrinterNote} state=${kiosk?.printer} />`}
      ${open && html`<${ScanNote} kiosk=${kiosk} />`}
      <${StaffNote} state=${kiosk?.printer} />
    </div>
  </div>`;
}

/** Why nobody can start, or null. `soft`: numbers are given all the same. */
export function troubleAtRest({ site, kiosk }, link) {
  const about = (kind, more = {}) => ({ kind, title: t(`kiosk-${kind}`), advice: t(`kiosk-${kind}-advice`), ...more });
  if (link.status === "refused") return about("not-admitted", { detail: link.problem?.detail });
  if (link.status === "stale" || isCutOff(kiosk)) return about("stale");
  if (!site || link.status === "connecting") return about("connecting");
  const notice = kiosk?.notice ?? site.notice;
  const open = kiosk?.open ?? site.open;
  if (!open) return about(notice === "holiday" ? "holiday" : "closed");
  if (isShutForPaper(site, kiosk)) {
    return { kind: "no-paper", title: t(`kiosk-printer-${printerTrouble(kiosk.printer)}`), advice: t("kiosk-no-paper-advice") };
  }
  if (notice) return about(notice === "holiday" ? "holiday-soft" : "outside-hours", { soft: true });
  return null;
}

/** The door: one large button that stands open. */
function Door({ onStart, site }) {
  const slogan = inLanguage(site.slogan);
  const others = site.languages.filter((one) => one !== language());
  return html`<button type="button" class="door" onClick=${onStart}>
    <span class="door-words">
      <span class="door-title">${t("kiosk-start-title")}</span>
      <span class="door-call">${t("kiosk-start")}</span>
      ${others.map((one) => html`<span class="door-also" lang=${one} key=${one}>${textIn(one, "kiosk-start")}</span>`)}
    </span>
    <${DoorDrawing} open />
    ${slogan && html`<span class="door-slogan">${slogan}</span>`}
  </button>`;
}

/** The same door, shut, with the reason and what to do before it. */
function Closed({ kind, title, advice, detail, site }) {
  const hours = kind === "closed" || kind === "holiday";
  return html`<section class="door shut" data-kind=${kind} role=${kind === "connecting" ? "status" : "alert"}>
    <div class="door-words">
      ${!hours && html`<div class="door-mark">${kind === "connecting" ? html`<${Turning} />` : html`<${StateMark} state="late" />`}</div>`}
      <h1>${title}</h1>
      <p>${advice}</p>
      ${detail && html`<p>${detail}</p>`}
      ${hours && site && html`<${Hours} hours=${site.hours} />`}
    </div>
    <${DoorDrawing} />
  </section>`;
}

function DoorDrawing({ open = false }) {
  return html`<svg class="door-drawing" viewBox="0 0 400 560" aria-hidden="true" focusable="false" preserveAspectRatio="xMaxYMax meet">
    ${open && html`<path class="door-spill" d="M130 480 H330 L400 560 H20 Z" />`}
    <path class="door-frame" d="M118 480 V28 H342 V480" />
    <path class="door-light" d="M130 40 H330 V480 H130 Z" />
    ${open
      ? html`<path class="door-leaf" d="M130 40 L36 88 V528 L130 480 Z" /><circle class="door-knob" cx="56" cy="308" r="8" />`
      : html`<path class="door-panel" d="M154 68 H306 V236 H154 Z M154 284 H306 V452 H154 Z" /><circle class="door-knob" cx="154" cy="260" r="8" />`}
    <path class="door-floor" d="M0 480 H400" />
  </svg>`;
}

function Today() {
  const at = useNow(1000);
  return html`<p class="today"><span class="number">${timeOfDay(at)}</span><span>${dateInWords(at, language())}</span></p>`;
}
