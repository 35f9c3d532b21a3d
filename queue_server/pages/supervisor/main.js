/** The supervisor's page from sign-in on: who looks, at which centre, with which rights; then the hall itself. */

import { Api } from "/assets/api.js";
import { setTimeZone } from "/assets/clock.js";
import { startLanguage } from "/assets/languageSwitch.js";
import { openLive } from "/assets/live.js";
import { t } from "/assets/texts.js";
import { html, render } from "/assets/vendor.js";
import { Supervisor } from "/pages/supervisor/supervisor.js";
import { signInAgain } from "/pages/supervisor/session.js";

const RETRY_MS = 3000;
const api = new Api();

/** Session and site; tries for as long as it takes: a wall is often switched on before the server is. */
async function begin() {
  for (;;) {
    try {
      const session = await api.get("/session", { patience: 0 });
      api.csrf = session.csrf;
      if (session.must_change_password) return signInAgain(); // the door asks for the new one
      if (session.must_change_password) return signInAgain(); // the door asks for the new one
      const site = await api.get("/site", { patience: 0 });
      return { user: session.user, rights: new Set(session.rights ?? []), site };
    } catch (problem) {
      if (problem.status === 401 || problem.status === 403) return signInAgain();
      say("problem-unreachable");
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
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
  render(html`<${Supervisor} api=${api} ...${began} />`, document.getElementById("app"));
}
