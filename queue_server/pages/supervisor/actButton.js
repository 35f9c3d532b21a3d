/** A button that does something to the hall: never shown without the right, never `disabled`, and says why it waits. */

import { t } from "/assets/texts.js";
import { html, useEffect, useRef, useState } from "/assets/vendor.js";

/** Escape takes back the question first, and only then the sheet that it stands in. */
export function onEscape(stay) {
  return (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    stay();
  };
}

/** Does it at once. `right`: the action that the session must have. */
export function ActButton({ may, right, go, class: className = "", children, ...more }) {
  if (!may.has(right)) return null;
  return html`<button type="button" class=${`button ${className}`} data-act=${right} aria-disabled=${may.able ? null : "true"} title=${may.why}
    onClick=${(event) => may.able && event.detail < 2 && go()} ...${more}>${children}</button>`;
}

/**
 * Asks once, in its own place: the first press says what will happen, the second does it.
 * `advice`: what will happen; `sure`: the words of the button that does it; `grave`: it takes something away.
 */
export function AskButton({ may, right, go, advice, sure, grave = false, class: className = "", children, ...more }) {
  const [asking, setAsking] = useState(false);
  const keep = useRef(null);
  const first = useRef(null);
  useEffect(() => {
    if (asking) keep.current?.focus();
  }, [asking]);
  if (!may.has(right)) return null;
  const stay = () => {
    setAsking(false);
    setTimeout(() => first.current?.focus());
  };
  const does = () => {
    stay();
    go();
  };
  if (!asking) {
    return html`<button type="button" ref=${first} class=${`button ${className}`} data-act=${right} aria-disabled=${may.able ? null : "true"}
      title=${may.why} onClick=${() => may.able && setAsking(true)} ...${more}>${children}</button>`;
  }
  return html`<div class="asking" role="group" aria-label=${sure} onKeyDown=${onEscape(stay)}>
    <p>${advice}</p>
    <div class="asking-buttons">
      <button type="button" ref=${keep} class="button small" onClick=${stay}>${t("super-keep")}</button>
      <button type="button" class=${`button small ${grave ? "danger" : "primary"}`} data-sure=${right} aria-disabled=${may.able ? null : "true"}
        onClick=${(event) => may.able && event.detail < 2 && does()}>${sure}</button>
    </div>
  </div>`;
}
