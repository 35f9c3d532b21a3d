/** The desk of one counter at one glance: the lines, who is here, who is next, the last ten, and every verb. */

import { rows, single, useTopic } from "/assets/live.js";
import { t, useLanguage } from "/assets/texts.js";
import { html, useCallback, useEffect, useState } from "/assets/vendor.js";
import { Actions } from "/pages/desk/actions.js";
import { CancelDialog, PauseDialog } from "/pages/desk/dialogs.js";
import { Header } from "/pages/desk/header.js";
import { useIntentions } from "/pages/desk/intentions.js";
import { useKeys } from "/pages/desk/keys.js";
import { Lines } from "/pages/desk/lines.js";
import { Present } from "/pages/desk/present.js";
import { Recent } from "/pages/desk/recent.js";
import { fingerprint, nextStep, phaseOf, verbOfKey, waitingAtAll, whyNot } from "/pages/desk/situation.js";
import { useSwitch } from "/pages/desk/switches.js";
import { playTone, wakeTone } from "/pages/desk/tone.js";
import { TransferDialog } from "/pages/desk/transfer.js";
import { UpNext } from "/pages/desk/upNext.js";

/** Verbs that ask something first. */
const ASKS = { pause: PauseDialog, cancel: CancelDialog, transfer: TransferDialog };

export function Desk({ api, user, site, id, leave }) {
  useLanguage();
  const { data, status, problem } = useTopic(`counter:${id}`);
  const here = { counter: single(data, "counter"), ticket: single(data, "ticket"), next: single(data, "next") };
  const lines = rows(data, "lines");
  const phase = phaseOf(here, user);
  const intentions = useIntentions(api, fingerprint(here));
  const [asking, setAsking] = useState(null);
  const keysOn = useSwitch("keys");
  const toneOn = useSwitch("tone");
  const counter = site.counters.find((one) => one.id === id);

  const label = here.ticket?.label ?? here.next?.label ?? "";
  const send = (verb, body) => {
    setAsking(null);
    intentions.run(verb, { counter: id, ticket: here.ticket?.id }, body, label);
  };
  const press = (verb) => {
    wakeTone();
    if (!verb || intentions.pending || whyNot(verb, phase, status)) return;
    if (ASKS[verb]) setAsking(verb);
    else send(verb, {});
  };
  useKeys((letter) => press(verbOfKey(letter, phase)), keysOn.on);
  useArrivals(waitingAtAll(lines), status === "live" && phase !== "closed" && toneOn.on);
  useTitle(here, counter);
  useEffect(() => {
    if (status !== "live" || !here.ticket) setAsking(null); // the question is no longer about what is here
  }, [status, here.ticket?.id]);

  const close = useCallback(() => setAsking(null), []);
  const Ask = asking && ASKS[asking];
  const common = { phase, status, pending: intentions.pending, press };
  return html`<div class="desk" data-phase=${phase} data-status=${status} data-pending=${intentions.pending?.verb ?? null}>
    <${Header} ...${common} api=${api} user=${user} site=${site} counter=${counter} row=${here.counter} here=${here}
      leave=${leave} keysOn=${keysOn} toneOn=${toneOn} />
    <${Lines} lines=${lines} site=${site} known=${Boolean(data)} />
    <main class="middle">
      <${Present} ...${here} phase=${phase} status=${status} site=${site} spec=${counter} leave=${leave} />
      <${Actions} ...${common} verb=${nextStep(phase)} label=${label} spec=${counter} problem=${problem} word=${intentions.word}
        again=${intentions.again} forget=${intentions.forget} />
    </main>
    <${UpNext} next=${here.next} lines=${lines} known=${Boolean(data)} site=${site} />
    <${Recent} rows=${rows(data, "recent")} />
    ${Ask && html`<${Ask} label=${label} ticket=${here.ticket} site=${site} counter=${counter} send=${send} close=${close} />`}
  </div>`;
}

/** A tone when someone comes while nobody waited; not at the start, nor when the truth comes back after a gap. */
function useArrivals(waiting, on) {
  const [seen, setSeen] = useState(null);
  useEffect(() => {
    if (!on) return setSeen(null);
    if (seen === 0 && waiting > 0) playTone();
    if (seen !== waiting) setSeen(waiting);
  }, [waiting, on]);
}

function useTitle({ ticket }, counter) {
  const place = t("counter-number", { number: counter.number });
  const title = ticket ? `${ticket.label} · ${place}` : place;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
