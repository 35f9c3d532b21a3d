/** The last question: priority or not. Either answer takes the number, so the common way costs no extra touch. */

import { StateMark, Turning } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { Chosen } from "./chosen.js";
import { PrinterNote } from "./printer.js";
import { takeNumber } from "./taking.js";
import { NoNumber } from "./trouble.js";
import { waitInWords } from "./wait.js";

export function ConfirmScreen(props) {
  const { flow, act, hall } = props;
  const [ordinary, ...priorities] = hall.site.classes;
  if (flow.problem) return html`<${NoNumber} ...${props} />`;
  return html`<div class="confirm" aria-busy=${flow.taking}>
    <${Chosen} flow=${flow}><${Line} line=${hall.lines[flow.queue.id]} /><//>
    <${PrinterNote} state=${hall.kiosk?.printer} />
    <button type="button" class="button primary take" data-class=${ordinary.id} aria-disabled=${flow.taking}
      onClick=${() => takeNumber(act, ordinary.id)}>
      ${flow.taking && flow.intention.class === ordinary.id && html`<${Turning} />`}
      ${flow.taking ? t("kiosk-taking") : t("kiosk-take")}
    </button>
    ${priorities.length > 0 && html`<section class="priorities" aria-labelledby="priorities">
      <h2 id="priorities">${t("kiosk-priorities")}</h2>
      <ul>
        ${priorities.map((one) => html`<li key=${one.id}>
          <button type="button" class="choice priority" data-class=${one.id} aria-disabled=${flow.taking}
            onClick=${() => takeNumber(act, one.id)}>
            ${flow.taking && flow.intention.class === one.id && html`<${Turning} />`}
            <span class="choice-words">
              <span class="choice-name">${inLanguage(one.name)}</span>
              <span class="choice-about">${inLanguage(one.about)}</span>
            </span>
          </button>
        </li>`)}
      </ul>
      <p class="soft">${t("kiosk-priorities-proof")}</p>
    </section>`}
    <p class="visually-hidden" role="status">${flow.taking ? t("kiosk-taking") : ""}</p>
  </div>`;
}

/** How the line stands now, before a number is taken. */
function Line({ line }) {
  if (!line) return null;
  if (line.waiting == null) return html`<p class="line"><span>${t("kiosk-line-unknown")}</span></p>`;
  return html`<p class="line">
    <span class="state" data-state="waiting"><${StateMark} state="waiting" />${t("kiosk-line-waiting", { n: line.waiting })}</span>
    <span>${line.open === 0 ? t("kiosk-line-no-counter") : t("kiosk-line-wait", { wait: waitInWords(line.low, line.high) })}</span>
  </p>`;
}
