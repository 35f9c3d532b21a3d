/** What a code that was held before the scanner means: the slip's own place in line, or a calm sentence. */

import { Arrow, State, Turning } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { timeOfDay } from "/assets/clock.js";
import { html, useCallback, useEffect, useRef, useState } from "/assets/vendor.js";
import { decode } from "./codes.js";
import { hearWedge } from "./wedge.js";
import { waitInWords } from "./wait.js";

const SHOWN_S = 20;
const CALM_MS = 2000;
const PER_CALM = 5;

/**
 * The code to show now, from the kiosk's own scanner (`row`) or from one that types into this page.
 * @returns {{scan: object|null, close: () => void}} scan: {n, kind, secret?}, n new with each code
 */
export function useScan(row) {
  const [scan, setScan] = useState(null);
  const show = useRef(0);
  const put = useCallback((found) => {
    show.current += 1;
    const n = show.current;
    // Where the focus was, noted before the screen behind becomes inert and loses it.
    setScan((shown) => ({ ...found, n, before: shown?.before ?? document.activeElement }));
  }, []);
  useEffect(() => {
    if (row?.kind) put({ kind: row.kind, secret: row.secret });
  }, [row?.n]);
  useEffect(() => {
    let recent = [];
    return hearWedge((code) => {
      const now = performance.now();
      recent = [...recent.filter((at) => now - at < CALM_MS), now].slice(-PER_CALM - 1);
      const found = recent.length <= PER_CALM ? decode(code) : null; // more is no person
      if (found) put(found);
    });
  }, []);
  return { scan, close: () => setScan(null) };
}

/** The answer to a code, in front of whatever stands on the glass, for a while. */
export function ScanView({ scan, close, api, canStart, start }) {
  const [left, setLeft] = useState(SHOWN_S);
  const first = useRef(null);
  useEffect(() => {
    setLeft(SHOWN_S);
    const timer = setInterval(() => setLeft((now) => now - 1), 1000);
    return () => clearInterval(timer);
  }, [scan.n]);
  useEffect(() => {
    if (left <= 0) close();
  }, [left]);
  useEffect(() => {
    first.current?.focus();
    return () => scan.before?.isConnected && scan.before.focus({ preventScroll: true });
  }, []);
  const begin = () => {
    close();
    start();
  };
  return html`<div class="veil">
    <div class="asking scanned floating" role="dialog" aria-modal="true" aria-labelledby="scanned" data-kind=${scan.kind}>
      ${scan.kind === "ticket" ? html`<${Slip} key=${scan.n} secret=${scan.secret} api=${api} />` : html`<${Said} kind=${scan.kind} />`}
      <div class="scanned-end">
        <p class="countdown tabular">${t("kiosk-closes-in", { n: Math.max(0, left) })}</p>
        ${canStart && scan.kind !== "ticket" && html`<button type="button" class="button" onClick=${begin}>${t("kiosk-scan-start")}</button>`}
        <button type="button" class="button primary" ref=${first} onClick=${close}>${t("kiosk-done")}</button>
      </div>
    </div>
  </div>`;
}

/** A card, a dossier, or nothing that this machine knows: one heading, one sentence. */
function Said({ kind }) {
  return html`<div class="scanned-said" role="status">
    <h2 id="scanned">${t(`kiosk-scan-${kind}`)}</h2>
    <p>${t(`kiosk-scan-${kind}-advice`)}</p>
  </div>`;
}

/** Where the number on the slip stands, asked once. */
function Slip({ secret, api }) {
  const [{ ticket, problem }, answer] = useState({ ticket: null, problem: null });
  useEffect(() => {
    let gone = false;
    api.get(`/track/${encodeURIComponent(secret)}`, { patience: 1, timeout: 4000 }).then(
      (found) => !gone && answer({ ticket: found, problem: null }),
      (failed) => !gone && answer({ ticket: null, problem: failed }),
    );
    return () => {
      gone = true;
    };
  }, [secret]);
  if (problem) return html`<${NotFound} unknown=${problem.status === 404} />`;
  if (!ticket) return html`<p class="scanned-wait" id="scanned" role="status"><${Turning} />${t("kiosk-scan-looking")}</p>`;
  return html`<article class="scanned-slip" data-state=${ticket.state} role="status">
    <h2 id="scanned"><span class="label-says">${t("kiosk-your-number")}</span>
      <span class="scanned-label number" style=${{ "--chars": ticket.label.length }}>${ticket.label}</span></h2>
    <p class="scanned-agency">${inLanguage(ticket.agency)}</p>
    <${Standing} ticket=${ticket} />
  </article>`;
}

function NotFound({ unknown }) {
  const name = unknown ? "ticket-unknown" : "kiosk-scan-later";
  return html`<div class="scanned-said" role="status">
    <h2 id="scanned">${t(name)}</h2>
    <p>${t(`${name}-advice`)}</p>
  </div>`;
}

function Standing({ ticket }) {
  const { state, counter } = ticket;
  if (state === "waiting") return html`<${Waiting} ticket=${ticket} />`;
  if (counter) {
    return html`<p class="scanned-state"><${State} state=${state}>${t(`ticket-${state}`, { number: counter.counter })}<//></p>
      <${Place} area=${counter.area} direction=${counter.direction} arrow=${counter.arrow} ask="kiosk-scan-go" />`;
  }
  const advice = ticket.grace
    ? t("ticket-no_show-grace", { time: timeOfDay(Date.parse(ticket.grace.until)) })
    : t(`ticket-${state}-advice`);
  return html`<p class="scanned-state"><${State} state=${state}>${t(`ticket-${state}`)}<//></p><p>${advice}</p>`;
}

function Waiting({ ticket }) {
  const area = ticket.areas.length === 1 ? ticket.areas[0] : null;
  return html`<dl class="ticket-figures">
      <div><dt>${t("kiosk-ahead")}</dt><dd>${ticket.ahead === 0 ? t("kiosk-nobody-ahead") : t("unit-people", { n: ticket.ahead })}</dd></div>
      <div><dt>${t("kiosk-likely-wait")}</dt><dd>${waitInWords(ticket.estimate?.low, ticket.estimate?.high)}</dd></div>
    </dl>
    ${area && html`<${Place} area=${area.name} direction=${area.direction} arrow=${area.arrow} ask="kiosk-go-to" />`}`;
}

function Place({ area, direction, arrow, ask }) {
  return html`<section class="sign">
    <${Arrow} to=${arrow} class="sign-arrow" />
    <div><p class="sign-ask">${t(ask)}</p><p class="sign-place">${inLanguage(area)}</p><p class="sign-way">${inLanguage(direction)}</p></div>
  </section>`;
}

/** At rest, where there is a scanner: what it is good for. */
export function ScanNote({ kiosk }) {
  return kiosk?.scans && html`<p class="scan-note">${t("kiosk-scan-note")}</p>`;
}
