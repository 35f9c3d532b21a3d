/** The front door of the demonstration: three steps to see the whole hall work, every counter, every slip. */

import { LanguageSwitch } from "/assets/languageSwitch.js";
import { inLanguage, t, useLanguage } from "/assets/texts.js";
import { html, useEffect } from "/assets/vendor.js";
import { Counters } from "/pages/home/counters.js";
import { Shelf } from "/pages/home/shelf.js";

export function Demo({ demo, site }) {
  const language = useLanguage();
  useEffect(() => {
    document.title = t("home-title");
  }, [language]);
  return html`<div class="demo">
    <header class="mast">
      <img src="/assets/icon.svg" alt="" width="40" height="40" />
      <strong>${t("home-name")}</strong>
      <span class="soft">${nameOf(demo, site)}</span>
      <nav><a href="/docs" target="_blank">${t("home-docs")}</a><${LanguageSwitch} /></nav>
    </header>
    <main>
      <h1>${t("home-promise")}</h1>
      <p class="lead">${t("home-what")} ${t("home-this")}</p>
      <ol class="steps">
        <${Step} n="1" id="take" links=${demo.kiosks} />
        <${Step} n="2" id="hear" links=${demo.boards} />
        <${Step} n="3" id="call" links=${[{ id: "counters", url: "#counters", name: null }]} />
      </ol>
      ${demo.supervisor && html`<p class="overview"><a class="button" href=${signInTo(demo.supervisor)} target="_blank" data-link="supervisor">${t("home-supervisor")}</a>
        <span>${t("home-supervisor-how", demo.supervisor)}</span></p>`}
      <${Counters} counters=${demo.counters ?? []} site=${site} />
      <p class="foot soft">${t("home-foot")}</p>
    </main>
    <${Shelf} printers=${demo.printer ?? []} />
  </div>`;
}

function Step({ n, id, links }) {
  return html`<li class="step">
    <span class="number" aria-hidden="true">${n}</span>
    <div>
      <h2>${t(`home-step-${id}`)}</h2>
      <p>${t(`home-step-${id}-how`)}</p>
      <p class="links">${(links ?? []).map((link, at) => {
        const inside = link.url.startsWith("#");
        return html`<a key=${link.id} class=${at ? "also" : "button primary"} href=${link.url} target=${inside ? null : "_blank"}
          data-link=${`${id}-${link.id}`}>${link.name ? inLanguage(link.name) : t("home-choose-counter")}</a>`;
      })}</p>
    </div>
  </li>`;
}

function signInTo({ login }) {
  return `/signin?next=${encodeURIComponent("/supervisor")}&login=${encodeURIComponent(login)}`;
}

function nameOf(demo, site) {
  return inLanguage(site?.name ?? demo.site.name);
}
