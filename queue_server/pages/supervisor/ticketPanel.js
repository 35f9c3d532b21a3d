/** The sheet of a number that waits: how long, for whom, a copy of its slip, and moving it to another line or counter. */

import { findPlaces } from "/assets/finding.js";
import { timeOfDay } from "/assets/clock.js";
import { Chip, StateMark } from "/assets/marks.js";
import { inLanguage, t, textIn } from "/assets/texts.js";
import { html, useMemo, useState } from "/assets/vendor.js";
import { ActButton, AskButton } from "/pages/supervisor/actButton.js";
import { ACTS } from "/pages/supervisor/acts.js";
import { PRINTER_MARKS } from "/pages/supervisor/devices.js";
import { minutesSince, printerState } from "/pages/supervisor/hall.js";
import { placesOf } from "/pages/supervisor/places.js";

const SHOWN = 40;

export function TicketPanel({ id, hall, may, acts }) {
  const ticket = hall.data?.waiting?.[id];
  const [known] = useState(ticket); // what it was called, once it is gone
  if (!ticket) return html`<h2 tabindex="-1" class="sheet-title number">${known?.label}</h2><p class="soft">${t("super-ticket-gone")}</p>`;
  const { site } = hall;
  const className = site.classes.find((one) => one.id === ticket.class)?.name;
  return html`
    <h2 tabindex="-1" class="sheet-title"><span class="number big">${ticket.label}</span></h2>
    <dl class="facts">
      <div><dt>${t("super-fact-line")}</dt><dd><${Chip} chip=${ticket.chip} /> ${queueName(site, ticket.queue)}</dd></div>
      <div><dt>${t("super-fact-class")}</dt><dd>${inLanguage(className) || ticket.class}</dd></div>
      <div><dt>${t(ticket.state === "parked" ? "super-fact-parked" : "super-fact-since")}</dt><dd>${timeOfDay(ticket.since)} (${t("unit-minutes", { n: minutesSince(ticket.since, hall.at) })})</dd></div>
      ${ticket.only_counter && html`<div><dt>${t("super-fact-only")}</dt><dd>${t("counter-number", { number: numberOf(hall, ticket.only_counter) })}</dd></div>`}
    </dl>
    ${may.has("reprint") && html`<${Reprint} ticket=${ticket} hall=${hall} may=${may} acts=${acts} />`}
    ${may.has("transfer") && html`<${Move} ticket=${ticket} hall=${hall} may=${may} acts=${acts} />`}`;
}

/** A marked copy of the slip, at any kiosk that can print now. */
function Reprint({ ticket, hall, may, acts }) {
  const kiosks = Object.values(hall.data?.kiosks ?? {}).filter((row) => row.printer !== "none" && row.state !== "silent");
  const words = (row) => ({ label: ticket.label, place: inLanguage(row.name) });
  return html`<section class="part" data-part="reprint">
    <h3>${t("super-reprint")}</h3>
    <p class="soft">${t(kiosks.length ? "super-reprint-advice" : "super-reprint-none")}</p>
    <ul class="reprints">${kiosks.map((row) => html`<li key=${row.id}>
      <${ActButton} may=${may} right="reprint" data-kiosk=${row.id} go=${() => acts.run(ACTS.reprint(ticket.id, row.id, words(row)))}>
        ${t("super-reprint-at", words(row))}<//>
      <span class="device-state soft" data-printer=${printerState(row)}><${StateMark} state=${PRINTER_MARKS[printerState(row)]} />${t(`super-printer-${row.printer}`)}</span>
    </li>`)}</ul>
  </section>`;
}

function Move({ ticket, hall, may, acts }) {
  const [typed, setTyped] = useState("");
  const places = useMemo(() => placesOf(hall.site, ticket), [hall.site, ticket.queue, ticket.only_counter]);
  const found = findPlaces(places, typed, wordsOf).slice(0, SHOWN);
  return html`<section class="part" data-part="move">
    <h3>${t("super-move")}</h3>
    <p class="soft">${t("super-move-advice", { label: ticket.label })}</p>
    <input class="search" type="text" inputmode="search" autocomplete="off" spellcheck="false" value=${typed} aria-label=${t("super-move-search")}
      placeholder=${t("super-move-search")} onInput=${(event) => setTyped(event.target.value)} />
    <ul class="places">${found.map((place) => html`<li key=${`${place.kind} ${place.id}`} data-place=${`${place.kind} ${place.id}`}>
      <${Place} place=${place} ticket=${ticket} hall=${hall} may=${may} acts=${acts} />
    </li>`)}</ul>
    ${!found.length && html`<p class="soft">${t("super-move-none")}</p>`}
  </section>`;
}

function Place({ place, ticket, hall, may, acts }) {
  const name = place.kind === "queue" ? inLanguage(place.name) : t("counter-number", { number: place.mark });
  const words = { label: ticket.label, place: name };
  return html`<${AskButton} may=${may} right="transfer" class="place" go=${() => acts.run(ACTS.move(ticket.id, place.target, words))}
    advice=${t(`super-move-to-${place.kind}`, words)} sure=${t("super-move-sure")}>
    ${place.kind === "queue" ? html`<${Chip} chip=${place.mark} />` : html`<b class="number">${place.mark}</b>`}
    <span class="place-name">${name}</span><span class="soft tabular">${howItStands(place, hall)}</span>
  <//>`;
}

function howItStands(place, { data }) {
  if (place.kind === "queue") return t("unit-people", { n: data?.lines?.[place.id]?.waiting ?? 0 });
  const state = data?.counters?.[place.id]?.state;
  return state ? t(`counter-${state}`) : t("super-unknown-word");
}

/** Both languages can be typed, whichever the page shows. */
function wordsOf(place) {
  if (place.kind === "queue") return `${place.mark} ${Object.values(place.name).join(" ")}`;
  return ["vi", "en"].map((one) => textIn(one, "counter-number", { number: place.mark })).join(" ");
}

function queueName(site, id) {
  return inLanguage(site.queues.find((one) => one.id === id)?.name) || id;
}

function numberOf(hall, counter) {
  return hall.site.counters.find((one) => one.id === counter)?.number ?? counter;
}
