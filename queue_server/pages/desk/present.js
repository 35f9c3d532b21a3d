/** The middle of the desk: who is here, for what, since when; or, with nobody here, what the desk is doing. */

import { timeOfDay } from "/assets/clock.js";
import { Chip, State } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { pauseReason } from "/pages/desk/header.js";
import { Ring } from "/pages/desk/ring.js";

export function Present({ counter, ticket, next, phase, site, spec, leave }) {
  if (ticket && (phase === "called" || phase === "serving")) {
    return html`<${Person} ticket=${ticket} site=${site} />`;
  }
  const args = {
    number: spec.number, label: next?.label ?? "",
    reason: counter?.reason ? pauseReason(counter.reason) : "", time: counter?.since ? timeOfDay(counter.since) : "",
  };
  return html`<section class="present nobody" aria-live="polite">
    <p class="headline">${t(`desk-${phase}-headline`, args)}</p>
    <p class="soft">${t(`desk-${phase}-advice`, args)}</p>
    ${phase === "taken" && leave && html`<button type="button" class="button primary" onClick=${leave}>${t("desk-other-counter")}</button>`}
  </section>`;
}

function Person({ ticket, site }) {
  const queue = site.queues.find((one) => one.id === ticket.queue);
  const serving = ticket.state === "serving";
  return html`<section class="present person" data-state=${ticket.state} aria-live="polite">
    <div class="who-is-here">
      <${State} state=${ticket.state}>${t(`desk-state-${ticket.state}`, { calls: ticket.calls })}<//>
      ${ticket.class_name && html`<span class="class-name">${inLanguage(ticket.class_name)}</span>`}
    </div>
    <p class="number label" data-long=${ticket.label.length > 4 || null}>${ticket.label}</p>
    <${Ring} since=${serving ? ticket.started_at : ticket.called_at} counting=${serving} />
    <div class="for-what">
      <p class="agency"><${Chip} chip=${queue?.prefix ?? ticket.label[0]} /><strong>${inLanguage(ticket.agency_name)}</strong></p>
      <p class="service" title=${inLanguage(ticket.service_name)}>${inLanguage(ticket.service_name) || t("desk-no-service")}</p>
    </div>
    <p class="times soft">${times(ticket)}</p>
  </section>`;
}

function times(ticket) {
  const parts = [
    t("desk-issued", { time: timeOfDay(ticket.issued_at) }),
    t("desk-called", { time: timeOfDay(ticket.called_at), calls: ticket.calls }),
  ];
  if (ticket.started_at) parts.push(t("desk-started", { time: timeOfDay(ticket.started_at) }));
  if (ticket.waited_ms != null) parts.push(t("desk-waited", { n: Math.round(ticket.waited_ms / 60_000) }));
  return parts.map((part) => html`<span key=${part}>${part}</span>`);
}
