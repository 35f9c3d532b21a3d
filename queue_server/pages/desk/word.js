/** One fixed place for what must be said: lost connection first, then what came of the last verb. */

import { StateMark } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { signInAgain } from "/pages/desk/session.js";

export function Word({ status, problem, word, again, forget, site }) {
  if (status === "stale" || status === "refused") return html`<${Lost} status=${status} problem=${problem} />`;
  if (!word) return html`<div class="word" role="status"></div>`;
  if (word.kind === "nobody") return html`<${Calm} said=${t("desk-nobody-came")} />`;
  if (word.kind === "copied") return html`<${Calm} said=${copied(word, site)} />`;
  if (word.kind === "why") return html`<${Calm} said=${t("desk-why", { verb: t(`desk-${word.verb}`), why: t(word.why.id, word.why.args) })} />`;
  if (word.kind === "onward") return html`<${Onward} word=${word} site=${site} forget=${forget} />`;
  const ended = word.problem.status === 401;
  const unknown = word.kind === "unknown";
  return html`<div class="word" role="alert"><div class="banner" data-kind=${unknown ? "trouble" : "notice"} data-code=${word.problem.code}>
    <${StateMark} state=${unknown ? "late" : "called"} />
    <div class="said"><strong>${titleOf(word, unknown, ended)}</strong> ${adviceOf(word, unknown, ended)}</div>
    ${unknown && html`<button type="button" class="button" onClick=${again}>${t("button-retry")}</button>`}
    ${ended && html`<button type="button" class="button" onClick=${signInAgain}>${t("desk-sign-in")}</button>`}
    ${!unknown && !ended && html`<button type="button" class="button quiet" onClick=${forget}>${t("desk-understood")}</button>`}
  </div></div>`;
}

function copied({ label, kiosk }, site) {
  const place = inLanguage(site.kiosks?.find((one) => one.id === kiosk)?.name);
  return place ? t("desk-copied", { label, place }) : t("desk-copied-somewhere", { label });
}

function Calm({ said }) {
  return html`<div class="word" role="status"><div class="banner" data-kind="calm"><div>${said}</div></div></div>`;
}

/** Where to send the person who has just finished here: said to them by the officer. */
function Onward({ word, site, forget }) {
  const queue = site.queues.find((one) => one.id === word.ticket.queue);
  const counters = site.counters.filter((one) => (word.ticket.counters ?? queue?.counters ?? []).includes(one.id));
  const areas = (queue?.areas ?? []).map((id) => inLanguage(site.areas.find((one) => one.id === id)?.name)).filter(Boolean);
  const where = [areas.join(", "), counters.length && t("desk-onward-counters", { numbers: counters.map((one) => one.number).join(", ") })];
  const place = where.filter(Boolean).join("; ");
  return html`<div class="word" role="status"><div class="banner" data-kind="good">
    <${StateMark} state="finished" />
    <div class="said"><strong>${t("desk-onward", { label: word.label, place: inLanguage(queue?.name) })}</strong>${place && `: ${place}`}</div>
    <button type="button" class="button quiet" onClick=${forget}>${t("desk-understood")}</button>
  </div></div>`;
}

function titleOf(word, unknown, ended) {
  if (ended) return t("desk-session-ended");
  if (unknown) return t("desk-unknown", { verb: t(`desk-${word.verb}`), label: word.label });
  return t("desk-refused", { verb: t(`desk-${word.verb}`), label: word.label });
}

function adviceOf(word, unknown, ended) {
  if (ended) return t("desk-session-ended-advice");
  if (unknown) return t("desk-unknown-advice");
  const { problem } = word;
  if (problem.status >= 500) return t("problem-server-advice", { id: problem.instance ?? "–" });
  return problem.detail || problem.title;
}

function Lost({ status, problem }) {
  const refused = status === "refused";
  return html`<div class="word" role="alert"><div class="banner" data-kind="trouble" data-status=${status}>
    <${StateMark} state="late" />
    <div class="said"><strong>${refused ? t("connection-refused") : t("connection-stale")}.</strong>
      ${" "}${refused ? problem?.detail || t("connection-refused-advice") : t("desk-stale-advice")}</div>
    ${refused && problem?.status === 401
      && html`<button type="button" class="button" onClick=${signInAgain}>${t("desk-sign-in")}</button>`}
  </div></div>`;
}
