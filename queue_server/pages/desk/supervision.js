/** Between this counter and whoever looks after the hall: their request, and the officer's cry for help. */

import { timeOfDay } from "/assets/clock.js";
import { t } from "/assets/texts.js";
import { html, useEffect, useRef } from "/assets/vendor.js";
import { reasonName } from "/pages/desk/reasons.js";
import { playSummons } from "/pages/desk/tone.js";
import { VerbButton } from "/pages/desk/verbButton.js";

/** At the foot of the right side: its place is kept, the request stands above the button. */
export function Supervision({ counter, site, desk }) {
  const { summons, help_asked_at: asked } = counter ?? {};
  return html`<section class="supervision" aria-label=${t("desk-supervisor")}>
    <div role="alert">${summons && html`<div class="summons">
      <p><strong>${t("desk-summons", { time: timeOfDay(summons.at) })}</strong> ${reasonName(site, "summon", summons.reason)}</p>
      <${VerbButton} verb="answer" desk=${desk} />
    </div>`}</div>
    ${asked
      ? html`<${VerbButton} key="help" verb="no_help" desk=${desk} class="asked" more=${t("desk-help-asked", { time: timeOfDay(asked) })} />`
      : html`<${VerbButton} key="help" verb="ask_help" desk=${desk} />`}
  </section>`;
}

/** A sound for each new request; none for one that stood when the page came up. */
export function useSummons(summons, on, known) {
  const heard = useRef(undefined);
  const at = summons?.at ?? null;
  useEffect(() => {
    if (!known) return;
    if (on && heard.current !== undefined && at && at !== heard.current) playSummons();
    heard.current = at;
  }, [at, on, known]);
}
