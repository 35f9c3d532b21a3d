/** The sheet at the side: one line, counter, number or device, what is known of it, and what may be done. */

import { StateMark } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html, useEffect, useRef } from "/assets/vendor.js";
import { CounterPanel } from "/pages/supervisor/counterPanel.js";
import { KioskPanel } from "/pages/supervisor/kioskPanel.js";
import { QueuePanel } from "/pages/supervisor/queuePanel.js";
import { TicketPanel } from "/pages/supervisor/ticketPanel.js";
import { Word } from "/pages/supervisor/word.js";

const KINDS = { queue: QueuePanel, counter: CounterPanel, ticket: TicketPanel, kiosk: KioskPanel };

/** Escape, the veil and the button put it away; the focus returns to where it came from. */
export function Panel({ panel, api, hall, may, acts, open }) {
  const box = useRef(null);
  const { now, deep, back, close } = panel;
  useEffect(() => {
    const before = document.activeElement;
    box.current.showModal();
    box.current.querySelector("h2")?.focus({ preventScroll: true });
    return () => before?.isConnected && before.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const part = now.part && box.current.querySelector(`[data-part="${now.part}"]`);
    if (part) part.scrollIntoView({ block: "start" });
    else box.current.querySelector(".sheet-body").scrollTo(0, 0);
  }, [now]);
  const outside = (event) => event.target === box.current && close();
  const Kind = KINDS[now.kind];
  return html`<dialog ref=${box} class="sheet floating" data-kind=${now.kind} data-id=${now.id} aria-label=${t(`super-sheet-${now.kind}`)} onClose=${close} onMouseDown=${outside}>
    <div class="sheet-all">
      <div class="sheet-bar">
        ${deep ? html`<button type="button" class="button quiet small" onClick=${back}>← ${t("button-back")}</button>` : html`<span></span>`}
        <button type="button" class="button quiet small" onClick=${close}>${t("super-put-away")} <kbd class="key">Esc</kbd></button>
      </div>
      <div class="sheet-body"><${Kind} key=${`${now.kind} ${now.id}`} id=${now.id} part=${now.part} api=${api} hall=${hall} may=${may} acts=${acts} open=${open} /></div>
      <div class="sheet-foot">
        ${hall.status === "live" ? html`<${Word} acts=${acts} />`
          : html`<div class="word" role="alert" data-kind="refused"><span class="said"><${StateMark} state="late" /><span><strong>${t("connection-stale")}</strong> ${t("super-stale-advice")}</span></span></div>`}
      </div>
    </div>
  </dialog>`;
}
