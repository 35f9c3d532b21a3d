/** Below: the last ten at this counter, the newest first, with what became of each. */

import { timeOfDay } from "/assets/clock.js";
import { StateMark } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";

const SHOWN = 10;

export function Recent({ rows }) {
  const latest = [...rows].sort((a, b) => whenOf(b) - whenOf(a)).slice(0, SHOWN);
  return html`<footer class="recent" aria-label=${t("desk-recent")}>
    <h2>${t("desk-recent")}</h2>
    ${latest.length ? html`<ol>${latest.map((row) => html`<${Past} key=${row.id} row=${row} />`)}</ol>`
      : html`<p class="soft">${t("desk-recent-none")}</p>`}
  </footer>`;
}

function Past({ row }) {
  const at = row.ended_at ?? row.called_at;
  return html`<li data-state=${row.state}>
    <span class="number">${row.label}</span>
    <span class="became" data-state=${row.state}><${StateMark} state=${row.state} />${t(`state-${row.state}`)}</span>
    <time class="soft tabular">${at ? timeOfDay(at) : ""}</time>
  </li>`;
}

function whenOf(row) {
  return Date.parse(row.ended_at ?? row.called_at ?? 0);
}
