/** What both steps of the page are made of: a password that can be looked at, trouble in words, the one button. */

import { StateMark, Turning } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";

/**
 * A password's field. `error`: what is wrong with it, said below it and tied to it; `about`: ids of other words
 * that describe it. `shown` and `flip` belong to all the fields of one form: they are looked at together.
 */
export function Secret({ id, label, refer, autocomplete, error, invalid, about, shown, flip }) {
  const described = [error && `${id}-error`, about].filter(Boolean).join(" ");
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <div class="secret">
      <input id=${id} name=${id} ref=${refer} type=${shown ? "text" : "password"} autocomplete=${autocomplete} autocapitalize="none"
        spellcheck="false" maxlength="200" aria-invalid=${error || invalid ? "true" : null} aria-describedby=${described || null} />
      ${flip && html`<button type="button" class="button quiet" aria-pressed=${shown} aria-controls=${id} onClick=${flip}>
        ${t(shown ? "signin-hide" : "signin-show")}
      </button>`}
    </div>
    ${error && html`<p class="error" id=${`${id}-error`}><${StateMark} state="late" />${error}</p>`}
  </div>`;
}

/** What went wrong, where it is no one field's fault; read out at once. The place is kept free: nothing jumps. */
export function Trouble({ trouble }) {
  return html`<div class="trouble" id="trouble" role="alert">
    ${trouble && html`<div class="banner" data-kind=${trouble.kind ?? "trouble"} data-code=${trouble.title}>
      <${StateMark} state=${trouble.kind === "notice" ? "paused" : "late"} />
      <div><strong>${t(trouble.title, trouble.params)}</strong>${t(trouble.advice, trouble.params)}</div>
    </div>`}
  </div>`;
}

export function Send({ busy, text, busyText }) {
  return html`<button type="submit" class="button primary" aria-disabled=${busy ? "true" : null}>
    ${busy ? html`<${Turning} />${busyText}` : text}
  </button>`;
}
