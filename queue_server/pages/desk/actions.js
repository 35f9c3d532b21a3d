/** The verbs for the person at the counter, each in its fixed place, and the word on what came of the last one. */

import { StateMark } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { whyNot } from "/pages/desk/situation.js";
import { signInAgain } from "/pages/desk/session.js";
import { VerbButton } from "/pages/desk/verbButton.js";

const OTHERS = ["recall", "no_show", "return", "transfer", "cancel"];

export function Actions({ verb, label, spec, problem, word, again, forget, ...common }) {
  return html`<section class="actions" aria-label=${t("desk-actions")}>
    <${Word} status=${common.status} problem=${problem} word=${word} again=${again} forget=${forget} />
    <${Primary} verb=${verb} label=${label} spec=${spec} ...${common} />
    <div class="others">
      ${OTHERS.map((one) => html`<${VerbButton} key=${one} verb=${one} ...${common} />`)}
    </div>
  </section>`;
}

function Primary({ verb, label, spec, ...common }) {
  const { phase, status } = common;
  if (!verb) {
    return html`<p class="primary-none">${t(`desk-why-${status === "live" ? phase : "stale"}`)}</p>`;
  }
  const nobody = verb === "call" && whyNot(verb, phase, status) === "desk-why-empty";
  const words = nobody ? t("desk-nobody") : t(`desk-${verb}.next`, { label, number: spec.number });
  return html`<${VerbButton} key="primary" class="primary" verb=${verb} label=${label} ...${common}>${words}<//>`;
}

/** One fixed place for what must be said: lost connection first, then the last refusal. */
function Word({ status, problem, word, again, forget }) {
  if (status === "stale" || status === "refused") return html`<${Lost} status=${status} problem=${problem} />`;
  if (!word) return html`<div class="word" role="status"></div>`;
  if (word.kind === "nobody") {
    return html`<div class="word" role="status"><div class="banner" data-kind="calm"><div>${t("desk-nobody-came")}</div></div></div>`;
  }
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
