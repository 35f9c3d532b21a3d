/** The questions the desk asks before a verb: why a pause, whether really to cancel. */

import { t } from "/assets/texts.js";
import { html, useEffect, useRef } from "/assets/vendor.js";
import { letterOf } from "/pages/desk/keys.js";
import { KEYS } from "/pages/desk/situation.js";

/** A question over the desk; Escape and the veil put it away. `onKey(event)` hears keys inside it. */
export function Dialog({ title, close, onKey = null, class: className = "", children }) {
  const box = useRef(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current.showModal();
    return () => before?.isConnected && before.focus({ preventScroll: true });
  }, []);
  const outside = (event) => event.target === box.current && close();
  return html`<dialog ref=${box} class=${`dialog floating ${className}`} aria-label=${title} onCancel=${close} onClose=${close}
      onMouseDown=${outside} onKeyDown=${onKey}>
    <div class="dialog-body">
      <h2>${title}</h2>
      ${children}
    </div>
  </dialog>`;
}

/** The reasons of a pause; the sample of any office. Each has its digit. */
export const PAUSE_REASONS = ["break", "lunch", "meeting", "errand", "technical"];

export function PauseDialog({ send, close }) {
  const choose = (reason) => send("pause", { reason });
  const onKey = (event) => {
    const reason = PAUSE_REASONS[Number(event.key) - 1];
    if (!reason || event.repeat) return;
    event.preventDefault();
    choose(reason);
  };
  return html`<${Dialog} title=${t("desk-pause-title")} close=${close} onKey=${onKey} class="pause">
    <p class="soft">${t("desk-pause-advice")}</p>
    <ul class="choices">${PAUSE_REASONS.map((reason, at) => html`<li key=${reason}>
      <button type="button" class="button choice" autofocus=${at === 0} onClick=${() => choose(reason)}>
        <kbd class="key">${at + 1}</kbd><span>${t(`desk-pause-${reason}`)}</span>
      </button></li>`)}</ul>
    <${Footer} close=${close} />
  <//>`;
}

export function CancelDialog({ label, send, close }) {
  const confirm = () => send("cancel", {});
  const onKey = (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || letterOf(event) !== KEYS.cancel) return;
    event.preventDefault();
    confirm();
  };
  return html`<${Dialog} title=${t("desk-cancel-title", { label })} close=${close} onKey=${onKey} class="cancel">
    <p>${t("desk-cancel-advice")}</p>
    <div class="dialog-buttons">
      <button type="button" class="button" autofocus onClick=${close}>${t("desk-cancel-keep", { label })} <kbd class="key">Esc</kbd></button>
      <button type="button" class="button danger" onClick=${confirm}>${t("desk-cancel-do", { label })} <kbd class="key">${KEYS.cancel}</kbd></button>
    </div>
  <//>`;
}

export function Footer({ close }) {
  return html`<div class="dialog-buttons">
    <button type="button" class="button" onClick=${close}>${t("button-back")} <kbd class="key">Esc</kbd></button>
  </div>`;
}
