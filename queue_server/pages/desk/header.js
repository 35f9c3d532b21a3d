/** The top line: which counter, in what state since when, its own verbs, the hour, and who is signed in. */

import { timeOfDay } from "/assets/clock.js";
import { LanguageSwitch } from "/assets/languageSwitch.js";
import { State } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { areaOf } from "/pages/desk/chooser.js";
import { reasonName } from "/pages/desk/reasons.js";
import { VerbButton } from "/pages/desk/verbButton.js";
import { HELP_KEY, VERBS } from "/pages/desk/verbs.js";

export function Header({ desk, user, site, spec, leave, keysOn, toneOn, leaving, showHelp }) {
  const { here, at } = desk.situation;
  return html`<header class="top">
    <div class="which">
      <h1>${t("counter-number", { number: spec.number })}</h1>
      <span class="soft">${areaOf(site, spec)}</span>
    </div>
    <${CounterState} row=${here.counter} site=${site} />
    <div class="counter-verbs">
      <${VerbButton} verb="pause" desk=${desk} />
      <${VerbButton} verb="close" desk=${desk} />
    </div>
    <div class="who">
      <button type="button" class="button quiet ask" title=${t("desk-help")} aria-label=${t("desk-help")} onClick=${showHelp}><kbd class="key">${HELP_KEY}</kbd></button>
      <${Switch} one=${toneOn} text="desk-tone" /><${Switch} one=${keysOn} text="desk-keys" />
      <${LanguageSwitch} />
      ${leave && html`<button type="button" class="button quiet" onClick=${leave}>${t("desk-other-counter")}</button>`}
      <span class="sign-out">
        <button type="button" class="button quiet" title=${user.name ?? user.login} aria-keyshortcuts=${VERBS.sign_out.key} onClick=${leaving.go}>
          ${t("desk-sign_out")} <kbd class="key">${VERBS.sign_out.key}</kbd></button>
        <span role="status" class="trouble">${leaving.trouble}</span>
      </span>
      <time class="hour tabular">${timeOfDay(at)}</time>
    </div>
  </header>`;
}

function CounterState({ row, site }) {
  if (!row) return html`<span class="counter-state"></span>`;
  const reason = row.state === "paused" ? reasonName(site, "pause", row.reason) : "";
  return html`<span class="counter-state">
    <${State} state=${row.state}>${t(`counter-${row.state}`)}<//>
    <span class="soft">${[reason, row.since && t("desk-since", { time: timeOfDay(row.since) })].filter(Boolean).join(" · ")}</span>
  </span>`;
}

function Switch({ one, text }) {
  return html`<button type="button" role="switch" class="button quiet switch" aria-checked=${one.on} onClick=${one.flip}>
    <span class="knob" aria-hidden="true"></span>${t(text)}
  </button>`;
}
