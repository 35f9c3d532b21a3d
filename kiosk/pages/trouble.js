/** No number came: what happened, that nothing was lost, and the one or two things that can be done. */

import { StateMark } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { Chosen } from "./chosen.js";
import { mayHaveSucceeded } from "./flow.js";

export function NoNumber({ flow, act, goHome }) {
  const { title, advice, again } = inWords(flow.problem);
  return html`<div class="no-number" data-code=${flow.problem.code}>
    <${Chosen} flow=${flow} />
    <section role="alert">
      <div class="closed-mark"><${StateMark} state="late" /></div>
      <h2>${title}</h2>
      <p>${advice}</p>
    </section>
    <div class="actions">
      ${again
        ? html`<button type="button" class="button primary" onClick=${() => act({ type: "retry" })}>${t("button-retry")}</button>`
        : html`<button type="button" class="button primary" onClick=${() => act({ type: "otherAgency" })}>${t("kiosk-other-agency")}</button>
            <button type="button" class="button" onClick=${goHome}>${t("button-start-over")}</button>`}
    </div>
  </div>`;
}

function inWords(problem) {
  const again = mayHaveSucceeded(problem);
  if (problem.code === "unreachable") return { title: t("kiosk-stale"), advice: t("kiosk-unreachable-advice"), again };
  if (again) return { title: t("problem-server"), advice: t("kiosk-error-advice", { id: problem.instance || problem.status }), again };
  return { title: problem.detail || problem.title, advice: t("kiosk-refused-advice"), again };
}
