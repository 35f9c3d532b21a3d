/** Sign in with login and password; says calmly what went wrong and goes on to where the person wanted to be. */

import { Api } from "/assets/api.js";
import { LanguageSwitch, startLanguage } from "/assets/languageSwitch.js";
import { StateMark, Turning } from "/assets/marks.js";
import { inLanguage, t, useLanguage } from "/assets/texts.js";
import { html, render, useEffect, useRef, useState } from "/assets/vendor.js";
import { destination } from "/pages/signin/destination.js";

const asked = new URLSearchParams(location.search);
const next = destination(asked.get("next"), location.origin);
const api = new Api();

const go = () => location.replace(next);

function SignIn() {
  const language = useLanguage();
  const site = useSite();
  useEffect(() => {
    document.title = t("signin-title");
  }, [language]);
  return html`<main class="sheet">
    <header><img src="/assets/icon.svg" alt="" width="40" height="40" /><${LanguageSwitch} /></header>
    <div class="heading"><h1>${t("signin-title")}</h1><p class="soft">${site ? inLanguage(site.name) : "\u00a0"}</p></div>
    <${Form} />
    <p class="foot soft">${t("signin-help")}</p>
  </main>`;
}

function Form() {
  const given = asked.get("login") ?? "";
  const [trouble, setTrouble] = useState(null);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const login = useRef(null);
  const password = useRef(null);
  useEffect(() => (given ? password : login).current.focus(), []);

  const send = async (event) => {
    event.preventDefault();
    if (busy) return;
    const empty = [login, password].find((field) => !field.current.value.trim());
    if (empty) {
      setTrouble({ title: "signin-empty", advice: "signin-empty-advice" });
      return empty.current.focus();
    }
    setBusy(true);
    setTrouble(null);
    try {
      await api.post("/session", { login: login.current.value.trim(), password: password.current.value }, { patience: 0 });
      return go();
    } catch (problem) {
      setTrouble(troubleOf(problem));
      setBusy(false);
      return password.current.select();
    }
  };
  return html`<form onSubmit=${send} novalidate aria-busy=${busy ? "true" : null}>
    <div class="field">
      <label for="login">${t("signin-login")}</label>
      <input id="login" name="login" ref=${login} defaultValue=${given} autocomplete="username" autocapitalize="none" spellcheck="false" />
    </div>
    <div class="field">
      <label for="password">${t("signin-password")}</label>
      <div class="secret">
        <input id="password" name="password" ref=${password} type=${shown ? "text" : "password"} autocomplete="current-password"
          autocapitalize="none" spellcheck="false" aria-describedby="trouble" />
        <button type="button" class="button quiet" aria-pressed=${shown} aria-controls="password" onClick=${() => setShown(!shown)}>
          ${t(shown ? "signin-hide" : "signin-show")}
        </button>
      </div>
    </div>
    <div class="trouble" id="trouble" role="alert">
      ${trouble && html`<div class="banner" data-kind="trouble" data-code=${trouble.title}><${StateMark} state="late" />
        <div><strong>${t(trouble.title, trouble.params)}</strong>${t(trouble.advice, trouble.params)}</div></div>`}
    </div>
    <button type="submit" class="button primary" aria-disabled=${busy ? "true" : null}>
      ${busy ? html`<${Turning} />${t("signin-busy")}` : t("signin-do")}
    </button>
  </form>`;
}

/** What to say of a sign-in that failed: the text ids and their figures. */
function troubleOf(problem) {
  if (problem.code === "unreachable") return { title: "problem-unreachable", advice: "signin-away-advice" };
  if (problem.status === 429) {
    const seconds = Number(problem.params?.retry_after ?? problem.params?.seconds ?? 60);
    return { title: "signin-throttled", advice: "signin-throttled-advice", params: { n: Math.max(1, Math.ceil(seconds / 60)) } };
  }
  if (problem.status >= 500) return { title: "problem-server", advice: "problem-server-advice", params: { id: problem.instance ?? "–" } };
  return { title: "signin-wrong", advice: "signin-wrong-advice" };
}

/** The centre's name, where the server tells it to strangers; without it the page works as well. */
function useSite() {
  const [site, setSite] = useState(null);
  useEffect(() => {
    api.get("/site", { patience: 0 }).then(setSite, () => {});
  }, []);
  return site;
}

/** Whoever is signed in already goes on, unless the address names somebody else. */
async function signedInAlready() {
  try {
    const { user } = await api.get("/session", { patience: 0, timeout: 3000 });
    return !asked.get("login") || asked.get("login") === user.login;
  } catch {
    return false;
  }
}

await startLanguage();
if (await signedInAlready()) go();
else render(html`<${SignIn} />`, document.getElementById("app"));
