/** Below: the last ten at this counter, the newest first, with what became of each and who may come again. */

import { timeOfDay } from "/assets/clock.js";
import { StateMark } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { Small } from "/pages/desk/parked.js";
import { mayComeAgain, newestFirst } from "/pages/desk/situation.js";
import { VerbButton } from "/pages/desk/verbButton.js";

const SHOWN = 10;

export function Recent({ rows, desk, act }) {
  const latest = newestFirst(rows).slice(0, SHOWN);
  return html`<footer class="recent" aria-label=${t("desk-recent")}>
    <div class="recent-head"><h2>${t("desk-recent")}</h2><${VerbButton} verb="reprint" desk=${desk} /></div>
    ${latest.length ? html`<ol>${latest.map((row) => html`<${Past} key=${row.id} row=${row} desk=${desk} act=${act} />`)}</ol>`
      : html`<p class="soft">${t("desk-recent-none")}</p>`}
  </footer>`;
}

function Past({ row, desk, act }) {
  const at = row.ended_at ?? row.called_at;
  const again = mayComeAgain(row, desk.situation.at);
  return html`<li data-state=${row.state} title=${inLanguage(row.agency_name)}>
    <span class="line-1"><span class="number">${row.label}</span>${again && row.again_until
      ? html`<span class="until tabular">${t("desk-again-until", { time: timeOfDay(row.again_until) })}</span>`
      : html`<time class="soft tabular">${at ? timeOfDay(at) : ""}</time>`}</span>
    <span class="became" data-state=${row.state}><${StateMark} state=${row.state} />${t(`state-${row.state}`)}</span>
    ${again ? html`<${Small} verb="again" row=${row} desk=${desk} act=${act} />` : null}
  </li>`;
}
