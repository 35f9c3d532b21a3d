/** The strip at the top: what needs a person, each with what to do and the button that does it. */

import { Connection } from "/assets/connection.js";
import { StateMark } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { ACTS } from "/pages/supervisor/acts.js";
import { ActButton } from "/pages/supervisor/actButton.js";
import { useHeld, useRemembered, useSteady } from "/pages/supervisor/steady.js";
import { Word } from "/pages/supervisor/word.js";

/** So many stand in the strip without scrolling: three rows of two. */
const IN_SIGHT = 6;

export function Alerts({ hall, may, acts, open, alerts, topic, quiet }) {
  const { box, held } = useHeld();
  const order = useSteady(alerts.map((one) => one.id), held);
  const { now, seen } = useRemembered(alerts, held);
  const lost = topic.status === "stale" || topic.status === "refused";
  return html`<section class="alerts" aria-label=${t("super-alerts")} data-held=${held || null}>
    <div class="alerts-head">
      <h2 aria-live="polite">${t("super-alerts-n", { n: lost ? 0 : alerts.length })}</h2>
      ${!lost && order.length > IN_SIGHT && html`<span class="more soft">${t("super-alerts-more", { n: order.length - IN_SIGHT })}</span>`}
      ${quiet ? null : html`<${Word} acts=${acts} />`}
    </div>
    ${lost && html`<${Connection} ...${topic} advice=${topic.status === "stale" ? t("super-stale-advice") : null} />`}
    <ul ref=${box} tabindex=${order.length > IN_SIGHT ? 0 : null} hidden=${lost} aria-label=${t("super-alerts")}>
      ${order.map((id) => html`<${Alert} key=${id} alert=${now.get(id) ?? seen.get(id)} gone=${!now.has(id)} hall=${hall}
        may=${may} acts=${acts} open=${open} />`)}
      ${!order.length && html`<li class="calm">${hall.data ? html`<${StateMark} state="done" />${t("super-calm")}` : t("connection-connecting")}</li>`}
    </ul>
  </section>`;
}

function Alert({ alert, gone, hall, may, acts, open }) {
  const { kind, at, words, loudness } = alert;
  return html`<li class="alert" data-kind=${kind} data-loud=${gone ? "gone" : loudness} data-at=${at.id}>
    <${StateMark} state=${gone ? "done" : MARKS[loudness]} />
    <button type="button" class="alert-what" onClick=${() => open(at)}>
      <strong>${placeOf(at, hall)}:</strong> <span>${gone ? t("super-alert-gone") : t(`super-alert-${kind}`, withNulls(words))}</span>
    </button>
    ${!gone && html`<${Remedy} alert=${alert} hall=${hall} may=${may} acts=${acts} open=${open} />`}
  </li>`;
}

const MARKS = { late: "late", soon: "soon", notice: "waiting" };

/** The button that does what there is to do; what needs choosing first opens its sheet at the right place. */
function Remedy({ alert: { kind, at, words }, may, acts, open }) {
  if (kind === "help") {
    return html`<${ActButton} may=${may} right="answer" class="small" go=${() => acts.run(ACTS.answer(at.id, words))}>${t("super-do-answer")}<//>`;
  }
  if (at.kind === "kiosk") {
    return html`<button type="button" class="button small" onClick=${() => open(at)}>${t("super-do-printer")}</button>`;
  }
  const right = kind === "away" ? "take_over" : "summon";
  if (!may.has(right)) return null;
  const part = kind === "away" ? "away" : "summon";
  return html`<button type="button" class="button small" data-act=${right} onClick=${() => open({ ...at, part })}>${t(`super-do-${kind}`)}</button>`;
}

function placeOf(at, { site, data }) {
  if (at.kind === "counter") return t("counter-number", { number: data?.counters?.[at.id]?.number ?? at.id });
  if (at.kind === "kiosk") return inLanguage(data?.kiosks?.[at.id]?.name);
  const line = data?.lines?.[at.id];
  return inLanguage(line?.agency) || inLanguage(site.queues.find((one) => one.id === at.id)?.name);
}

/** Fluent selects on words, not on nothing. */
function withNulls(words) {
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, value ?? "none"]));
}
