/** What people must know of the printer before a number is taken: that there will be no paper, and what to do. */

import { StateMark } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { printerTrouble } from "./situation.js";

export function PrinterNote({ state }) {
  const trouble = printerTrouble(state);
  if (!trouble) return null;
  return html`<div class="banner printer-note" data-kind="notice" role="status">
    <${StateMark} state="paused" />
    <div><strong>${t(`kiosk-printer-${trouble}`)}</strong>${t("kiosk-printer-advice")}</div>
  </div>`;
}

/** For whoever looks after the kiosk; a citizen still gets paper and may ignore it. */
export function StaffNote({ state }) {
  return state === "paper_low" && html`<p class="staff-note">${t("kiosk-paper-low")}</p>`;
}

/** It gives numbers without the server: nothing is worse for who takes one, except that nobody knows the wait. */
export function AloneNote() {
  return html`<div class="banner alone-note" data-kind="notice" role="status">
    <${StateMark} state="paused" />
    <div><strong>${t("kiosk-alone")}</strong>${t("kiosk-alone-advice")}</div>
  </div>`;
}
