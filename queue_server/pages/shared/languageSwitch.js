/** The language of a page that a person keeps: remembered on this browser, switched with one button. */

import { language, loadTexts, setLanguage, t, useLanguage } from "/assets/texts.js";
import { html } from "/assets/vendor.js";

const PLACE = "motcua.language";
const KNOWN = ["vi", "en"];

/** Load the texts and set the language last chosen here, else `given`, else Vietnamese. */
export async function startLanguage(given = null) {
  await loadTexts(KNOWN);
  const kept = localStorage.getItem(PLACE);
  setLanguage([kept, given].find((one) => KNOWN.includes(one)) ?? "vi");
}

/** Names the language one would switch to, in that language. */
export function LanguageSwitch({ class: className = "" }) {
  useLanguage();
  const other = language() === "vi" ? "en" : "vi";
  const choose = () => {
    localStorage.setItem(PLACE, other);
    setLanguage(other);
  };
  return html`<button type="button" class=${`button quiet language ${className}`} lang=${other} onClick=${choose}>
    ${t(`language-${other}`)}
  </button>`;
}
