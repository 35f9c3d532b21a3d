/** The centre's opening hours as a person says them: days with the same hours stand on one line. */

import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";

export function Hours({ hours }) {
  return html`<dl class="hours">
    ${grouped(hours).map(({ days, spans }) => html`<div key=${days[0]}>
      <dt>${daysInWords(days)}</dt>
      <dd class="tabular">${spans.map(([from, to]) => html`<span key=${from}>${from}–${to}</span>`)}</dd>
    </div>`)}
  </dl>`;
}

/**
 * @param {{weekday: number, from: string, to: string}[]} hours weekday 0 is Monday
 * @returns {{days: number[], spans: [string, string][]}[]} runs of days that have the same spans
 */
export function grouped(hours) {
  const runs = [];
  for (let day = 0; day < 7; day += 1) {
    const spans = hours.filter(({ weekday }) => weekday === day).map(({ from, to }) => [from, to]);
    if (!spans.length) continue;
    const last = runs.at(-1);
    const same = last && last.days.at(-1) === day - 1 && String(last.spans) === String(spans);
    if (same) last.days.push(day);
    else runs.push({ days: [day], spans });
  }
  return runs;
}

function daysInWords(days) {
  const name = (day) => t(`kiosk-weekday-${day}`);
  return days.length === 1 ? name(days[0]) : t("kiosk-weekdays", { from: name(days[0]), to: name(days.at(-1)) });
}
