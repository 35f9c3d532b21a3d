/** The sheet of a kiosk: how its printer is, since when, and what to do about it on the spot. */

import { timeOfDay } from "/assets/clock.js";
import { StateMark } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { PRINTER_MARKS } from "/pages/supervisor/devices.js";
import { printerState } from "/pages/supervisor/hall.js";

export function KioskPanel({ id, hall }) {
  const row = hall.data?.kiosks?.[id];
  if (!row) return html`<h2 tabindex="-1">${id}</h2><p class="soft">${t("super-gone-row")}</p>`;
  const state = printerState(row);
  return html`
    <h2 tabindex="-1" class="sheet-title">${inLanguage(row.name)}</h2>
    <dl class="facts">
      <div><dt>${t("super-fact-printer")}</dt><dd class="device-state" data-printer=${state}><${StateMark} state=${PRINTER_MARKS[state]} />${t(`super-printer-${row.printer}`)}${
        row.since ? html` <span class="soft tabular">${t("super-since-time", { time: timeOfDay(row.since) })}</span>` : null}</dd></div>
      <div><dt>${t("super-fact-numbers")}</dt><dd>${t(row.open ? "super-kiosk-gives" : "super-kiosk-shut")}</dd></div>
    </dl>
    <section class="part"><h3>${t("super-printer-what")}</h3><p>${t(`super-printer-do-${state}`)}</p></section>`;
}
