/** All keys on one sheet: first what can be done now, then the rest with the reason why not. */

import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { Dialog, Footer } from "/pages/desk/dialogs.js";
import { whyNot } from "/pages/desk/situation.js";
import { HELP_KEY, VERBS } from "/pages/desk/verbs.js";

export function HelpDialog({ desk, parked, close }) {
  const verbs = Object.keys(VERBS).filter((verb) => VERBS[verb].key).map((verb) => ({ verb, why: whyNot(verb, desk.situation) }));
  const later = verbs.filter(({ why }) => why && !["desk-why-right", "desk-why-not-asked"].includes(why.id));
  const now = verbs.filter(({ why }) => !why);
  const digits = parked.length ? [{ key: parked.length > 1 ? `1–${Math.min(9, parked.length)}` : "1", words: t("desk-help-digits") }] : [];
  return html`<${Dialog} title=${t("desk-help-title")} close=${close} class="help">
    <h3>${t("desk-help-now")}</h3>
    <ul class="keys now">
      ${now.map(({ verb }) => html`<li key=${verb}><kbd class="key">${VERBS[verb].key}</kbd><span>${nameOf(verb)}</span></li>`)}
      ${digits.map(({ key, words }) => html`<li key=${key}><kbd class="key">${key}</kbd><span>${words}</span></li>`)}
      <li><kbd class="key">${HELP_KEY}</kbd><span>${t("desk-help")}</span></li>
    </ul>
    <h3>${t("desk-help-later")}</h3>
    <ul class="keys later">${later.map(({ verb, why }) => html`<li key=${verb}>
      <kbd class="key">${VERBS[verb].key}</kbd><span>${nameOf(verb)}<small class="soft">${t(why.id, why.args)}</small></span></li>`)}</ul>
    <${Footer} close=${close} />
  <//>`;
}

function nameOf(verb) {
  return t(`desk-${verb}`);
}
