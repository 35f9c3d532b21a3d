/** The parked of this counter: who, why, since when, and who is due; each can be called again or put back in line. */

import { timeOfDay } from "/assets/clock.js";
import { StateMark } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html, useEffect, useRef } from "/assets/vendor.js";
import { ChoiceDialog } from "/pages/desk/dialogs.js";
import { reasonName } from "/pages/desk/reasons.js";
import { isDue, whyNot } from "/pages/desk/situation.js";
import { playReminder } from "/pages/desk/tone.js";
import { VERBS } from "/pages/desk/verbs.js";

export function Parked({ rows, site, desk, act }) {
  if (!rows.length) return null;
  return html`<section class="parked" aria-label=${t("desk-parked")}>
    <h2>${t("desk-parked")} <span class="number">${rows.length}</span></h2>
    <ol>${rows.map((row, at) => html`<${Aside} key=${row.id} row=${row} digit=${at < 9 ? at + 1 : ""} site=${site} desk=${desk} act=${act} />`)}</ol>
  </section>`;
}

function Aside({ row, digit, site, desk, act }) {
  const due = isDue(row, desk.situation.at);
  const name = reasonName(site, "park", row.reason);
  return html`<li data-due=${due || null} title=${row.note ?? ""}>
    <button type="button" class="aside" aria-keyshortcuts=${digit || null} onClick=${() => act("ask", row)}>
      <kbd class="key">${digit}</kbd><span class="number">${row.label}</span>
      <span class="when">${due && html`<${StateMark} state="soon" />`}${reminder(row, due)}</span>
      <span class="reason">${t("desk-parked-why", { reason: name, time: timeOfDay(row.since) })}</span>
    </button>
    <${Small} verb="again" row=${row} desk=${desk} act=${act} /><${Small} verb="unpark" row=${row} desk=${desk} act=${act} />
  </li>`;
}

function reminder(row, due) {
  if (!row.remind_at) return "";
  return due ? t("desk-parked-due") : t("desk-parked-remind", { time: timeOfDay(row.remind_at) });
}

/** A small button for one row; it says why it cannot, and a double click is one click. */
export function Small({ verb, row, desk, act }) {
  const why = whyNot(verb, desk.situation);
  return html`<button type="button" class="button small" data-verb=${verb} aria-disabled=${why || desk.pending ? "true" : null}
      aria-label=${t(`desk-${verb}-label`, { label: row.label })} title=${why ? t(why.id, why.args) : ""}
      onClick=${(event) => event.detail < 2 && act(verb, row)}>${t(`desk-${verb}`)}</button>`;
}

/** What a digit asks: this one of the parked, and what now. */
export function ParkedDialog({ row, site, desk, act, close }) {
  const { situation } = desk;
  const said = (why) => why && t(why.id, why.args);
  const answers = [
    { key: VERBS.call.key, words: t("desk-again-label", { label: row.label }), why: said(whyNot("again", situation)), act: () => act("again", row) },
    { key: VERBS.return.key, words: t("desk-unpark-label", { label: row.label }), why: said(whyNot("unpark", situation)), act: () => act("unpark", row) },
  ];
  const reason = t("desk-parked-why", { reason: reasonName(site, "park", row.reason), time: timeOfDay(row.since) });
  return html`<${ChoiceDialog} title=${t("desk-parked-title", { label: row.label })} advice=${[reason, row.note].filter(Boolean).join(" · ")}
    answers=${answers} close=${close} class="parked-one" />`;
}

/** One sound for each reminder as it falls due; none for those that were due when the page came up. */
export function useReminders(rows, at, on) {
  const heard = useRef(null);
  const due = rows.filter((row) => isDue(row, at)).map((row) => `${row.id} ${row.remind_at}`);
  useEffect(() => {
    if (!on) return;
    if (heard.current && due.some((one) => !heard.current.has(one))) playReminder();
    heard.current = new Set(due);
  }, [due.join(), on]);
}
