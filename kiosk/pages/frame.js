/** What stays in the same place on every screen: the centre, the language, the question, Back and Start over. */

import { Connection } from "/assets/connection.js";
import { timeOfDay, useNow } from "/assets/clock.js";
import { inLanguage, language, setLanguage, t } from "/assets/texts.js";
import { html, useEffect, useRef } from "/assets/vendor.js";
import { AloneNote } from "./printer.js";
import { isAlone, isCutOff } from "./situation.js";

const STEPS = { agency: 1, queue: 2, service: 2, confirm: 3 };
const LAST_STEP = 3;

/** The frame round a screen; children: the screen. */
export function Frame({ flow, act, hall, link, goHome, inert, children }) {
  const walking = flow.step !== "rest" && flow.step !== "ticket";
  return html`<div class="frame" data-step=${flow.step} inert=${inert}>
    <header class="head">
      <p class="centre">${inLanguage(hall.site?.name)}</p>
      <${LanguageChoice} />
    </header>
    ${walking && html`<${Question} step=${flow.step} trouble=${Boolean(flow.problem)} />`}
    <main class="body">
      ${walking && html`<${Link} kiosk=${hall.kiosk} link=${link} />`}
      ${children}
    </main>
    ${walking && html`<footer class="foot">
      <button class="button" type="button" onClick=${() => act({ type: "back" })} aria-disabled=${flow.taking}>
        <span class="glyph" aria-hidden="true">←</span>${t("button-back")}
      </button>
      <button class="button quiet" type="button" onClick=${goHome} aria-disabled=${flow.taking}>
        ${t("button-start-over")}
      </button>
      <${Clock} />
    </footer>`}
  </div>`;
}

/** How the way to the server stands, where it is not as it should be. */
function Link({ kiosk, link }) {
  if (link.status === "live" && isAlone(kiosk)) return html`<${AloneNote} />`;
  const status = link.status === "live" && isCutOff(kiosk) ? "stale" : link.status;
  return html`<${Connection} ...${link} status=${status} advice=${status === "stale" ? t("kiosk-stale-advice") : null} />`;
}

function LanguageChoice() {
  const now = language();
  return html`<div class="languages" role="group" aria-label=${t("language-choice")}>
    ${["vi", "en"].map((one) => html`<button type="button" class="language" lang=${one} key=${one}
      aria-pressed=${one === now} onClick=${() => setLanguage(one)}>${t(`language-${one}`)}</button>`)}
  </div>`;
}

/** The one question of the screen. It takes the focus, so a reader reads it and Tab leads to the answers. */
function Question({ step, trouble }) {
  const heading = useRef(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [step, trouble]);
  return html`<div class="ask">
    <p class="progress">${t("kiosk-progress", { step: STEPS[step], last: LAST_STEP, what: t(`kiosk-step-${step}`) })}</p>
    <h1 tabindex="-1" ref=${heading}>${t(`kiosk-question-${trouble ? "trouble" : step}`)}</h1>
  </div>`;
}

/** The time in the hall, small, so that nobody has to look for a clock. */
export function Clock() {
  const at = useNow(1000);
  return html`<p class="clock tabular">${timeOfDay(at)}</p>`;
}
