/** The three zones of the board: who walks now, who was called just before, who waits. */

import { Arrow, Chip, State } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html, useEffect, useRef, useState } from "/assets/vendor.js";
import { pagesOf } from "/board-assets/hall.js";
import { useSettling } from "/board-assets/settle.js";
import { Both, BothOf } from "/board-assets/words.js";

const PAGE_MS = 7000;

/** The calls that somebody should walk for, the newest first and largest. `speaking` is the label being read. */
export function Now({ calls, speaking, children }) {
  const list = useSettling();
  const resting = calls[0]?.resting && speaking !== calls[0].label;
  return html`<section class="now" aria-label=${t("board-now")}>
    ${calls.length > 0 && html`<div class="columns">
      <h2><${Both} id=${resting ? "board-last" : "board-now"} /></h2>
      <p aria-hidden="true"><${Both} id=${resting ? "board-at-counter" : "board-to-counter"} /></p>
    </div>`}
    <ol ref=${list} class="calls" data-count=${calls.length}>
      ${calls.map((call, rank) => html`<${Call} key=${`${call.label}:${call.calls}`} ...${{ call, rank }}
        fresh=${call.fresh || speaking === call.label} />`)}
    </ol>
    ${!calls.length && children}
  </section>`;
}

function Call({ call, rank, fresh }) {
  const resting = call.resting && !fresh;
  return html`<li class="call" data-key=${`${call.label}:${call.calls}`} data-rank=${rank}
      data-look=${fresh ? "fresh" : resting ? "resting" : "called"} style=${{ "--signs": signs(call) }}>
    <span class="number label">${call.label}</span>
    <${Arrow} to=${call.arrow} />
    <span class="counter"><span class="visually-hidden">${t("board-counter")} </span
      ><span class="number">${call.counter}</span></span>
    <div class="where">
      ${resting && html`<${RestingState} state=${call.state} />`}
      <p class="area"><${BothOf} text=${call.area} /></p>
      <p class="direction"><${BothOf} text=${call.direction} /></p>
    </div>
  </li>`;
}

/** The state of a ticket at rest, by the state of its call. */
const RESTING = { called: "called", serving: "serving", missed: "no_show", done: "finished" };

function RestingState({ state }) {
  const known = RESTING[state] ?? "finished";
  return html`<${State} state=${known}>${t(`state-${known}`)}<//>`;
}

/** How many signs stand side by side in a call: the letters shrink when a label is longer than usual. */
function signs({ label, counter }) {
  return Math.max(6, [...label].length + [...counter].length);
}

/** The calls before those, smaller; one that still waits for its person keeps the colour of "now". */
export function Before({ calls }) {
  const list = useSettling();
  const [room, capacity] = useCapacity(2.75);
  return html`<section class="before" aria-label=${t("board-before")}>
    <h2><${Both} id="board-before" /></h2>
    <div ref=${room} class="room">
      ${calls.length
        ? html`<ol ref=${list}>
            ${calls.slice(0, capacity).map((call) => html`<li key=${call.label} data-key=${call.label} data-open=${call.open}>
              <span class="number label">${call.label}</span>
              <${Arrow} to=${call.arrow} />
              <span class="counter"><span class="visually-hidden">${t("board-counter")} </span
                ><span class="number">${call.counter}</span></span>
              <span class="area">${call.state === "missed"
                ? html`<${State} state="no_show">${t("board-missed")}<//>` : inLanguage(call.area)}</span>
            </li>`)}
          </ol>`
        : html`<p class="nothing"><${Both} id="board-before-empty" /></p>`}
    </div>
  </section>`;
}

/** Who waits, by agency: only lines with people, turned over page by page when they are many. */
export function Waiting({ lines, people }) {
  const [room, capacity] = useCapacity(2.75);
  const pages = pagesOf(lines, capacity);
  const page = useTurning(pages.length);
  return html`<section class="waiting" aria-label=${t("board-waiting")}>
    <h2>
      <${Both} id="board-waiting" />
      ${people > 0 && html`<span class="total"><${Both} id="board-waiting-people" args=${{ n: people }} /></span>`}
      ${pages.length > 1 && html`<span class="page tabular">${t("board-page", { page: page + 1, of: pages.length })}</span>`}
    </h2>
    <div ref=${room} class="room">
      ${pages.length
        ? html`<ol key=${page} class="lines">${pages[page].map((line) => html`<${Line} key=${line.queue} line=${line} />`)}</ol>`
        : html`<p class="nothing"><${Both} id="board-waiting-empty" /></p>`}
    </div>
  </section>`;
}

/** Letters of an agency's name beyond which two lines need smaller type. */
const LONG_NAME = 38;

function Line({ line }) {
  const long = inLanguage(line.agency).length > LONG_NAME;
  return html`<li>
    <${Chip} chip=${line.chip} />
    <span class="agency" data-long=${long}><${BothOf} text=${line.agency} /></span>
    <span class="number count">${line.waiting}</span>
    <span class="wait">${waitInWords(line)}</span>
  </li>`;
}

function waitInWords({ open, low, high }) {
  if (!open) return t("board-line-unstaffed");
  if (low === null || high === null || low === undefined || high === undefined) return "";
  return t("wait-interval", { low, high });
}

/** Turn over `count` pages in a circle; the page shown, from 0. */
function useTurning(count) {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (count < 2) return undefined;
    const timer = setInterval(() => setTurn((before) => before + 1), PAGE_MS);
    return () => clearInterval(timer);
  }, [count]);
  return count ? turn % count : 0;
}

/** How many rows of `rem` height fit the room of a list, whatever the screen. */
function useCapacity(rem) {
  const room = useRef(null);
  const [capacity, setCapacity] = useState(4);
  useEffect(() => {
    const measure = () => {
      const row = rem * parseFloat(getComputedStyle(document.documentElement).fontSize);
      const columns = Number(getComputedStyle(room.current).getPropertyValue("--columns")) || 1;
      setCapacity(columns * Math.max(1, Math.floor((room.current.clientHeight + 1) / row)));
    };
    const watch = new ResizeObserver(measure);
    watch.observe(room.current);
    return () => watch.disconnect();
  }, [rem]);
  return [room, capacity];
}
