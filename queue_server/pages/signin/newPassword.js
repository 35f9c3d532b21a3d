/** The second step: a password of one's own, asked for before the first work, or whenever somebody wishes. */

import { t } from "/assets/texts.js";
import { html, useEffect, useRef, useState } from "/assets/vendor.js";
import { Secret, Send, Trouble } from "/pages/signin/fields.js";
import { troubleOf } from "/pages/signin/trouble.js";

const LEAST = 10;
/** Which field each refusal belongs to, and what it says there. */
const REASONS = { too_short: "new-too-short", login: "new-is-login", same: "new-is-old", common: "new-common" };

/**
 * `current`: the password they just signed in with; null where they must type it again. `done()` once it is
 * changed, `over(trouble)` where the session ended meanwhile, `leave()` for another way out.
 */
export function NewPassword({ api, user, first, current, done, over, leave }) {
  const [trouble, setTrouble] = useState(null);
  const [errors, setErrors] = useState({});
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const fields = { current: useRef(null), next: useRef(null), again: useRef(null) };
  const asksCurrent = current === null;
  useEffect(() => fields[asksCurrent ? "current" : "next"].current.focus(), []);

  const refuse = (found) => {
    setErrors(found);
    const at = ["current", "next", "again"].find((name) => found[name]);
    if (at) fields[at].current.focus();
  };
  const send = async (event) => {
    event.preventDefault();
    if (busy) return undefined;
    const old = asksCurrent ? fields.current.current.value : current;
    const [next, again] = [fields.next.current.value, fields.again.current.value];
    setTrouble(null);
    const found = mistakes(old, next, again);
    if (Object.keys(found).length) return refuse(found);
    setErrors({});
    setBusy(true);
    try {
      return done(await api.post("/session/password", { current: old, new: next }, { patience: 0 }));
    } catch (problem) {
      setBusy(false);
      if (problem.status === 401) return over(troubleOf(problem));
      if (problem.code === "weak_password") return refuse({ next: { text: REASONS[problem.params.reason] ?? "new-common" } });
      if (problem.code === "wrong_password" && asksCurrent) {
        return refuse({ current: { text: "new-current-wrong", params: { n: problem.params.left } } });
      }
      return setTrouble(troubleOf(problem));
    }
  };
  const said = (name) => errors[name] && t(errors[name].text, errors[name].params);
  const flip = () => setShown(!shown);
  return html`<form onSubmit=${send} novalidate aria-busy=${busy ? "true" : null} data-step="password">
    <input class="visually-hidden" type="text" name="username" autocomplete="username" value=${user.login} readonly tabindex="-1" aria-hidden="true" />
    ${asksCurrent && html`<${Secret} id="current" label=${t("new-current")} refer=${fields.current} autocomplete="current-password"
      error=${said("current")} shown=${shown} flip=${flip} />`}
    <div class="rules" id="rules"><p>${t("new-rule", { n: LEAST })}</p><p class="soft">${t("new-rule-not")}</p></div>
    <${Secret} id="next" label=${t("new-next")} refer=${fields.next} autocomplete="new-password" error=${said("next")} about="rules"
      shown=${shown} flip=${flip} />
    <${Secret} id="again" label=${t("new-again")} refer=${fields.again} autocomplete="new-password" error=${said("again")} shown=${shown} />
    <${Trouble} trouble=${trouble} />
    <${Send} busy=${busy} text=${t("new-do")} busyText=${t("new-busy")} />
    <button type="button" class="button quiet" onClick=${leave}>${t(first ? "new-leave" : "button-back")}</button>
  </form>`;
}

/** What can be told without asking the server. */
function mistakes(old, next, again) {
  const found = {};
  if (!old) found.current = { text: "new-current-empty" };
  if ([...next.normalize("NFC")].length < LEAST) found.next = { text: "new-too-short", params: { n: LEAST } };
  else if (next === old) found.next = { text: "new-is-old" };
  else if (next !== again) found.again = { text: "new-differs" };
  return found;
}
