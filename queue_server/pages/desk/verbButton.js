/** A verb as a button: what it does, its key, and where it cannot be done now, why not. */

import { Turning } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { whyNot } from "/pages/desk/situation.js";
import { VERBS } from "/pages/desk/verbs.js";

/**
 * Never `disabled`: it keeps its place and its focus, and says on being asked why it does nothing now.
 * A double click is one click: the second of a pair would meet the next verb in the same place.
 * `desk` is {situation, pending, press}; `more` a second, smaller line, for which the button has room anyway.
 */
export function VerbButton({ verb, desk, label = "", more = null, class: className = "", children = null }) {
  const { situation, pending, press } = desk;
  const why = whyNot(verb, situation);
  const mine = pending?.verb === verb;
  const reason = why ? t(why.id, { label, ...why.args }) : "";
  const words = mine ? t(`desk-${verb}.busy`, { label: pending.label }) : (children ?? t(`desk-${verb}`, { label }));
  const { key } = VERBS[verb];
  return html`<button type="button" class=${`button verb ${className}`} data-verb=${verb} data-busy=${mine || null}
      aria-disabled=${why || pending ? "true" : null} aria-busy=${mine ? "true" : null} title=${reason} aria-keyshortcuts=${key}
      onClick=${(event) => event.detail < 2 && press(verb)}>
    ${mine && html`<${Turning} />`}
    <span class="words">${words}${more && html`<small class="more">${more}</small>`}</span>
    <kbd class="key">${key}</kbd>
  </button>`;
}
