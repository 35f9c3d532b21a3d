/** The number, as large as the glass allows; where to go, how long, and whether paper came. */

import { timeOfDay } from "/assets/clock.js";
import { Arrow, Chip, StateMark } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html, useEffect, useRef, useState } from "/assets/vendor.js";
import { Paper } from "./paper.js";
import { Qr } from "./qr.js";
import { slipOf } from "./situation.js";
import { waitInWords } from "./wait.js";

const SHOWN_S = 30;
const SHOWN_WITHOUT_PAPER_S = 90;
const EXTENDED_S = 60;
const BY_HAND = new Set(["failed", "uncertain", "held", "none"]);

export function TicketScreen({ flow, hall, api, goHome }) {
  const { ticket, agency } = flow;
  const { site, slips, kiosk } = hall;
  const slip = slipOf(ticket, slips, kiosk);
  const byHand = BY_HAND.has(slip.state);
  const countdown = useCountdown(byHand ? SHOWN_WITHOUT_PAPER_S : SHOWN_S, goHome);
  const place = placeOf(ticket, site);
  const chosen = site.classes.find((one) => one.id === ticket.class);
  return html`<article class="ticket" data-slip=${slip.state}>
    <${Label} label=${ticket.label} chars=${ticket.label.length} />
    <div class="ticket-agency"><${Chip} chip=${agency.chip} /><p>${inLanguage(agency.name)}</p>
      ${chosen && chosen.id !== site.classes[0].id && html`<p class="ticket-class">${t("kiosk-class", { name: inLanguage(chosen.name) })}</p>`}
    </div>
    ${place && html`<section class="sign">
      <${Arrow} to=${place.area.arrow} class="sign-arrow" />
      <div><p class="sign-ask">${t("kiosk-go-to")}</p><p class="sign-place">${inLanguage(place.area.name)}</p>
        <p class="sign-way">${inLanguage(place.area.direction)}<span class="sign-counters">${place.counters}</span></p></div>
    </section>`}
    ${ticket.offline ? html`<${GivenAlone} ticket=${ticket} />` : html`<${Figures} ticket=${ticket} />`}
    <section class="keep" data-by-hand=${byHand}>
      ${ticket.tracking && html`<${Qr} value=${new URL(ticket.tracking, site.public_url || location.origin).href} label=${t("kiosk-qr")} />`}
      <div>
        <${Paper} ticket=${ticket} slip=${slip} kiosk=${kiosk} api=${api} />
        ${ticket.tracking && html`<p class="soft">${t(ticket.offline ? "kiosk-qr-alone" : "kiosk-qr")}</p>`}
      </div>
    </section>
    <div class="ticket-end">
      <p class="countdown tabular">${t("kiosk-closes-in", { n: countdown.left })}</p>
      <button type="button" class="button" onClick=${countdown.extend}>${t("kiosk-keep-open")}</button>
      <button type="button" class="button primary" onClick=${goHome}>${t("kiosk-done")}</button>
    </div>
    <p class="visually-hidden" role="status">${countdown.announced}</p>
  </article>`;
}

function Figures({ ticket }) {
  return html`<dl class="ticket-figures">
    <div><dt>${t("kiosk-ahead")}</dt><dd>${ticket.ahead === 0 ? t("kiosk-nobody-ahead") : t("unit-people", { n: ticket.ahead })}</dd></div>
    <div><dt>${t("kiosk-likely-wait")}</dt><dd>${waitInWords(ticket.estimate?.low, ticket.estimate?.high)}</dd></div>
  </dl>`;
}

/** A number that the kiosk gave without the server: what is true of it, and no figure that nobody knows. */
function GivenAlone({ ticket }) {
  return html`<div class="ticket-figures given-alone">
    <p><${StateMark} state="paused" /><strong>${t("kiosk-given-alone")}</strong></p>
    <p>${t("kiosk-given-alone-advice", { time: timeOfDay(Date.parse(ticket.issued_at)) })}</p>
  </div>`;
}

/** The area with most of the counters that serve this ticket, and those counters in words. */
export function placeOf(ticket, site) {
  const serving = site.counters.filter((counter) => (ticket.counters ?? []).includes(counter.id));
  if (!serving.length) return null;
  const areas = site.areas.map((area) => ({ area, here: serving.filter((counter) => counter.area === area.id) }));
  const { area, here } = areas.reduce((most, one) => (one.here.length > most.here.length ? one : most));
  const numbers = here.map((counter) => counter.number);
  return { area, counters: t("kiosk-counters", { n: numbers.length, numbers: numbers.join(", ") }) };
}

function Label({ label, chars }) {
  const heading = useRef(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return html`<h1 class="label" tabindex="-1" ref=${heading}>
    <span class="label-says">${t("kiosk-your-number")}</span>
    <span class="label-number number" style=${{ "--chars": chars }}>${label}</span>
  </h1>`;
}

/** Seconds until the screen clears itself; it can be extended, and a reader hears it at the start and near the end. */
function useCountdown(seconds, onEnd) {
  const [left, setLeft] = useState(seconds);
  const [announced, setAnnounced] = useState("");
  useEffect(() => setLeft((now) => Math.max(now, seconds)), [seconds]);
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => now - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) onEnd();
    if (left === seconds || left === 10) setAnnounced(t("kiosk-closes-in", { n: left }));
  }, [left]);
  return { left: Math.max(0, left), announced, extend: () => setLeft((now) => Math.max(now, EXTENDED_S)) };
}
