/** The front door of an installation that serves several centres: each of them, found by a few letters. */

import { findPlaces } from "/assets/finding.js";
import { LanguageSwitch } from "/assets/languageSwitch.js";
import { inLanguage, t, useLanguage } from "/assets/texts.js";
import { html, useEffect, useState } from "/assets/vendor.js";

const MANY = 12; // more than fit on a screen: then a field to search them

/** `centres`: [{id, name}] as GET /sites gives them. */
export function Centres({ centres }) {
  const language = useLanguage();
  const [wanted, setWanted] = useState("");
  useEffect(() => {
    document.title = t("home-centres");
  }, [language]);
  const inOrder = centres.toSorted((a, b) => inLanguage(a.name).localeCompare(inLanguage(b.name), language));
  const found = findPlaces(inOrder, wanted, ({ name }) => inLanguage(name));
  return html`<main class="entrance centres">
    <header><img src="/assets/icon.svg" alt="" width="48" height="48" /><${LanguageSwitch} /></header>
    <h1>${t("home-centres")}</h1>
    <p>${t("home-entrance")}</p>
    ${centres.length > MANY && html`<label>${t("home-centres-find")}
      <input type="search" autofocus value=${wanted} onInput=${(event) => setWanted(event.target.value)} /></label>`}
    <ul>${found.map(({ id, name }) => html`<li key=${id}><a class="card" href=${`/@${id}/`}>${inLanguage(name)}</a></li>`)}</ul>
    ${found.length === 0 && html`<p role="status">${t("home-centres-none")}</p>`}
  </main>`;
}
