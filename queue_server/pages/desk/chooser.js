/** Which counter does this officer sit at today? One press each, with who is there already. */

import { LanguageSwitch } from "/assets/languageSwitch.js";
import { State } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html, useEffect, useState } from "/assets/vendor.js";
import { signOut } from "/pages/desk/session.js";

const LOOK_AT_MOST = 12; // more counters than this belong to supervisors, who know the hall

export function Chooser({ api, user, site, counters, choose }) {
  const states = useStates(api, counters);
  return html`<main class="chooser">
    <header>
      <p class="soft">${inLanguage(site.name)}</p>
      <div><${LanguageSwitch} /><button type="button" class="button quiet" onClick=${() => signOut(api)}>${t("desk-sign_out")}</button></div>
    </header>
    <h1>${counters.length ? t("desk-choose", { name: user.name }) : t("desk-no-counter")}</h1>
    ${!counters.length && html`<p>${t("desk-no-counter-advice", { login: user.login })}</p>`}
    <ul class="counters">
      ${counters.map((counter, at) => html`<li key=${counter.id}>
        <button type="button" class="card counter-card" autofocus=${at === 0} onClick=${() => choose(counter.id)}>
          <span class="number">${counter.number}</span>
          <span>
            <strong>${t("counter-number", { number: counter.number })}</strong>
            <span class="soft">${areaOf(site, counter)}</span>
          </span>
          ${states[counter.id] && html`<${Occupation} row=${states[counter.id]} user=${user} />`}
        </button>
      </li>`)}
    </ul>
  </main>`;
}

function Occupation({ row, user }) {
  if (row.state === "closed") return html`<${State} state="closed">${t("counter-closed")}<//>`;
  const mine = row.officer?.id === user.id;
  return html`<${State} state=${row.state}>${mine ? t("desk-yours") : t(`counter-${row.state}`)}<//>`;
}

export function areaOf(site, counter) {
  return inLanguage(site.areas.find((area) => area.id === counter.area)?.name);
}

function useStates(api, counters) {
  const [states, setStates] = useState({});
  useEffect(() => {
    if (counters.length > LOOK_AT_MOST) return;
    for (const { id } of counters) {
      api.get(`/counters/${id}`, { patience: 0 }).then(
        (answer) => setStates((known) => ({ ...known, [id]: answer.counter?._ ?? answer })),
        () => {}, // without its state a counter can still be chosen
      );
    }
  }, []);
  return states;
}
