/** The officer's desk, from sign-in to the counter: who is signed in, which counter, then the desk itself. */

import { Api } from "/assets/api.js";
import { setTimeZone } from "/assets/clock.js";
import { startLanguage } from "/assets/languageSwitch.js";
import { openLive } from "/assets/live.js";
import { at } from "/assets/place.js";
import { t, useLanguage } from "/assets/texts.js";
import { html, render, useEffect, useState } from "/assets/vendor.js";
import { Chooser } from "/pages/desk/chooser.js";
import { Desk } from "/pages/desk/desk.js";
import { signInAgain } from "/pages/desk/session.js";
import { ANYWHERE } from "/pages/desk/situation.js";

const RETRY_MS = 3000;
const api = new Api();

/** Session and site; tries for as long as it takes, because a desk is often switched on before the server is. */
async function begin() {
  for (;;) {
    try {
      const session = await api.get("/session", { patience: 0 });
      api.csrf = session.csrf;
      if (session.must_change_password) return signInAgain(); // the door asks for the new one
      const site = await api.get("/site", { patience: 0 });
      return { user: { ...session.user, rights: session.rights ?? session.user.rights }, site };
    } catch (problem) {
      if (problem.status === 401 || problem.status === 403) return signInAgain();
      say("problem-unreachable");
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
}

/** The counters this person may use; those who may act anywhere have all. */
function countersOf(user, site) {
  const own = new Set(user.counters ?? []);
  const anywhere = ANYWHERE.includes(user.role);
  return site.counters.filter((counter) => anywhere || own.has(counter.id));
}

function fromAddress(counters) {
  const asked = new URLSearchParams(location.search).get("counter");
  if (counters.some((counter) => counter.id === asked)) return asked;
  return counters.length === 1 ? counters[0].id : null;
}

function App({ user, site }) {
  useLanguage();
  const counters = countersOf(user, site);
  const [chosen, setChosen] = useState(() => fromAddress(counters));
  useEffect(() => {
    const follow = () => setChosen(fromAddress(counters));
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);
  const choose = (id) => {
    history.pushState(null, "", at(id ? `/desk?counter=${encodeURIComponent(id)}` : "/desk"));
    setChosen(id);
  };
  if (!chosen) return html`<${Chooser} api=${api} user=${user} site=${site} counters=${counters} choose=${choose} />`;
  return html`<${Desk} key=${chosen} api=${api} user=${user} site=${site} id=${chosen}
    leave=${counters.length > 1 ? () => choose(null) : null} />`;
}

function say(id) {
  const note = Object.assign(document.createElement("p"), { className: "starting", textContent: t(id) });
  document.getElementById("app").replaceChildren(note);
}

await startLanguage();
say("connection-connecting");
const began = await begin();
if (began) {
  setTimeZone(began.site.timezone);
  openLive();
  document.getElementById("app").replaceChildren();
  render(html`<${App} ...${began} />`, document.getElementById("app"));
}
