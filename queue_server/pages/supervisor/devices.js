/** The kiosks and their printers, each with a state of its own; unknown is one of them. */

import { timeOfDay } from "/assets/clock.js";
import { StateMark } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { printerState } from "/pages/supervisor/hall.js";

export const PRINTER_MARKS = { ready: "done", none: "closed", low: "soon", out: "late", unknown: "waiting" };

export function Devices({ hall, open }) {
  const kiosks = Object.values(hall.data?.kiosks ?? {});
  return html`<section class="devices" aria-label=${t("super-devices")}>
    <h2>${t("super-devices")}</h2>
    <ul>${kiosks.map((row) => html`<${Device} key=${row.id} row=${row} open=${open} />`)}</ul>
    ${!kiosks.length && html`<p class="none soft">${hall.data ? t("super-devices-none") : ""}</p>`}
  </section>`;
}

function Device({ row, open }) {
  const state = printerState(row);
  if (row.state === "silent") return html`<${Silent} row=${row} open=${open} />`;
  return html`<li><button type="button" class="device" data-kiosk=${row.id} data-printer=${state} onClick=${() => open({ kind: "kiosk", id: row.id })}>
    <strong>${inLanguage(row.name)}</strong>
    <span class="device-state"><${StateMark} state=${PRINTER_MARKS[state]} />${t(`super-printer-${row.printer}`)}${
      row.since && state !== "ready" ? html` <span class="soft tabular">${timeOfDay(row.since)}</span>` : null}</span>
  </button></li>`;
}

/** A kiosk that runs by itself and has not been heard of: nobody knows more. */
function Silent({ row, open }) {
  return html`<li><button type="button" class="device" data-kiosk=${row.id} data-printer="unknown" data-link="silent" onClick=${() => open({ kind: "kiosk", id: row.id })}>
    <strong>${inLanguage(row.name)}</strong>
    <span class="device-state"><${StateMark} state="late" />${t("super-kiosk-silent")} <span class="soft tabular">${timeOfDay(row.state_since)}</span></span>
  </button></li>`;
}
