/** What the citizen must know of the printer before taking a number: that there will be no paper, and what to do. */

import { StateMark } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";

const WITHOUT_PAPER = { paper_out: "paper-out", cover_open: "cover-open", cutter_error: "broken", offline: "broken", none: "none" };

/** The text id's part for a printer that will give no slip, or null when it will (or when nothing is known). */
export function printerTrouble(state) {
  return WITHOUT_PAPER[state] ?? null;
}

export function PrinterNote({ state }) {
  const trouble = printerTrouble(state);
  if (!trouble) return null;
  return html`<div class="banner printer-note" data-kind="notice" role="status">
    <${StateMark} state="paused" />
    <div><strong>${t(`kiosk-printer-${trouble}`)}</strong>${t("kiosk-printer-advice")}</div>
  </div>`;
}
