/** What came of the last act: done, refused and why, or not known; always in the same place. */

import { StateMark, Turning } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { signInAgain } from "/pages/supervisor/session.js";

export function Word({ acts }) {
  const { pending, word } = acts;
  if (pending) return html`<div class="word" role="status"><span class="said"><${Turning} />${t("super-busy")}</span></div>`;
  if (!word) return html`<div class="word" role="status"></div>`;
  if (word.kind === "done") {
    return html`<div class="word" role="status" data-kind="done" data-done=${word.act.id}>
      <span class="said"><${StateMark} state="done" />${t(`super-done-${word.act.id}`, word.act.words)}</span><${Forget} acts=${acts} />
    </div>`;
  }
  const ended = word.problem.status === 401;
  return html`<div class="word" role="alert" data-kind=${word.kind} data-code=${word.problem.code}>
    <span class="said"><${StateMark} state="late" /><span><strong>${titleOf(word, ended)}</strong> ${adviceOf(word, ended)}</span></span>
    ${word.kind === "unknown" && html`<button type="button" class="button small" onClick=${acts.again}>${t("button-retry")}</button>`}
    ${ended && html`<button type="button" class="button small" onClick=${signInAgain}>${t("super-sign-in")}</button>`}
    <${Forget} acts=${acts} />
  </div>`;
}

function Forget({ acts }) {
  return html`<button type="button" class="button quiet small" onClick=${acts.forget}>${t("super-understood")}</button>`;
}

function titleOf(word, ended) {
  if (ended) return t("super-session-ended");
  return t(word.kind === "unknown" ? "super-unknown" : "super-refused");
}

function adviceOf({ kind, problem }, ended) {
  if (ended) return t("super-session-ended-advice");
  if (kind === "unknown") return t("super-unknown-advice");
  if (problem.status >= 500) return t("problem-server-advice", { id: problem.instance ?? "–" });
  return problem.detail || problem.title;
}
