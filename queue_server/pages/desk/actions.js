/** The verbs for the person at the counter, each in its fixed place. */

import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { callsMissing, nextStep, secondsLeft, whyNot } from "/pages/desk/situation.js";
import { UndoStrip } from "/pages/desk/undo.js";
import { VerbButton } from "/pages/desk/verbButton.js";
import { OTHERS } from "/pages/desk/verbs.js";
import { Word } from "/pages/desk/word.js";

export function Actions({ desk, label, spec, site, ...words }) {
  return html`<section class="actions" aria-label=${t("desk-actions")}>
    <${Word} status=${desk.situation.status} site=${site} ...${words} />
    <${Primary} desk=${desk} label=${label} spec=${spec} />
    <${UndoStrip} desk=${desk} whole=${site.rule?.undo_seconds ?? 30} />
    <div class="others">
      ${OTHERS.map((verb) => html`<${VerbButton} key=${verb} verb=${verb} desk=${desk} more=${moreOf(verb, desk.situation)} />`)}
    </div>
  </section>`;
}

function Primary({ desk, label, spec }) {
  const { phase, status, here } = desk.situation;
  const verb = nextStep(desk.situation);
  if (!verb) {
    return html`<p class="primary-none">${t(`desk-why-${status === "live" ? phase : "stale"}`)}</p>`;
  }
  const nobody = verb === "call" && whyNot(verb, desk.situation)?.id === "desk-why-empty";
  const words = nobody ? t("desk-nobody") : t(`desk-${verb}.next`, { label, number: spec.number });
  const [stop] = (verb === "finish" && here.ticket?.then_names) || [];
  const more = stop ? t("desk-finish-then", { place: inLanguage(stop.name) }) : null;
  return html`<${VerbButton} key="primary" class="primary" verb=${verb} label=${label} desk=${desk} more=${more}>${words}<//>`;
}

/** The second line of a button: how often it was called, what is still missing before an absence. */
function moreOf(verb, { here: { ticket }, phase, at }) {
  if (phase !== "called") return null;
  if (verb === "recall") {
    const seconds = secondsLeft(ticket.recall_at, at);
    return seconds ? t("desk-recall-wait", { n: seconds, calls: ticket.calls }) : t("desk-recall-calls", { calls: ticket.calls });
  }
  const missing = verb === "no_show" ? callsMissing(ticket) : 0;
  return missing ? t("desk-no_show-calls", { n: missing }) : null;
}
