/** A verb as a button: what it does, its key, and where it cannot be done now, why not. */

import { Turning } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { KEYS, whyNot } from "/pages/desk/situation.js";

/**
 * Never `disabled`: it keeps its place and its focus, and says on being asked why it does nothing now.
 * A double click is one click: the second of a pair would meet the next verb in the same place.
 */
export function VerbButton({ verb, phase, status, pending, press, label = "", class: className = "", children = null }) {
  const why = whyNot(verb, phase, status);
  const mine = pending?.verb === verb;
  const off = Boolean(why || pending);
  const reason = why ? t(why, { label }) : "";
  const words = mine ? t(`desk-${verb}.busy`, { label: pending.label }) : (children ?? t(`desk-${verb}`, { label }));
  return html`<button type="button" class=${`button verb ${className}`} data-verb=${verb} data-busy=${mine || null}
      aria-disabled=${off ? "true" : null} aria-busy=${mine ? "true" : null} title=${reason} aria-keyshortcuts=${KEYS[verb]}
      onClick=${(event) => event.detail < 2 && press(verb)}>
    ${mine && html`<${Turning} />`}<span class="words">${words}</span><kbd class="key">${KEYS[verb]}</kbd>
  </button>`;
}
