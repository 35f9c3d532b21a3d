/** What every question over the desk shares: the sheet, its way back, and a question with one letter for an answer. */

import { t } from "/assets/texts.js";
import { html, useEffect, useRef } from "/assets/vendor.js";
import { isPlain, keyOf } from "/pages/desk/keys.js";

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

export function Footer({ close }) {
  return html`<div class="dialog-buttons">
    <button type="button" class="button" onClick=${close}>${t("button-back")} <kbd class="key">Esc</kbd></button>
  </div>`;
}

/**
 * A question with a few answers, each with its letter.
 * @param {{key: string, words: string, why?: string, act: () => void}[]} answers those with a `why` cannot be given now
 */
export function ChoiceDialog({ title, advice = null, answers, close, class: className = "" }) {
  const onKey = (event) => {
    const answer = isPlain(event) && answers.find(({ key }) => key === keyOf(event));
    if (!answer) return;
    event.preventDefault();
    if (!answer.why) answer.act();
  };
  return html`<${Dialog} title=${title} close=${close} onKey=${onKey} class=${className}>
    ${advice && html`<p class="soft">${advice}</p>`}
    <ul class="choices">${answers.map(({ key, words, why, act }, at) => html`<li key=${key}>
      <button type="button" class="button choice" autofocus=${at === 0} aria-disabled=${why ? "true" : null} onClick=${() => !why && act()}>
        <kbd class="key">${key}</kbd><span>${words}${why && html`<small class="more">${why}</small>`}</span>
      </button></li>`)}</ul>
    <${Footer} close=${close} />
  <//>`;
}
