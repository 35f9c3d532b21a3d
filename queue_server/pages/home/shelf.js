/** What the virtual printers print, as pictures: the newest slides out of the slot, press one to see it whole. */

import { timeOfDay } from "/assets/clock.js";
import { t } from "/assets/texts.js";
import { html, useEffect, useRef, useState } from "/assets/vendor.js";

const LOOK_MS = 1000;
const SHOWN = 12;

export function Shelf({ printers }) {
  const { slips, away } = useSlips(printers);
  const [open, setOpen] = useState(null);
  return html`<aside class="shelf" aria-label=${t("home-shelf")}>
    <h2>${t("home-shelf")}</h2>
    <div class="slot" aria-hidden="true"></div>
    <ul aria-live="polite">
      ${slips.map((slip, at) => html`<li key=${slip.png} data-newest=${at === 0 || null}>
        <button type="button" class="slip" onClick=${() => setOpen(slip)}>
          <img src=${slip.png} alt=${altOf(slip)} loading=${at < 3 ? "eager" : "lazy"} />
        </button>
        <span class="soft tabular">${slip.at ? timeOfDay(slip.at) : ""}</span>
      </li>`)}
    </ul>
    ${!slips.length && html`<p class="none soft">${away ? t("problem-unreachable") : t("home-shelf-empty")}</p>`}
    ${open && html`<${Enlarged} slip=${open} close=${() => setOpen(null)} />`}
  </aside>`;
}

function Enlarged({ slip, close }) {
  const box = useRef(null);
  useEffect(() => box.current.showModal(), []);
  return html`<dialog ref=${box} class="enlarged" aria-label=${altOf(slip)} onClose=${close} onClick=${close}>
    <img src=${slip.png} alt=${altOf(slip)} />
    <button type="button" class="button" autofocus onClick=${close}>${t("button-close")} <kbd class="key">Esc</kbd></button>
  </dialog>`;
}

function altOf(slip) {
  return slip.label ? t("home-slip", { label: slip.label }) : t("home-slip-unnamed");
}

/** The slips of all printers, newest first; looked for while somebody sees the page. */
function useSlips(printers) {
  const [state, setState] = useState({ slips: [], away: false });
  useEffect(() => {
    let timer;
    let stopped = false;
    const look = async () => {
      if (!document.hidden) {
        const next = await read(printers).catch(() => null);
        if (stopped) return;
        setState((known) => nextState(known, next));
      }
      timer = setTimeout(look, LOOK_MS);
    };
    look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, []);
  return state;
}

async function read(printers) {
  const lists = await Promise.all(printers.map(async ({ slips_url: url }) => {
    const answer = await fetch(url, { cache: "no-store" });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return (await answer.json()).slips;
  }));
  return lists.flat().sort((a, b) => new Date(b.at) - new Date(a.at) || b.n - a.n).slice(0, SHOWN);
}

function nextState(known, slips) {
  if (!slips) return known.away ? known : { ...known, away: true };
  const same = !known.away && slips.map((slip) => slip.png).join() === known.slips.map((slip) => slip.png).join();
  return same ? known : { slips, away: false };
}
