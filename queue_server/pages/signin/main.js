/** The door: sign in, choose a password of one's own where that is due, and go on to where one wanted to be. */

import { Api } from "/assets/api.js";
import { LanguageSwitch, startLanguage } from "/assets/languageSwitch.js";
import { at } from "/assets/place.js";
import { inLanguage, t, useLanguage } from "/assets/texts.js";
import { html, render, useEffect, useState } from "/assets/vendor.js";
import { destination } from "/pages/signin/destination.js";
import { NewPassword } from "/pages/signin/newPassword.js";
import { SignIn } from "/pages/signin/signIn.js";
import { ENDED } from "/pages/signin/trouble.js";

const asked = new URLSearchParams(location.search);
const WISHES = asked.has("password"); // /signin?password: somebody signed in wants another password
const api = new Api();

const go = (user) => location.replace(destination(asked.get("next"), location.origin, user.role, at("")));

/** `begin`: {session} of whoever is signed in already and must or wishes to change the password, or {notice}. */
function Door({ begin }) {
  const language = useLanguage();
  const site = useSite();
  const [step, setStep] = useState(begin);
  const { session, current = null, notice = null } = step;
  const first = Boolean(session?.must_change_password);
  const title = session ? t(first ? "new-title-first" : "new-title") : t("signin-title");
  useEffect(() => {
    document.title = title;
  }, [language, title]);

  const entered = (found, password) => {
    if (!found.must_change_password && !WISHES) return go(found.user);
    api.csrf = found.csrf;
    return setStep({ session: found, current: password });
  };
  const leave = async () => {
    if (!first) return go(session.user);
    try {
      await api.delete("/session", { patience: 0 });
    } catch {
      // The session ends by itself; whoever signs in next takes its place.
    }
    return setStep({});
  };
  return html`<main class="sheet">
    <header><img src="/assets/icon.svg" alt="" width="40" height="40" /><${LanguageSwitch} /></header>
    <div class="heading"><h1>${title}</h1>
      <p class="soft">${session ? t(first ? "new-why-first" : "new-why", { login: session.user.login }) : site ? inLanguage(site.name) : "\u00a0"}</p>
    </div>
    ${session
      ? html`<${NewPassword} key="password" api=${api} user=${session.user} first=${first} current=${current}
          done=${() => go(session.user)} over=${(trouble) => setStep({ notice: trouble })} leave=${leave} />`
      : html`<${SignIn} key="sign-in" api=${api} given=${asked.get("login") ?? ""} notice=${notice} done=${entered} />
        <p class="foot soft">${t("signin-help")}</p>`}
  </main>`;
}

/** The centre's name, where the server tells it to strangers; without it the page works as well. */
function useSite() {
  const [site, setSite] = useState(null);
  useEffect(() => {
    api.get("/site", { patience: 0 }).then(setSite, () => {});
  }, []);
  return site;
}

/** Where to begin: whoever is signed in already goes on (null), unless the address names somebody else. */
async function whereToBegin() {
  let session;
  try {
    session = await api.get("/session", { patience: 0, timeout: 3000 });
  } catch (problem) {
    return problem.code === "session_ended" ? { notice: ENDED } : {};
  }
  if (asked.get("login") && asked.get("login") !== session.user.login) return {};
  if (!session.must_change_password && !WISHES) return go(session.user) ?? null;
  api.csrf = session.csrf;
  return { session };
}

await startLanguage();
const begin = await whereToBegin();
if (begin) render(html`<${Door} begin=${begin} />`, document.getElementById("app"));
