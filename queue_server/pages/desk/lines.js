/** The left of the desk: who waits in each line that this counter serves. */

import { Chip } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { waitingAtAll } from "/pages/desk/situation.js";

export function Lines({ lines, site, known }) {
  return html`<aside class="lines" aria-label=${t("desk-lines")}>
    <h2>${t("desk-lines")}</h2>
    <p class="total"><span class="number">${known ? waitingAtAll(lines) : "–"}</span> ${t("desk-people-waiting", { n: waitingAtAll(lines) })}</p>
    <ul>${lines.map((line) => html`<${Line} key=${line.queue} line=${line} site=${site} />`)}</ul>
  </aside>`;
}

function Line({ line, site }) {
  return html`<li class="line" data-empty=${line.waiting === 0 || null}>
    <${Chip} chip=${line.chip} />
    <span class="line-name" title=${inLanguage(line.agency)}>${inLanguage(line.agency)}</span>
    <span class="number">${line.waiting}</span>
    <span class="line-detail soft">${[wait(line), priority(line, site)].filter(Boolean).join(" · ")}</span>
  </li>`;
}

function wait({ waiting, low, high }) {
  if (!waiting) return t("desk-line-empty");
  if (low == null || high == null) return t("desk-line-wait-unknown");
  return t("desk-line-wait", { low: Math.round(low), high: Math.round(high) });
}

/** Of those who wait, how many have a priority class: the count, for names would not fit. */
function priority({ classes }, site) {
  const ordinary = site.classes[0]?.id ?? "ordinary";
  const count = Object.entries(classes ?? {}).reduce((sum, [id, n]) => sum + (id === ordinary ? 0 : n), 0);
  return count ? t("desk-line-priority", { n: count }) : "";
}
