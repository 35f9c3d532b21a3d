/** The sheet of a kiosk: how its printer is, since when, what to do about it on the spot, what it tells of itself, and its past troubles. */

import { timeOfDay } from "/assets/clock.js";
import { StateMark } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { PRINTER_MARKS } from "/pages/supervisor/devices.js";
import { Faults } from "/pages/supervisor/faults.js";
import { clockSeconds, isClockWrong, isScannerWrong, printerState } from "/pages/supervisor/hall.js";

export function KioskPanel({ id, api, hall }) {
  const row = hall.data?.kiosks?.[id];
  if (!row) return html`<h2 tabindex="-1">${id}</h2><p class="soft">${t("super-gone-row")}</p>`;
  const state = printerState(row);
  return html`
    <h2 tabindex="-1" class="sheet-title">${inLanguage(row.name)}</h2>
    <dl class="facts">
      <div><dt>${t("super-fact-printer")}</dt><dd class="device-state" data-printer=${state}><${StateMark} state=${PRINTER_MARKS[state]} />${t(`super-printer-${row.printer}`)}${
        row.since ? html` <span class="soft tabular">${t("super-since-time", { time: timeOfDay(row.since) })}</span>` : null}</dd></div>
      <div><dt>${t("super-fact-numbers")}</dt><dd>${t(row.open ? "super-kiosk-gives" : "super-kiosk-shut")}</dd></div>
      ${row.state && html`<${Itself} row=${row} />`}
    </dl>
    ${row.refused?.length > 0 && html`<section class="part"><h3>${t("super-kiosk-refused")}</h3>
      <p><strong class="number">${row.refused.join(", ")}</strong></p><p>${t("super-kiosk-refused-do")}</p></section>`}
    <section class="part"><h3>${t("super-printer-what")}</h3><p>${t(`super-printer-do-${state}`)}</p>
      ${isClockWrong(row) && html`<p data-do="clock">${t("super-kiosk-clock-do")}</p>`}
      ${isScannerWrong(row) && html`<p data-do="scanner">${t(`super-scanner-do-${row.scanner}`)}</p>`}</section>
    <${Faults} row=${row} api=${api} hall=${hall} />`;
}

/** What a kiosk that runs by itself told last. */
function Itself({ row }) {
  const silent = row.state === "silent";
  return html`
    <div><dt>${t("super-fact-link")}</dt><dd data-link=${row.state} class="device-state"><${StateMark} state=${silent ? "late" : "done"} />
      ${silent ? t("super-kiosk-silent-since", { time: timeOfDay(row.state_since) }) : t("super-kiosk-online")}</dd></div>
    ${row.offline_given > 0 && html`<div><dt>${t("super-fact-owed")}</dt><dd>${t("super-kiosk-owed", { n: row.offline_given })}</dd></div>`}
    ${row.last_slip && html`<div><dt>${t("super-fact-slip")}</dt><dd>${row.last_slip.label} · ${t(`super-slip-${row.last_slip.state}`)}${
      row.queued > 0 ? ` · ${t("super-kiosk-queued", { n: row.queued })}` : ""}</dd></div>`}
    <div><dt>${t("super-fact-clock")}</dt><dd>${isClockWrong(row) ? t("super-kiosk-clock-off", { n: clockSeconds(row) }) : t("super-kiosk-clock-right")}</dd></div>
    ${row.scanner && row.scanner !== "none" && html`<div><dt>${t("super-fact-scanner")}</dt><dd>${t(`super-scanner-${row.scanner}`)}</dd></div>`}
    <div><dt>${t("super-fact-version")}</dt><dd>${row.version ?? "–"}</dd></div>`;
}
