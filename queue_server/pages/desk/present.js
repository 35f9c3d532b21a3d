/** The middle of the desk: who is here, for what, since when; or, with nobody here, what the desk is doing. */

import { timeOfDay } from "/assets/clock.js";
import { Chip, State } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { Note } from "/pages/desk/note.js";
import { reasonName } from "/pages/desk/reasons.js";
import { Ring } from "/pages/desk/ring.js";

export function Present({ here, phase, site, spec, note, taken }) {
  const { counter, ticket, next } = here;
  if (ticket && (phase === "called" || phase === "serving")) {
    return html`<${Person} ticket=${ticket} site=${site} note=${note} />`;
  }
  if (phase === "taken") return html`<${Taken} counter=${counter} spec=${spec} ...${taken} />`;
  const args = {
    number: spec.number, label: next?.label ?? "",
    reason: reasonName(site, "pause", counter?.reason), time: counter?.since ? timeOfDay(counter.since) : "",
  };
  return html`<section class="present nobody" aria-live="polite">
    <p class="headline">${t(`desk-${phase}-headline`, args)}</p>
    <p class="soft">${t(`desk-${phase}-advice`, args)}</p>
  </section>`;
}

/** Somebody else sits here: said plainly, with every way on. `was`: this page looked after the counter until then. */
function Taken({ counter, spec, was, leave, signOut }) {
  const args = {
    number: spec.number, name: counter.officer.name || counter.officer.id, time: counter.since ? timeOfDay(counter.since) : "",
  };
  return html`<section class="present nobody" aria-live="assertive">
    <p class="headline">${t(was ? "desk-taken-over-headline" : "desk-taken-headline", args)}</p>
    <p class="soft">${t(was ? "desk-taken-over-advice" : "desk-taken-advice", args)}</p>
    ${counter.away && html`<p><${State} state="late">${t("desk-away", args)}<//></p>`}
    <p class="ways">
      ${leave && html`<button type="button" class="button" onClick=${leave}>${t("desk-other-counter")}</button>`}
      <button type="button" class="button" onClick=${signOut}>${t("desk-sign_out")}</button>
    </p>
  </section>`;
}

function Person({ ticket, site, note }) {
  const queue = site.queues.find((one) => one.id === ticket.queue);
  const serving = ticket.state === "serving";
  return html`<section class="present person" data-state=${ticket.state} aria-live="polite">
    <div class="who-is-here">
      <${State} state=${ticket.state}>${t(`desk-state-${ticket.state}`, { calls: ticket.calls })}<//>
      ${ticket.class_name && html`<span class="class-name">${inLanguage(ticket.class_name)}</span>`}
    </div>
    <p class="number label" data-long=${ticket.label.length > 4 || null}>${ticket.label}</p>
    <${Ring} since=${serving ? ticket.started_at : ticket.called_at} counting=${serving} promised=${site.rule?.service_minutes ?? 15} />
    <div class="for-what">
      <p class="agency"><${Chip} chip=${queue?.prefix ?? ticket.label[0]} /><strong>${inLanguage(ticket.agency_name)}</strong></p>
      <p class="service" title=${inLanguage(ticket.service_name)}>${inLanguage(ticket.service_name) || t("desk-no-service")}</p>
      <${Stops} stops=${ticket.then_names ?? []} />
    </div>
    <p class="times soft">${times(ticket)}</p>
    <${Note} note=${note} ticket=${ticket} />
  </section>`;
}

/** Where this person goes after this counter, on the same number. */
function Stops({ stops }) {
  if (!stops.length) return null;
  const names = stops.map((stop) => inLanguage(stop.name));
  return html`<p class="stops" title=${names.join(" → ")}><span class="soft">${t("desk-stops")}</span>
    ${stops.map((stop) => html`<span class="stop" key=${stop.queue}><${Chip} chip=${stop.chip} /> ${inLanguage(stop.name)}</span>`)}</p>`;
}

function times(ticket) {
  const parts = [
    ticket.slot && t("desk-slot", { time: timeOfDay(ticket.slot) }),
    t("desk-issued", { time: timeOfDay(ticket.issued_at) }),
    t("desk-called", { time: timeOfDay(ticket.called_at), calls: ticket.calls }),
    ticket.started_at && t("desk-started", { time: timeOfDay(ticket.started_at) }),
    ticket.waited_ms != null && t("desk-waited", { n: Math.round(ticket.waited_ms / 60_000) }),
  ];
  return parts.filter(Boolean).map((part) => html`<span key=${part}>${part}</span>`);
}
