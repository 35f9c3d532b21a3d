/** The desk of one counter at one glance: the lines, who is here, who is next, the last ten, and every verb. */

import { now, useNow } from "/assets/clock.js";
import { rows, single, useTopic } from "/assets/live.js";
import { t, useLanguage } from "/assets/texts.js";
import { html, useEffect, useRef, useState } from "/assets/vendor.js";
import { Actions } from "/pages/desk/actions.js";
import { useAsking } from "/pages/desk/asking.js";
import { Header } from "/pages/desk/header.js";
import { useIntentions } from "/pages/desk/intentions.js";
import { useKeys } from "/pages/desk/keys.js";
import { Lines } from "/pages/desk/lines.js";
import { focusNote, useNote } from "/pages/desk/note.js";
import { Parked, useReminders } from "/pages/desk/parked.js";
import { Present } from "/pages/desk/present.js";
import { Recent } from "/pages/desk/recent.js";
import { useLeaving } from "/pages/desk/session.js";
import { AT_WORK, fingerprint, inOrder, phaseOf, undoable, verbOfKey, waitingAtAll, whyNot } from "/pages/desk/situation.js";
import { useSwitch } from "/pages/desk/switches.js";
import { Supervision, useSummons } from "/pages/desk/supervision.js";
import { playArrival, wakeTone } from "/pages/desk/tone.js";
import { UpNext } from "/pages/desk/upNext.js";
import { HELP_KEY } from "/pages/desk/verbs.js";

export function Desk({ api, user, site, id, leave }) {
  useLanguage();
  const { situation, lines, known, problem } = useSeen(id, user);
  const { here, phase, status } = situation;
  const spec = site.counters.find((one) => one.id === id);
  const parked = inOrder(here.parked);
  const note = useNote(api, here.ticket, status === "live");
  const intentions = useIntentions(api, fingerprint(here), note.save);
  const asking = useAsking({ status, ticket: here.ticket?.id });
  const [keysOn, toneOn] = [useSwitch("keys"), useSwitch("tone")];
  const leaving = useLeaving(api, situation);
  const { press, pressKey, send, act } = verbsOf({ id, situation, intentions, asking, parked });
  const desk = { situation, pending: intentions.pending, press };

  useKeys(pressKey, keysOn.on);
  useSounds({ lines, here, known, situation, on: status === "live" && toneOn.on });
  useTitle(here, spec);
  const taken = { was: useWasMine(phase), leave, signOut: leaving.go };
  const label = here.ticket?.label ?? here.next?.label ?? "";
  return html`<div class="desk" data-phase=${phase} data-status=${status} data-pending=${intentions.pending?.verb ?? null}>
    <${Header} desk=${desk} user=${user} site=${site} spec=${spec} leave=${leave} keysOn=${keysOn} toneOn=${toneOn} leaving=${leaving}
      showHelp=${() => asking.ask("help")} />
    <aside class="left"><${Lines} lines=${lines} site=${site} known=${known} />
      <${Parked} rows=${parked} site=${site} desk=${desk} act=${act} /></aside>
    <main class="middle">
      <${Present} here=${here} phase=${phase} site=${site} spec=${spec} note=${note} taken=${taken} />
      <${Actions} desk=${desk} label=${label} spec=${spec} site=${site} problem=${problem} word=${intentions.word}
        again=${intentions.again} forget=${intentions.forget} />
    </main>
    <aside class="right"><${UpNext} next=${here.next} known=${known} site=${site} />
      <${Supervision} counter=${here.counter} site=${site} desk=${desk} /></aside>
    <${Recent} rows=${here.recent} desk=${desk} act=${act} />
    ${asking.question({ api, label, ticket: here.ticket, site, counter: spec, spec, desk, send, act, parked, leaving })}
  </div>`;
}

/** What the server said last of this counter, and what it means. */
function useSeen(id, user) {
  const { data, status, problem } = useTopic(`counter:${id}`);
  const here = {
    counter: single(data, "counter"), ticket: single(data, "ticket"), next: single(data, "next"),
    recent: rows(data, "recent"), parked: rows(data, "parked"),
  };
  useNow(1000); // again every second; the hour itself is read afresh, for a message may have set the clock right
  const situation = { phase: phaseOf(here, user), status, here, rights: user.rights ?? null, at: now() };
  return { situation, lines: rows(data, "lines"), known: Boolean(data), problem };
}

/**
 * What presses do: `press(verb)` from a button, `pressKey(key)` from the keyboard, `send(verb, body)` from an answered
 * question, `act(verb, row)` for one of the parked or the last ten.
 */
function verbsOf({ id, situation, intentions, asking, parked }) {
  const { here } = situation;
  const may = (verb) => {
    const why = whyNot(verb, { ...situation, at: now() });
    if (why && situation.status === "live") intentions.explain(verb, why);
    return !why && !intentions.pending;
  };
  const send = (verb, body = {}, about = null) => {
    asking.close();
    const who = about ?? (verb === "undo" ? undoable(situation) : here.ticket ?? here.next);
    intentions.run(verb, { counter: id, ticket: who?.id }, body, who?.label ?? "");
  };
  const press = (verb) => {
    wakeTone();
    if (!verb || !may(verb)) return;
    if (verb === "note") focusNote();
    else if (asking.asks(verb)) asking.ask(verb);
    else send(verb);
  };
  const act = (verb, row) => {
    wakeTone();
    if (verb === "ask") return asking.ask("parked", row);
    if (may(verb)) send(verb, verb === "again" ? { ticket: row.id } : {}, row);
    else asking.close();
    return undefined;
  };
  const pressKey = (key) => {
    if (key === HELP_KEY) asking.ask("help");
    else if (/[0-9]/.test(key)) parked[key - 1] && act("ask", parked[key - 1]);
    else press(verbOfKey(key, { ...situation, at: now() }));
  };
  return { press, pressKey, send, act };
}

function useSounds({ lines, here, known, situation, on }) {
  useArrivals(waitingAtAll(lines), on && situation.phase !== "closed");
  useReminders(here.parked, situation.at, on);
  useSummons(here.counter?.summons, on, known);
}

/** A tone when someone comes while nobody waited; not at the start, nor when the truth comes back after a gap. */
function useArrivals(waiting, on) {
  const [seen, setSeen] = useState(null);
  useEffect(() => {
    if (!on) return setSeen(null);
    if (seen === 0 && waiting > 0) playArrival();
    if (seen !== waiting) setSeen(waiting);
  }, [waiting, on]);
}

/** Whether this page looked after the counter before somebody else took it over. */
function useWasMine(phase) {
  const mine = useRef(false);
  if (AT_WORK.includes(phase)) mine.current = true;
  if (phase === "closed") mine.current = false;
  return mine.current;
}

function useTitle({ ticket }, counter) {
  const place = t("counter-number", { number: counter.number });
  const title = ticket ? `${ticket.label} · ${place}` : place;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
