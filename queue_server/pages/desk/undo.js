/** The strip that takes back a call, an absence or an end: what was done, the key, and for how long still. */

import { Turning } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { secondsLeft, undoable, whyNot } from "/pages/desk/situation.js";
import { VERBS } from "/pages/desk/verbs.js";

/** Its place is kept while there is nothing to take back, so that nothing moves when there is. */
export function UndoStrip({ desk, whole }) {
  const { situation, pending, press } = desk;
  const row = undoable(situation);
  const mine = pending?.verb === "undo";
  if (!row && !mine) return html`<div class="undo" data-empty="true"></div>`;
  const left = row ? secondsLeft(row.until, situation.at) : 0;
  const off = pending || whyNot("undo", situation);
  return html`<div class="undo">
    <button type="button" class="button" data-verb="undo" aria-disabled=${off ? "true" : null} aria-keyshortcuts=${VERBS.undo.key}
        onClick=${(event) => event.detail < 2 && press("undo")}>
      ${mine && html`<${Turning} />`}
      <span class="words"><strong>${row ? t(`desk-did-${row.state}`, { label: row.label }) : ""}</strong>
        <span>${mine ? t("desk-undo.busy") : t("desk-undo")}</span></span>
      <span class="left tabular">${row && !mine ? t("desk-undo-left", { n: left }) : ""}</span>
      <kbd class="key">${VERBS.undo.key}</kbd>
    </button>
    <svg class="fuse" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width=${Math.min(100, Math.max(0, (100 * left) / whole))} height="1" /></svg>
  </div>`;
}
