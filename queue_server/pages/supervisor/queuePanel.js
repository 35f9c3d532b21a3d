/** The sheet of a line: how it stands, whether it takes numbers, whom to call to help, and who waits. */

import { timeOfDay } from "/assets/clock.js";
import { Chip } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html, useState } from "/assets/vendor.js";
import { ActButton, AskButton } from "/pages/supervisor/actButton.js";
import { ACTS } from "/pages/supervisor/acts.js";
import { byWait, gateOf, minutesSince, numbersLeft, pressure, whomToCall } from "/pages/supervisor/hall.js";
import { likely } from "/pages/supervisor/lines.js";
import { Summon } from "/pages/supervisor/summon.js";

const MOST_NUMBERS = 999;

export function QueuePanel({ id, part, hall, may, acts, open }) {
  const line = hall.data?.lines?.[id];
  const queue = hall.site.queues.find((one) => one.id === id);
  const name = inLanguage(line?.agency ?? queue?.name);
  if (!line) return html`<h2 tabindex="-1">${name || id}</h2><p class="soft">${t("super-gone-row")}</p>`;
  const common = { id, line, name, hall, may, acts, open };
  return html`
    <h2 tabindex="-1" class="sheet-title"><${Chip} chip=${line.chip} /> ${name}</h2>
    <dl class="facts">
      <div><dt>${t("super-fact-waiting")}</dt><dd>${t("unit-people", { n: line.waiting })}</dd></div>
      <div><dt>${t("super-fact-oldest")}</dt><dd>${line.oldest ? t("unit-minutes", { n: minutesSince(line.oldest, hall.at) }) : "–"}</dd></div>
      <div><dt>${t("super-fact-likely")}</dt><dd>${likely(line)}</dd></div>
      <div><dt>${t("super-fact-open")}</dt><dd>${line.open}</dd></div>
    </dl>
    <${Gate} ...${common} />
    <${Helpers} ...${common} wide=${part === "summon"} />
    <${Waiting} ...${common} />`;
}

/** Takes numbers, takes so many more, or none: what holds now, and what else there is. */
function Gate({ id, line, name, may, acts }) {
  const gate = gateOf(line);
  const words = { name, waiting: line.waiting, n: gate === "limited" ? numbersLeft(line) : 0, given: line.given ?? "?", limit: line.limit ?? "none" };
  const run = (act) => acts.run(act);
  return html`<section class="part" data-part="gate" data-gate=${gate}>
    <h3>${t("super-gate")}</h3>
    <p class="gate-now">${t(`super-gate-now-${gate}`, words)}</p>
    ${may.has("gate_queue") && html`<div class="gate-acts">
      ${gate !== "open" && html`<${ActButton} may=${may} right="gate_queue" data-gate-act="open" go=${() => run(ACTS.open_queue(id, words))}>${t(gate === "closed" ? "super-gate-do-open" : "super-gate-do-unlimit")}<//>`}
      <${Limit} id=${id} words=${words} gate=${gate} may=${may} run=${run} />
      ${gate !== "closed" && html`<${AskButton} key=${gate} may=${may} right="gate_queue" grave data-gate-act="close" go=${() => run(ACTS.close_queue(id, words))}
        advice=${t("super-gate-close-advice", words)} sure=${t("super-gate-close-sure")}>${t("super-gate-do-close")}<//>`}
    </div>`}
  </section>`;
}

function Limit({ id, words, gate, may, run }) {
  const [numbers, setNumbers] = useState("10");
  const n = Number(numbers);
  const good = Number.isInteger(n) && n >= 0 && n <= MOST_NUMBERS && numbers.trim() !== "";
  const send = (event) => {
    event.preventDefault();
    if (good && may.able) run(ACTS.limit_queue(id, { ...words, numbers: n }));
  };
  return html`<form class="limit" onSubmit=${send}>
    <label for="limit">${t("super-limit-label")}</label>
    <input id="limit" type="text" inputmode="numeric" autocomplete="off" class="tabular" value=${numbers} aria-invalid=${good ? null : "true"}
      onInput=${(event) => setNumbers(event.target.value)} />
    <span>${t("super-limit-unit")}</span>
    <button type="submit" class="button" data-gate-act="limit" aria-disabled=${good && may.able ? null : "true"} title=${may.why}>${t(gate === "limited" || gate === "full" ? "super-limit-change" : "super-limit-do")}</button>
    ${!good && html`<span class="limit-wrong" role="alert">${t("super-limit-wrong", { most: MOST_NUMBERS })}</span>`}
  </form>`;
}

/** Counters that serve this line or may help: whoever is free first, and how to call them. */
function Helpers({ id, line, hall, may, acts, open, wide }) {
  const [all, setAll] = useState(false);
  const found = whomToCall(hall.site, hall.data?.counters, id);
  const shown = all ? found : found.slice(0, wide ? 8 : 5);
  const reason = line.open === 0 ? "open_counter" : "help_line";
  return html`<section class="part" data-part="summon">
    <h3>${t("super-helpers")}</h3>
    ${found.length ? html`<ul class="helpers">${shown.map((row) => html`<li key=${row.id} data-counter=${row.id} data-how=${row.how}>
      <button type="button" class="helper" onClick=${() => open({ kind: "counter", id: row.id })}>
        <b class="number">${row.number}</b>
        <span>${t(`super-helper-${row.how}`)}<span class="soft"> · ${t(row.own ? "super-helper-own" : "super-helper-helps")}${row.officer ? ` · ${row.officer.name ?? row.officer.id}` : ""}</span></span>
      </button>
      ${row.summons ? html`<span class="summoned soft">${t("super-summoned", { time: timeOfDay(row.summons.at) })}</span>`
        : html`<${Summon} row=${row} first=${row.how === "closed" ? "open_counter" : reason} hall=${hall} may=${may} acts=${acts} />`}
    </li>`)}</ul>` : html`<p class="soft">${t("super-helpers-none")}</p>`}
    ${shown.length < found.length && html`<button type="button" class="button quiet small" onClick=${() => setAll(true)}>${t("super-helpers-all", { n: found.length })}</button>`}
  </section>`;
}

/** Who waits here, the longest first; each leads to where it can be moved. */
function Waiting({ id, hall, open }) {
  const tickets = byWait(hall.data?.waiting).filter((one) => one.queue === id);
  return html`<section class="part" data-part="waiting">
    <h3>${t("super-who-waits")}</h3>
    ${tickets.length ? html`<ol class="queue-waits">${tickets.map((one) => {
      const loud = pressure(hall.at - Date.parse(one.since), hall.target);
      return html`<li key=${one.id}><button type="button" class="queue-wait" data-ticket=${one.id} data-pressure=${loud} onClick=${() => open({ kind: "ticket", id: one.id })}>
        <b class="number">${one.label}</b><span class="tabular">${t("super-min", { n: minutesSince(one.since, hall.at) })}</span>
      </button></li>`;
    })}</ol>` : html`<p class="soft">${t("super-who-waits-none")}</p>`}
  </section>`;
}
