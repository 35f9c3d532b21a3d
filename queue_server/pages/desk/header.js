/** The top line: which counter, in what state since when, its own verbs, the hour, and who is signed in. */

import { timeOfDay, useNow } from "/assets/clock.js";
import { LanguageSwitch } from "/assets/languageSwitch.js";
import { State } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html, useState } from "/assets/vendor.js";
import { areaOf } from "/pages/desk/chooser.js";
import { signOut } from "/pages/desk/session.js";
import { VerbButton } from "/pages/desk/verbButton.js";

export function Header({ api, user, site, counter, row, here, leave, keysOn, toneOn, ...common }) {
  return html`<header class="top">
    <div class="which">
      <h1>${t("counter-number", { number: counter.number })}</h1>
      <span class="soft">${areaOf(site, counter)}</span>
    </div>
    <${CounterState} row=${row} />
    <div class="counter-verbs">
      <${VerbButton} verb="pause" ...${common} />
      <${VerbButton} verb="close" ...${common} />
    </div>
    <div class="who">
      <${Switch} one=${toneOn} text="desk-tone" /><${Switch} one=${keysOn} text="desk-keys" />
      <${LanguageSwitch} />
      ${leave && html`<button type="button" class="button quiet" onClick=${leave}>${t("desk-other-counter")}</button>`}
      <${SignOut} api=${api} user=${user} here=${here} phase=${common.phase} status=${common.status} />
      <${Hour} />
    </div>
  </header>`;
}

function CounterState({ row }) {
  if (!row) return html`<span class="counter-state"></span>`;
  const reason = row.state === "paused" && row.reason ? pauseReason(row.reason) : "";
  return html`<span class="counter-state">
    <${State} state=${row.state}>${t(`counter-${row.state}`)}<//>
    <span class="soft">${[reason, row.since && t("desk-since", { time: timeOfDay(row.since) })].filter(Boolean).join(" · ")}</span>
  </span>`;
}

/** The words of a pause: ours in the reader's language, another program's as it gave them. */
export function pauseReason(reason) {
  return ["break", "lunch", "meeting", "errand", "technical"].includes(reason) ? t(`desk-pause-${reason}`) : reason;
}

function Switch({ one, text }) {
  return html`<button type="button" role="switch" class="button quiet switch" aria-checked=${one.on} onClick=${one.flip}>
    <span class="knob" aria-hidden="true"></span>${t(text)}
  </button>`;
}

/** Signing out leaves no counter open behind it. */
function SignOut({ api, user, here, phase, status }) {
  const [trouble, setTrouble] = useState(null);
  const busy = phase === "called" || phase === "serving";
  const leaveDesk = async () => {
    if (busy) return setTrouble(t("desk-sign-out-busy", { label: here.ticket.label }));
    try {
      if (status === "live" && ["empty", "ready", "paused"].includes(phase)) {
        await api.post(`/counters/${here.counter.id}/close`, {}, { patience: 1 });
      }
      await signOut(api);
    } catch (problem) {
      if (problem.status === 401) return location.assign("/signin?next=/desk");
      setTrouble(problem.code === "unreachable" ? t("problem-unreachable") : problem.detail || problem.title);
    }
    return undefined;
  };
  return html`<span class="sign-out">
    <button type="button" class="button quiet" title=${user.login} onClick=${leaveDesk}>${t("desk-sign-out")}</button>
    <span role="status" class="trouble">${trouble}</span>
  </span>`;
}

function Hour() {
  return html`<time class="hour tabular">${timeOfDay(useNow(1000))}</time>`;
}
