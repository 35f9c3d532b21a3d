/** Nobody touches: ask whether somebody is still there, by sight and to a reader, then make room for the next. */

import { t } from "/assets/texts.js";
import { html, useEffect, useRef, useState } from "/assets/vendor.js";

const QUIET_S = 60;
const ANSWER_S = 20;

/**
 * @param {boolean} watching whether silence means that somebody left
 * @param {() => void} leave
 * @returns {{asking: boolean, left: number, stay: () => void, leave: () => void}} left: seconds to answer
 */
export function useIdle(watching, leave) {
  const [quiet, setQuiet] = useState(0);
  useEffect(() => {
    setQuiet(0);
    if (!watching) return undefined;
    const touched = () => setQuiet((seconds) => (seconds < QUIET_S ? 0 : seconds));
    const timer = setInterval(() => setQuiet((seconds) => seconds + 1), 1000);
    const events = ["pointerdown", "keydown", "scroll"];
    for (const event of events) document.addEventListener(event, touched, { passive: true, capture: true });
    return () => {
      clearInterval(timer);
      for (const event of events) document.removeEventListener(event, touched, { capture: true });
    };
  }, [watching]);
  useEffect(() => {
    if (watching && quiet >= QUIET_S + ANSWER_S) leave();
  }, [watching, quiet]);
  const asking = watching && quiet >= QUIET_S;
  return { asking, left: Math.max(0, QUIET_S + ANSWER_S - quiet), stay: () => setQuiet(0), leave };
}

export function StillThere({ left, stay, leave }) {
  const first = useRef(null);
  useEffect(() => {
    const before = document.activeElement;
    first.current?.focus();
    return () => before?.isConnected && before.focus({ preventScroll: true });
  }, []);
  return html`<div class="veil">
    <div class="asking floating" role="alertdialog" aria-modal="true" aria-labelledby="still-there" aria-describedby="still-there-left">
      <h2 id="still-there">${t("kiosk-still-there")}</h2>
      <p id="still-there-left">${t("kiosk-still-there-left", { n: left })}</p>
      <div class="actions">
        <button type="button" class="button primary" ref=${first} onClick=${stay}>${t("kiosk-stay")}</button>
        <button type="button" class="button" onClick=${leave}>${t("kiosk-leave")}</button>
      </div>
    </div>
  </div>`;
}
