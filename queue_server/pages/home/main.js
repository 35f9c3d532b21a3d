/** The front door: of a demonstration, of a working centre with nothing but the way in, or of several centres. */

import { Api } from "/assets/api.js";
import { startLanguage } from "/assets/languageSwitch.js";
import { html, render } from "/assets/vendor.js";
import { Centres } from "/pages/home/centres.js";
import { Demo } from "/pages/home/demo.js";
import { Entrance } from "/pages/home/entrance.js";

const api = new Api();

/** What the demonstration offers, or null where this is no demonstration. */
async function demoOf() {
  const answer = await fetch("/demo.json", { cache: "no-store" });
  return answer.ok ? answer.json() : null;
}

async function orNull(promise) {
  try {
    return await promise;
  } catch {
    return null; // the page still shows the way in
  }
}

const [, demo, site] = await Promise.all([
  startLanguage(), orNull(demoOf()), orNull(api.get("/site", { patience: 1 })),
]);
const centres = site ? null : await orNull(api.get("/sites", { patience: 1 }));

function page() {
  if (demo) return html`<${Demo} demo=${demo} site=${site} />`;
  return centres ? html`<${Centres} centres=${centres.sites} />` : html`<${Entrance} site=${site} />`;
}
render(page(), document.getElementById("app"));
