/** The left of the desk: who waits in each line that this counter serves. */

import { useNow } from "/assets/clock.js";
import { Chip } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { waitingAtAll } from "/pages/desk/situation.js";

export function Lines({ lines, site, known }) {
  return html`<section class="lines" aria-label=${t("desk-lines")}>
    <h2 class="visually-hidden">${t("desk-lines")}</h2>
    <p class="total"><span class="number">${known ? waitingAtAll(lines) : "–"}</span> ${t("desk-people-waiting", { n: waitingAtAll(lines) })}</p>
    <ul>${lines.map((line) => html`<${Line} key=${line.queue} line=${line} site=${site} />`)}</ul>
  </section>`;
}

function Line({ line, site }) {
  const now = useNow(10_000);
  const more = [line.oldest && t("desk-line-oldest", { n: minutesSince(line.oldest, now) }), priority(line, site)].filter(Boolean);
  const gate = door(line);
  return html`<li class="line" data-empty=${line.waiting === 0 || null}>
    <${Chip} chip=${line.chip} />
    <span class="line-name" title=${inLanguage(line.agency)}>${inLanguage(line.agency)}</span>
    <span class="number">${line.waiting}</span>
    <span class="line-detail soft"><span>${wait(line)}</span><span>${more.join(" · ")}</span>
      ${gate && html`<strong class="gate">${gate}</strong>`}</span>
  </li>`;
}

/** The likely wait of who comes now. */
function wait({ waiting, low, high }) {
  if (!waiting) return t("desk-line-empty");
  if (low == null || high == null) return t("desk-line-wait-unknown");
  return t("desk-line-wait", { low: Math.round(low), high: Math.round(high) });
}

/** How long the first in line has waited already. */
function minutesSince(oldest, now) {
  return Math.max(0, Math.floor((now - Date.parse(oldest)) / 60_000));
}

/** Of those who wait, how many have a priority class: the count, for names would not fit. */
function priority({ classes }, site) {
  const ordinary = site.classes[0]?.id ?? "ordinary";
  const count = Object.entries(classes ?? {}).reduce((sum, [id, n]) => sum + (id === ordinary ? 0 : n), 0);
  return count ? t("desk-line-priority", { n: count }) : "";
}

/** Whether numbers are still given for this line. */
function door({ gate, limit, given }) {
  if (gate === "closed") return t("desk-line-closed");
  return limit == null ? "" : t("desk-line-limit", { n: Math.max(0, limit - (given ?? 0)) });
}
