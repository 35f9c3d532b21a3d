/** The citizen's own number on the phone: where it stands, how long it may take, where to go. */

import { Api } from "/assets/api.js";
import { timeOfDay } from "/assets/clock.js";
import { LanguageSwitch, startLanguage } from "/assets/languageSwitch.js";
import { openLive } from "/assets/live.js";
import { Arrow, State } from "/assets/marks.js";
import { inLanguage, t, useLanguage } from "/assets/texts.js";
import { html, render, useEffect, useRef } from "/assets/vendor.js";
import { useTracked } from "/pages/ticket/tracked.js";

const ENDED = ["finished", "no_show", "cancelled", "expired"];
const api = new Api();
const secret = decodeURIComponent(location.pathname.split("/").pop());

function Page() {
  useLanguage();
  const { ticket, known, fresh, at } = useTracked(api, secret);
  useNotice(ticket);
  if (known === "unknown") return html`<${Frame}><${Unknown} /><//>`;
  if (!ticket) return html`<${Frame}><p class="soft">${t(known === "away" ? "problem-unreachable" : "connection-connecting")}</p><//>`;
  return html`<${Frame} state=${ticket.state} centre=${ticket.centre}>
    <p class="soft">${t("ticket-yours")}</p>
    <p class="number label" data-long=${ticket.label.length > 4 || null}>${ticket.label}</p>
    <p class="agency">${inLanguage(ticket.agency)}</p>
    <${Standing} ticket=${ticket} />
    ${ticket.then?.length > 0 && html`<p class="then">${t("ticket-then", { agency: inLanguage(ticket.then[0]) })}</p>`}
    ${!ENDED.includes(ticket.state) && html`<p class="freshness soft" role="status" data-fresh=${String(fresh)}>
      ${fresh ? t("ticket-fresh") : t("ticket-stale", { time: at ? timeOfDay(at) : "–" })}</p>`}
  <//>`;
}

function Frame({ state = "none", centre = null, children }) {
  return html`<main data-state=${state}>
    <header><strong>${inLanguage(centre) || t("home-name")}</strong><${LanguageSwitch} /></header>
    ${children}
  </main>`;
}

function Unknown() {
  return html`<h1>${t("ticket-unknown")}</h1><p>${t("ticket-unknown-advice")}</p>`;
}

function Standing({ ticket }) {
  if (ticket.state === "waiting") return html`<${Waiting} ticket=${ticket} />`;
  if (["called", "serving"].includes(ticket.state) && ticket.counter) return html`<${AtCounter} ticket=${ticket} />`;
  return html`<section class="standing">
    <${State} state=${ticket.state}>${t(`state-${ticket.state}`)}<//>
    <p class="sentence">${t(`ticket-${ticket.state}`)}</p>
    <p>${ticket.grace ? t("ticket-no_show-grace", { time: timeOfDay(Date.parse(ticket.grace.until)) }) : t(`ticket-${ticket.state}-advice`)}</p>
  </section>`;
}

function Waiting({ ticket }) {
  return html`<section class="standing" aria-live="polite">
    <${State} state="waiting">${t("state-waiting")}<//>
    ${ticket.ahead > 0 ? html`<p class="ahead"><span class="number">${ticket.ahead}</span> ${t("ticket-ahead", { n: ticket.ahead })}</p>`
      : html`<p class="sentence">${t("ticket-first")}</p>`}
    <p class="wait">${t("ticket-wait")} <strong>${waitWords(ticket.estimate)}</strong></p>
    <p>${t("ticket-waiting-advice", { where: placesOf(ticket) })}</p>
  </section>`;
}

/** The parts of the hall in which the ticket's counters stand: one or two help, more would not. */
function placesOf(ticket) {
  const names = (ticket.areas ?? []).map((area) => inLanguage(area.name));
  return names.length > 0 && names.length < 3 ? names.join(", ") : t("ticket-hall");
}

function waitWords(estimate) {
  if (!estimate || estimate.low == null || estimate.high == null) return t("wait-unknown");
  const low = Math.max(0, Math.round(estimate.low));
  const high = Math.max(low, Math.round(estimate.high));
  if (high < 1) return t("wait-now");
  return low === high ? t("wait-about", { n: high }) : t("wait-interval", { low, high });
}

function AtCounter({ ticket }) {
  const { counter, state } = ticket;
  return html`<section class="standing at-counter" aria-live="assertive">
    <${State} state=${state}>${t(`state-${state}`)}<//>
    <p class="sentence">${t(`ticket-${state}`, { number: counter.counter })}</p>
    <div class="way"><span class="number">${counter.counter}</span>${state === "called" && html`<${Arrow} to=${counter.arrow} />`}</div>
    <p class="where"><strong>${inLanguage(counter.area)}</strong><span>${state === "called" ? inLanguage(counter.direction) : ""}</span></p>
  </section>`;
}

/** The phone says it too: in the tab's title, and by a short buzz when the number is called. */
function useNotice(ticket) {
  const before = useRef(null);
  useEffect(() => {
    if (!ticket) return;
    document.title = ticket.counter && ticket.state === "called"
      ? t("ticket-title-called", { label: ticket.label, number: ticket.counter.counter })
      : `${ticket.label} · ${t(`state-${ticket.state}`)}`;
    if (before.current && before.current !== "called" && ticket.state === "called") navigator.vibrate?.([200, 100, 200]);
    before.current = ticket.state;
  });
}

await startLanguage();
openLive();
render(html`<${Page} />`, document.getElementById("app"));
