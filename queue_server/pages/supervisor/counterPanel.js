/** The sheet of a counter: who works there and who is here, calling its officer, taking over, closing, what it serves. */

import { timeOfDay } from "/assets/clock.js";
import { State, StateMark } from "/assets/marks.js";
import { at } from "/assets/place.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { ActButton, AskButton } from "/pages/supervisor/actButton.js";
import { ACTS } from "/pages/supervisor/acts.js";
import { Assign } from "/pages/supervisor/assign.js";
import { nameOf } from "/pages/supervisor/counters.js";
import { hereSince, minutesSince, servesOf } from "/pages/supervisor/hall.js";
import { reasonWords } from "/pages/supervisor/reasons.js";
import { Summon } from "/pages/supervisor/summon.js";

export function CounterPanel({ id, hall, may, acts }) {
  const spec = hall.site.counters.find((one) => one.id === id);
  const row = hall.data?.counters?.[id];
  if (!spec || !row) return html`<h2 tabindex="-1">${t("counter-number", { number: spec?.number ?? id })}</h2><p class="soft">${t("super-gone-row")}</p>`;
  const common = { spec, row, hall, may, acts };
  return html`
    <h2 tabindex="-1" class="sheet-title">${t("counter-number", { number: row.number })} <span class="soft area-name">${inLanguage(row.area)}</span></h2>
    <${Facts} ...${common} />
    ${row.help_asked_at && html`<div class="banner" data-kind="trouble"><${StateMark} state="late" /><div><strong>${t("super-help-asked", { time: timeOfDay(row.help_asked_at) })}</strong>
      <${ActButton} may=${may} right="answer" class="small" go=${() => acts.run(ACTS.answer(id, { number: row.number }))}>${t("super-do-answer")}<//></div></div>`}
    <${Officer} ...${common} />
    <${Assign} key=${servedKey(spec, row)} ...${common} />`;
}

function servedKey(spec, row) {
  const { queues, helps } = servesOf(spec, row);
  return `${queues} ${helps}`;
}

function Facts({ row, hall }) {
  const { ticket } = row;
  return html`<dl class="facts">
    <div><dt>${t("super-fact-state")}</dt><dd><${State} state=${row.state}>${t(`counter-${row.state}`)}<//> <span class="soft">${[
      row.state === "paused" && reasonWords(hall.site, "pause", row.reason), row.since && t("super-since", { time: timeOfDay(row.since), n: minutesSince(row.since, hall.at) }),
    ].filter(Boolean).join(" · ")}</span></dd></div>
    <div><dt>${t("super-fact-officer")}</dt><dd>${row.officer ? nameOf(row.officer) : t("super-nobody")}${row.away ? html` <${State} state="late">${t("super-tile-away")}<//>` : null}</dd></div>
    <div><dt>${t("super-fact-here")}</dt><dd>${ticket ? html`<b class="number">${ticket.label}</b> ${t(`state-${ticket.state}`)} · ${t("super-since", { time: timeOfDay(hereSince(ticket)), n: minutesSince(hereSince(ticket), hall.at) })}` : t("super-nobody")}</dd></div>
    ${row.summons && html`<div><dt>${t("super-fact-summons")}</dt><dd>${reasonWords(hall.site, "summon", row.summons.reason)} · ${timeOfDay(row.summons.at)}</dd></div>`}
  </dl>`;
}

/** What can be done about who sits here; the two that take work from somebody ask first. */
function Officer({ row, hall, may, acts }) {
  if (!["summon", "take_over", "close_counter"].some(may.has)) return null;
  const words = { number: row.number, officer: row.officer ? nameOf(row.officer) : "none", label: row.ticket?.label ?? "none" };
  const taken = row.officer && row.officer.id !== hall.user.id && row.state !== "closed";
  return html`<section class="part" data-part="away">
    <h3>${t("super-officer-acts")}</h3>
    ${row.away && html`<p>${t("super-away-advice")}</p>`}
    <div class="part-acts">
      ${!row.summons && html`<${Summon} row=${row} first=${row.state === "closed" ? "open_counter" : "come"} hall=${hall} may=${may} acts=${acts} />`}
      ${taken && html`<${AskButton} may=${may} right="take_over" go=${() => acts.run(ACTS.take_over(row.id, words))}
        advice=${t("super-take-over-advice", words)} sure=${t("super-take-over-sure")} class="small">${t("super-take-over")}<//>`}
      ${row.state !== "closed" && html`<${AskButton} key=${words.label} may=${may} right="close_counter" grave go=${() => acts.run(ACTS.close_counter(row.id, row.ticket?.id, words))}
        advice=${t("super-close-counter-advice", words)} sure=${t("super-close-counter-sure", words)} class="small">${t("super-close-counter")}<//>`}
      ${row.state !== "closed" && may.has("call_next") && html`<a class="button quiet small" href=${at(`/desk?counter=${encodeURIComponent(row.id)}`)}>${t("super-to-desk")}</a>`}
    </div>
  </section>`;
}
