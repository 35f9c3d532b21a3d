/** Whether paper came, in words; and where some of it may be missing, the offer of a marked copy. */

import { newKey } from "/assets/api.js";
import { StateMark, Turning } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html, useEffect, useRef, useState } from "/assets/vendor.js";
import { printerTrouble } from "./situation.js";

const MARK = { printed: "done", failed: "late", uncertain: "late", held: "paused", none: "paused" };
const TRIES_AFTER_SILENCE = 3;
const IN_DOUBT = new Set(["failed", "uncertain"]);

/** @param {{ticket: object, slip: {state: string, copy: boolean}, kiosk: object, api: import("/assets/api.js").Api}} props */
export function Paper({ ticket, slip, kiosk, api }) {
  const copying = useCopying(ticket, slip, kiosk, api);
  const state = copying.asked ? "queued" : slip.state;
  const words = copying.asked || slip.copy ? `kiosk-copy-${state}` : `kiosk-slip-${state}`;
  const offered = IN_DOUBT.has(state) && !printerTrouble(kiosk?.printer);
  const mark = MARK[state];
  return html`<p class="paper" role="status" data-slip=${state} data-copy=${copying.asked || slip.copy}>
      ${mark ? html`<${StateMark} state=${mark} />` : html`<${Turning} />`}
      <span>${copying.failed ? t("kiosk-copy-refused") : t(words)}</span>
    </p>
    ${offered && html`<button type="button" class="button copy" onClick=${copying.ask}>${t("kiosk-copy")}</button>`}`;
}

/** One wish for a copy: sent under one key until the kiosk is seen to have taken it up, however often it is tapped. */
function useCopying(ticket, slip, kiosk, api) {
  const wish = useRef({ key: null, asked: false });
  const [shown, show] = useState({ asked: false, failed: false });
  useEffect(() => {
    wish.current = { key: null, asked: false };
    show({ asked: false, failed: false });
  }, [slip.state, slip.copy]);
  const ask = () => {
    const mine = wish.current;
    if (mine.asked) return;
    mine.key ??= newKey();
    mine.asked = true;
    show({ asked: true, failed: false });
    api.post(`/kiosks/${kiosk.id}/copies`, { ticket: ticket.id }, { key: mine.key, patience: TRIES_AFTER_SILENCE }).catch(() => {
      mine.asked = false;
      if (wish.current === mine) show({ asked: false, failed: true });
    });
  };
  return { ...shown, ask };
}
