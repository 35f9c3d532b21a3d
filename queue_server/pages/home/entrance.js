/** The front door of a working centre: its name and the way in for those who work there. */

import { LanguageSwitch } from "/assets/languageSwitch.js";
import { at } from "/assets/place.js";
import { inLanguage, t, useLanguage } from "/assets/texts.js";
import { html, useEffect } from "/assets/vendor.js";

export function Entrance({ site }) {
  const language = useLanguage();
  const name = site ? inLanguage(site.name) : t("home-name");
  useEffect(() => {
    document.title = name;
  }, [language]);
  return html`<main class="entrance">
    <header><img src="/assets/icon.svg" alt="" width="48" height="48" /><${LanguageSwitch} /></header>
    <h1>${name}</h1>
    <p>${t("home-entrance")}</p>
    <div class="ways">
      <a class="button primary" href=${at("/desk")}>${t("home-sign-in")}</a>
      <a class="button" href=${at("/supervisor")}>${t("home-supervisor-enter")}</a>
      <a class="button quiet" href="/docs">${t("home-docs")}</a>
    </div>
  </main>`;
}
