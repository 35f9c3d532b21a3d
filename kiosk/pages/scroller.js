/** A body that may be taller than the glass: it says so, and moves by a button as well as by a finger. */

import { t } from "/assets/texts.js";
import { html, useEffect, useRef, useState } from "/assets/vendor.js";

const NEARLY = 4;

export function Scroller({ children }) {
  const box = useRef(null);
  const [place, setPlace] = useState({ more: false, less: false });
  useEffect(() => {
    const element = box.current;
    const look = () => setPlace({
      more: element.scrollTop + element.clientHeight < element.scrollHeight - NEARLY,
      less: element.scrollTop > NEARLY,
    });
    const watcher = new ResizeObserver(look);
    watcher.observe(element);
    watcher.observe(element.firstElementChild);
    element.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      watcher.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  const move = (pages) => box.current.scrollBy({ top: pages * box.current.clientHeight * 0.85, behavior: "smooth" });
  return html`<div class="scroller">
    <div class="scroller-box" ref=${box}><div>${children}</div></div>
    ${(place.more || place.less) && html`<button type="button" class="button scroller-button" onClick=${() => move(place.more ? 1 : -1)}>
      <span class="glyph" aria-hidden="true">${place.more ? "↓" : "↑"}</span>${t(place.more ? "kiosk-down" : "kiosk-up")}
    </button>`}
  </div>`;
}
