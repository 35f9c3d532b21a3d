/** Every counter of the demonstration with its sign-in: press one, and its officer's login is filled in. */

import { Chip } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html, useState } from "/assets/vendor.js";

export function Counters({ counters, site }) {
  const [only, setOnly] = useState("");
  const queues = new Map((site?.queues ?? []).map((queue) => [queue.id, queue]));
  const shown = only ? counters.filter((counter) => counter.queues.some((queue) => queue.id === only)) : counters;
  const passwords = new Set(counters.map((counter) => counter.password));
  const common = passwords.size === 1 ? [...passwords][0] : null;
  return html`<section class="counters" id="counters" aria-label=${t("home-counters")}>
    <header>
      <h2>${t("home-counters")}</h2>
      <div class="field inline">
        <label for="only">${t("home-counters-of")}</label>
        <select id="only" value=${only} onChange=${(event) => setOnly(event.target.value)}>
          <option value="">${t("home-counters-all")}</option>
          ${[...queues.values()].map((queue) => html`<option key=${queue.id} value=${queue.id}>${queue.prefix} · ${inLanguage(queue.name)}</option>`)}
        </select>
      </div>
    </header>
    <p class="password">${common ? t("home-password", { password: common }) : t("home-passwords")}</p>
    <p class="soft">${t("home-two-desks")}</p>
    <ul>${shown.map((counter) => html`<li key=${counter.id}>
      <a class="card counter" href=${signInTo(counter)} target="_blank" data-counter=${counter.id}>
        <span class="number">${counter.number}</span>
        <span class="chips">${counter.queues.map(({ id, agency }) => html`<span key=${id} title=${inLanguage(agency)}><${Chip} chip=${queues.get(id)?.prefix ?? id} /></span>`)}</span>
        <span class="login tabular">${counter.login}${common ? "" : html` · ${counter.password}`}</span>
      </a>
    </li>`)}</ul>
  </section>`;
}

function signInTo(counter) {
  return `/signin?next=${encodeURIComponent("/desk")}&login=${encodeURIComponent(counter.login)}`;
}
