/** Call a number that is not simply next: one put aside, one of the last ten, or, with the right to choose, any. */

import { timeOfDay } from "/assets/clock.js";
import { rows, useTopic } from "/assets/live.js";
import { State } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { reasonName } from "/pages/desk/reasons.js";
import { SearchDialog } from "/pages/desk/searchList.js";
import { digitsOf, inOrder, mayComeAgain, newestFirst } from "/pages/desk/situation.js";

export function OtherDialog({ site, desk, act, close }) {
  const { here, rights, at } = desk.situation;
  const free = rights?.includes("call_chosen");
  const hall = useTopic(free ? `site:${site.id}` : null);
  const serves = new Set([...(here.counter?.queues ?? []), ...(here.counter?.helps ?? [])]);
  const waiting = rows(hall.data, "waiting").filter((row) => row.state === "waiting" && serves.has(row.queue));
  const items = [
    ...inOrder(here.parked).map((row) => ({ ...row, state: "parked", said: reasonName(site, "park", row.reason), when: row.since })),
    ...newestFirst(here.recent).filter((row) => mayComeAgain(row, at)).map((row) => ({ ...row, when: row.ended_at ?? row.called_at })),
    ...oldestFirst(waiting).map((row) => ({ ...row, when: row.since })),
  ].map((row) => ({ ...row, key: row.id, mark: row.label }));
  return html`<${SearchDialog} title=${t("desk-other-title")} advice=${t(free ? "desk-other-any" : "desk-other-advice")}
    search=${t("desk-other-search")} none=${t("desk-other-none")} items=${items} wordsOf=${({ label }) => digitsOf(label)}
    row=${(row) => html`<${Number} row=${row} site=${site} />`} go=${(row) => act("again", row)} close=${close} class="other" />`;
}

function oldestFirst(waiting) {
  return [...waiting].sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
}

function Number({ row, site }) {
  const priority = inLanguage(row.class_name) || className(site, row.class);
  return html`
    <span class="number">${row.label}</span>
    <span class="place-name"><${State} state=${row.state}>${t(`state-${row.state}`)}<//> ${row.said ?? priority}</span>
    <span class="soft">${row.when ? t("desk-since", { time: timeOfDay(row.when) }) : ""}</span>`;
}

function className(site, id) {
  const [ordinary, ...others] = site.classes;
  return id === ordinary?.id ? "" : inLanguage(others.find((one) => one.id === id)?.name);
}
