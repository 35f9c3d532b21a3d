/** The counters as tiles by area: number, state, who works there, who is here and since when. */

import { StateMark } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { areasOf, hereSince, minutesSince, pressure } from "/pages/supervisor/hall.js";
import { reasonWords } from "/pages/supervisor/reasons.js";
import { Ring } from "/pages/supervisor/ring.js";

export function Counters({ hall, open }) {
  return html`<section class="counters" aria-label=${t("super-counters")}>
    ${areasOf(hall.site, hall.data?.counters).map((area) => html`<div class="area" key=${area.id} data-size=${area.counters.length}>
      <h3>${inLanguage(area.name)}</h3>
      <ul>${area.counters.map((row) => html`<${Tile} key=${row.id} row=${row} hall=${hall} open=${open} />`)}</ul>
    </div>`)}
  </section>`;
}

function Tile({ row, hall, open }) {
  const what = stateOf(row, hall);
  return html`<li>
    <button type="button" class="tile" data-counter=${row.id} data-state=${what.state} data-loud=${what.loud} title=${titleOf(row, hall)}
        onClick=${() => open({ kind: "counter", id: row.id })}>
      <span class="tile-number number">${row.number}</span>
      <span class="tile-mark">${what.mark}</span>
      <span class="tile-what">${what.words}</span>
      <span class="tile-who">${what.who ?? (row.officer ? shortName(nameOf(row.officer)) : "\u00a0")}</span>
    </button>
  </li>`;
}

/** What a tile says: {state, loud, mark, words}, and `who` where that line says something else than the officer. An absent row is not a closed counter. */
function stateOf(row, hall) {
  if (!row.state) return { state: "unknown", loud: "calm", mark: null, words: t("super-unknown-word") };
  if (row.help_asked_at) return { state: "help", loud: "late", mark: html`<${StateMark} state="late" />`, words: t("super-tile-help") };
  if (row.away && row.state !== "closed") {
    const away = { state: "away", loud: "late", mark: html`<${StateMark} state="late" />`, words: t("super-tile-away") };
    return row.ticket ? { ...away, words: html`<b class="number">${row.ticket.label}</b>`, who: t("super-tile-away") } : away;
  }
  if (row.ticket) return withPerson(row.ticket, hall);
  if (row.state === "paused") {
    return { state: "paused", loud: "calm", mark: html`<${Since} since=${row.since} at=${hall.at} />`, words: reasonWords(hall.site, "pause", row.reason) || t("counter-paused") };
  }
  return { state: row.state, loud: "calm", mark: null, words: t(row.state === "open" ? "super-tile-free" : "counter-closed") };
}

function withPerson(ticket, hall) {
  const serving = ticket.state === "serving";
  const elapsed = Math.max(0, hall.at - Date.parse(hereSince(ticket)));
  const loud = serving ? pressure(elapsed, hall.service) : "calm";
  return {
    state: ticket.state, loud,
    mark: serving ? html`<${Ring} elapsed=${elapsed} minutes=${hall.service} loud=${loud} />` : html`<${Since} since=${hereSince(ticket)} at=${hall.at} />`,
    words: html`<b class="number">${ticket.label}</b>${serving ? null : html` <span>${t("super-tile-called")}</span>`}`,
  };
}

function Since({ since, at }) {
  const minutes = minutesSince(since, at);
  return minutes === null ? null : html`<span class="tabular since">${t("super-min", { n: minutes })}</span>`;
}

export function nameOf(officer) {
  return officer.name || officer.id;
}

/** What colleagues call a person: a Vietnamese name has its given part at the end. */
function shortName(name) {
  return name.trim().split(/\s+/).slice(-2).join(" ");
}

function titleOf(row, { site }) {
  const serves = (row.queues ?? []).map((id) => inLanguage(site.queues.find((one) => one.id === id)?.name)).join(", ");
  return [t("counter-number", { number: row.number }), row.state && t(`counter-${row.state}`), row.officer && nameOf(row.officer), serves].filter(Boolean).join(" · ");
}
