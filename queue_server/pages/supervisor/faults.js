/** What was wrong with a kiosk and its devices in the last days: asked for when its sheet is opened, and when it changes. */

import { dayAndMonth, timeOfDay } from "/assets/clock.js";
import { StateMark } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html, useEffect, useState } from "/assets/vendor.js";
import { minutesSince } from "/pages/supervisor/hall.js";

const DAYS = 7;
const SHOWN = 8;

export function Faults({ row, api, hall }) {
  const [seen, setSeen] = useState(null);
  const [all, setAll] = useState(false);
  useEffect(() => {
    let wanted = true;
    api.get(`/kiosks/${row.id}/faults?days=${DAYS}`).then(
      (answer) => wanted && setSeen(answer.faults),
      () => wanted && setSeen("unknown"),
    );
    return () => {
      wanted = false;
    };
  }, [row.id, row.printer, row.state, row.scanner]);
  const known = Array.isArray(seen) ? seen : [];
  const shown = all ? known : known.slice(0, SHOWN);
  return html`<section class="part" data-part="faults">
    <h3>${t("super-faults", { days: DAYS })}</h3>
    ${seen === "unknown" && html`<p class="soft">${t("super-faults-unknown")}</p>`}
    ${seen && !known.length && seen !== "unknown" && html`<p class="soft">${t("super-faults-none")}</p>`}
    <ul class="faults">${shown.map((fault) => html`<li key=${`${fault.device} ${fault.since}`} data-device=${fault.device} data-lasts=${!fault.until || null}>
      <span class="device-state"><${StateMark} state=${fault.until ? "done" : "late"} />${nameOf(fault)}</span>
      <span class="soft tabular">${timesOf(fault, hall)}</span>
    </li>`)}</ul>
    ${shown.length < known.length && html`<button type="button" class="button quiet small" onClick=${() => setAll(true)}>${t("super-faults-all", { n: known.length })}</button>`}
  </section>`;
}

function nameOf({ device, state, clock_offset_ms: offset }) {
  if (device === "kiosk") return t("super-kiosk-silent");
  if (device === "clock") return t("super-fault-clock", { n: Math.round(Math.abs(offset ?? 0) / 1000) });
  return t(device === "scanner" ? `super-scanner-${state}` : `super-printer-${state}`);
}

/** "09:11–09:15 (4 minutes)", with the day where it is not today. */
function timesOf({ since, until }, { at }) {
  const day = dayAndMonth(since) === dayAndMonth(at) ? "" : `${dayAndMonth(since)} `;
  if (!until) return `${day}${t("super-since-time", { time: timeOfDay(since) })}`;
  const end = dayAndMonth(until) === dayAndMonth(since) ? timeOfDay(until) : `${dayAndMonth(until)} ${timeOfDay(until)}`;
  return `${day}${timeOfDay(since)}–${end} (${t("unit-minutes", { n: minutesSince(since, Date.parse(until)) })})`;
}
