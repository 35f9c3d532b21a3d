/** Leaving the desk: to the sign-in page and back, or for good. */

import { at } from "/assets/place.js";
import { t } from "/assets/texts.js";
import { html, useState } from "/assets/vendor.js";
import { ChoiceDialog } from "/pages/desk/dialogs.js";
import { VERBS } from "/pages/desk/verbs.js";

/** Sign in, then come back to this very desk. Returns null, for the page is going away. */
export function signInAgain() {
  location.replace(at(`/signin?next=${encodeURIComponent(location.pathname + location.search)}`));
  return null;
}

/** End the session, which closes the counter, then show the sign-in page. Rejects with the Problem of a refusal. */
export async function signOut(api) {
  try {
    await api.delete("/session", { patience: 1 });
  } catch (problem) {
    if (problem.status !== 401) throw problem; // it had ended already
  }
  location.assign(at(`/signin?next=${at("/desk")}`));
}

/** Hook: signing out from a desk; whoever is still here comes first. @returns {{trouble: string|null, go: () => void}} */
export function useLeaving(api, { phase, here }) {
  const [trouble, setTrouble] = useState(null);
  const go = async () => {
    if (phase === "called" || phase === "serving") return setTrouble(t("desk-sign-out-busy", { label: here.ticket.label }));
    try {
      await signOut(api);
    } catch (problem) {
      setTrouble(problem.code === "unreachable" ? t("problem-unreachable") : problem.detail || problem.title);
    }
    return undefined;
  };
  return { trouble, go };
}

/** A key is pressed by mistake more easily than the button: it asks. */
export function SignOutDialog({ spec, leaving, close }) {
  const go = () => {
    close();
    leaving.go();
  };
  return html`<${ChoiceDialog} title=${t("desk-sign-out-title")} advice=${t("desk-sign-out-advice", { number: spec.number })}
    answers=${[{ key: VERBS.sign_out.key, words: t("desk-sign_out"), act: go }]} close=${close} class="sign-out-ask" />`;
}
