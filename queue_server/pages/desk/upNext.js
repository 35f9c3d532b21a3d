/** The right of the desk: who is next and why, and the three after. */

import { timeOfDay, useNow } from "/assets/clock.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";

export function UpNext({ next, known, site }) {
  return html`<section class="up-next" aria-label=${t("desk-next")}>
    <h2>${t("desk-next")}</h2>
    ${next ? html`<${Candidate} next=${next} site=${site} />` : html`<p class="none soft">${known ? t("desk-next-nobody") : ""}</p>`}
  </section>`;
}

function Candidate({ next, site }) {
  const minutes = Math.max(0, Math.floor((useNow(1000) - Date.parse(next.waiting_since)) / 60_000));
  return html`
    <p class="number label" data-long=${next.label.length > 4 || null}>${next.label}</p>
    <p class="class-row">${next.class_name ? html`<span class="class-name">${inLanguage(next.class_name)}</span>`
      : html`<span class="soft">${inLanguage(site.classes.find((one) => one.id === next.class)?.name)}</span>`}</p>
    <p class="waited">${t("desk-next-since", { time: timeOfDay(next.waiting_since), n: minutes })}</p>
    <div class="why"><h3>${t("desk-next-why")}</h3><p>${inLanguage(next.reason?.words)}</p></div>
    <div class="then"><h3>${t("desk-next-then")}</h3>
      ${next.then?.length ? html`<ol>${next.then.map((label) => html`<li class="number" key=${label}>${label}</li>`)}</ol>`
        : html`<p class="soft">${t("desk-next-then-nobody")}</p>`}
    </div>`;
}
