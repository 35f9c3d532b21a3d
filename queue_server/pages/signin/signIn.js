/** The first step: login and password, and what went wrong with them said calmly. */

import { t } from "/assets/texts.js";
import { html, useEffect, useRef, useState } from "/assets/vendor.js";
import { Secret, Send, Trouble } from "/pages/signin/fields.js";
import { troubleOf } from "/pages/signin/trouble.js";

/** `done(session, password)` once the server let them in; `notice`: why they are here again. */
export function SignIn({ api, given, notice, done }) {
  const [trouble, setTrouble] = useState(notice);
  const [wrong, setWrong] = useState(null); // the field at fault: "login", "password" or "both"
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const login = useRef(null);
  const password = useRef(null);
  useEffect(() => (given ? password : login).current.focus(), []);

  const refuse = (what, field, at) => {
    setTrouble(what);
    setWrong(field);
    at.current.focus();
    if (at === password) at.current.select();
  };
  const send = async (event) => {
    event.preventDefault();
    if (busy) return undefined;
    for (const [name, field] of [["login", login], ["password", password]]) {
      if (!field.current.value.trim()) return refuse({ title: "signin-empty", advice: "signin-empty-advice" }, name, field);
    }
    setBusy(true);
    setTrouble(null);
    setWrong(null);
    const body = { login: login.current.value.trim(), password: password.current.value };
    try {
      return done(await api.post("/session", body, { patience: 0 }), body.password);
    } catch (problem) {
      setBusy(false);
      return refuse(troubleOf(problem), problem.code === "bad_credentials" ? "both" : null, password);
    }
  };
  const isWrong = (name) => wrong === name || wrong === "both";
  return html`<form onSubmit=${send} novalidate aria-busy=${busy ? "true" : null}>
    <div class="field">
      <label for="login">${t("signin-login")}</label>
      <input id="login" name="login" ref=${login} defaultValue=${given} autocomplete="username" autocapitalize="none" spellcheck="false"
        maxlength="200" aria-invalid=${isWrong("login") ? "true" : null} aria-describedby=${isWrong("login") ? "trouble" : null} />
    </div>
    <${Secret} id="password" label=${t("signin-password")} refer=${password} autocomplete="current-password"
      about=${isWrong("password") ? "trouble" : null} invalid=${isWrong("password")} shown=${shown} flip=${() => setShown(!shown)} />
    <${Trouble} trouble=${trouble} />
    <${Send} busy=${busy} text=${t("signin-do")} busyText=${t("signin-busy")} />
  </form>`;
}
