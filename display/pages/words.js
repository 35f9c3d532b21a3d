/** Words in the board's two languages: the first large, the second beside or below it, small. */

import { inLanguage, textIn } from "/assets/texts.js";
import { createContext, html, useContext } from "/assets/vendor.js";

/** The board's languages, in order: ["vi", "en"]. */
export const Languages = createContext(["vi"]);

/** A text of the Fluent files, in both languages. */
export function Both({ id, args }) {
  const languages = useContext(Languages);
  return html`<${Pair} said=${languages.map((language) => textIn(language, id, args))} />`;
}

/** A text object ({vi, en}) of the centre, in both languages. */
export function BothOf({ text }) {
  const languages = useContext(Languages);
  return html`<${Pair} said=${languages.map((language) => inLanguage(text, language))} />`;
}

/** The same thing said in each of the board's languages; a second that says nothing else is left out. */
export function Pair({ said }) {
  const languages = useContext(Languages);
  const [first, second] = said;
  return html`<span class="both">
    <span lang=${languages[0]}>${first}</span>
    ${second && second !== first && html`<span class="other" lang=${languages[1]}>${second}</span>`}
  </span>`;
}
