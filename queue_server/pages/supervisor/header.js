/** The top line: whose centre, how it stands in four figures, the hour, and who looks. */

import { dateInWords, timeOfDay } from "/assets/clock.js";
import { LanguageSwitch } from "/assets/languageSwitch.js";
import { StateMark } from "/assets/marks.js";
import { at } from "/assets/place.js";
import { inLanguage, language, t } from "/assets/texts.js";
import { html, useState } from "/assets/vendor.js";
import { minutesSince, pressure, summaryOf } from "/pages/supervisor/hall.js";
import { signOut } from "/pages/supervisor/session.js";

export function Header({ api, user, hall, may }) {
  return html`<header class="top">
    <div class="which">
      <h1>${t("super-title")}</h1>
      <span class="soft" title=${inLanguage(hall.site.name)}>${inLanguage(hall.site.name)}</span>
    </div>
    <${Summary} hall=${hall} />
    <div class="who">
      <${LanguageSwitch} />
      ${may.has("call_next") && html`<a class="button quiet" href=${at("/desk")}>${t("super-desk")}</a>`}
      <${SignOut} api=${api} user=${user} />
      <time class="hour tabular" title=${dateInWords(hall.at, language())}>${timeOfDay(hall.at)}</time>
    </div>
  </header>`;
}

function Summary({ hall }) {
  const { waiting, oldest, open, counters } = summaryOf(hall.site, hall.data);
  const minutes = minutesSince(oldest, hall.at);
  const known = Boolean(hall.data);
  const loud = oldest ? pressure(hall.at - Date.parse(oldest), hall.target) : "calm";
  return html`<dl class="summary">
    <${Figure} id="waiting" value=${known ? waiting : "–"} />
    <${Figure} id="oldest" value=${minutes === null ? "–" : t("super-min", { n: minutes })} loud=${loud} />
    <${Figure} id="open" value=${known ? `${open}/${counters}` : "–"} />
  </dl>`;
}

function Figure({ id, value, loud = "calm" }) {
  return html`<div data-figure=${id} data-pressure=${loud}>
    <dt>${t(`super-sum-${id}`)}</dt>
    <dd class="number">${value}${loud === "calm" ? null : html`<${StateMark} state=${loud} />`}</dd>
  </div>`;
}

function SignOut({ api, user }) {
  const [trouble, setTrouble] = useState(null);
  const leave = async () => {
    try {
      await signOut(api);
    } catch (problem) {
      if (problem.status === 401) return location.assign(at(`/signin?next=${at("/supervisor")}`));
      setTrouble(problem.code === "unreachable" ? t("problem-unreachable") : problem.detail || problem.title);
    }
    return undefined;
  };
  return html`<span class="sign-out">
    <button type="button" class="button quiet" title=${`${user.name ?? user.login} · ${t(`super-role-${user.role}`)}`} onClick=${leave}>${t("super-sign-out")}</button>
    <span role="status" class="trouble">${trouble}</span>
  </span>`;
}
