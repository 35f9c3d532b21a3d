/** Choosing a reason from the site's list: a digit each. For a pause, a cancellation, an outcome, and putting aside. */

import { inLanguage, t } from "/assets/texts.js";
import { html, useState } from "/assets/vendor.js";
import { Dialog, Footer } from "/pages/desk/dialogs.js";
import { isPlain, keyOf } from "/pages/desk/keys.js";

/** The site's reasons of a kind: pause, park, cancel, outcome, summon. @returns {{id: string, name: object}[]} */
export function reasonsOf(site, kind) {
  return site.reasons?.[kind] ?? [];
}

/** A reason in the reader's language; one that the site no longer knows as it was given. */
export function reasonName(site, kind, id) {
  const known = reasonsOf(site, kind).find((one) => one.id === id);
  return known ? inLanguage(known.name) : (id ?? "");
}

/** The list with its digits. `choose(id)`; `hear(event)` for keys that are not digits. */
export function ReasonDialog({ site, kind, title, advice, choose, close, hear = null, children = null, footer = null, focus = true }) {
  const reasons = reasonsOf(site, kind);
  const onKey = (event) => {
    if (!isPlain(event)) return;
    const reason = reasons[Number(keyOf(event)) - 1];
    if (!reason) return void hear?.(event);
    event.preventDefault();
    choose(reason.id);
  };
  return html`<${Dialog} title=${title} close=${close} onKey=${onKey} class=${kind}>
    <p class="soft">${advice}</p>
    ${children}
    <ul class="choices">${reasons.map((reason, at) => html`<li key=${reason.id}>
      <button type="button" class="button choice" autofocus=${focus && at === 0} onClick=${() => choose(reason.id)}>
        <kbd class="key">${at + 1}</kbd><span>${inLanguage(reason.name)}</span>
      </button></li>`)}</ul>
    ${footer ?? html`<${Footer} close=${close} />`}
  <//>`;
}

export function PauseDialog({ site, send, close }) {
  return html`<${ReasonDialog} site=${site} kind="pause" title=${t("desk-pause-title")} advice=${t("desk-pause-advice")}
    choose=${(reason) => send("pause", { reason })} close=${close} />`;
}

export function OutcomeDialog({ label, site, send, close }) {
  return html`<${ReasonDialog} site=${site} kind="outcome" title=${t("desk-outcome-title", { label })} advice=${t("desk-outcome-advice")}
    choose=${(outcome) => send("outcome", { outcome })} close=${close} />`;
}

/** What cannot be taken back: the button that keeps the number has the focus, so that Enter harms nobody. */
export function CancelDialog({ label, site, send, close }) {
  const footer = html`<div class="dialog-buttons">
    <button type="button" class="button" autofocus onClick=${close}>${t("desk-cancel-keep", { label })} <kbd class="key">Esc</kbd></button>
  </div>`;
  return html`<${ReasonDialog} site=${site} kind="cancel" title=${t("desk-cancel-title", { label })} advice=${t("desk-cancel-advice")}
    choose=${(reason) => send("cancel", { reason })} close=${close} footer=${footer} focus=${false} />`;
}

const REMINDERS = [null, 5, 10, 15, 30];
const REMINDER_PLACE = "motcua.desk.reminder";

/** Put aside: the arrows choose when to be reminded (kept for the next time), a digit says why and does it. */
export function ParkDialog({ label, site, send, close }) {
  const [at, setAt] = useState(lastReminder);
  const choose = (reason) => {
    localStorage.setItem(REMINDER_PLACE, String(at));
    send("park", REMINDERS[at] ? { reason, minutes: REMINDERS[at] } : { reason });
  };
  const hear = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    setAt((now) => Math.max(0, Math.min(REMINDERS.length - 1, now + step)));
  };
  return html`<${ReasonDialog} site=${site} kind="park" title=${t("desk-park-title", { label })} advice=${t("desk-park-advice")}
      choose=${choose} close=${close} hear=${hear}>
    <div class="reminders" role="radiogroup" aria-label=${t("desk-park-remind")}>
      <span class="remind-label">${t("desk-park-remind")} <kbd class="key">←</kbd> <kbd class="key">→</kbd></span>
      ${REMINDERS.map((minutes, index) => html`<button type="button" role="radio" key=${index} class="button reminder"
          aria-checked=${index === at} tabindex=${index === at ? 0 : -1} onClick=${() => setAt(index)}>
        ${minutes ? t("desk-park-minutes", { n: minutes }) : t("desk-park-never")}</button>`)}
    </div>
  <//>`;
}

function lastReminder() {
  const kept = Number(localStorage.getItem(REMINDER_PLACE) ?? 2);
  return REMINDERS[kept] === undefined ? 2 : kept;
}
