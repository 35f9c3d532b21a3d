/** Call a colleague to a counter, for one of the site's reasons: a list behind one button. */

import { inLanguage, t } from "/assets/texts.js";
import { html, useState } from "/assets/vendor.js";
import { ACTS } from "/pages/supervisor/acts.js";
import { ActButton, onEscape } from "/pages/supervisor/actButton.js";

/** `first`: the reason that fits best, offered first. */
export function Summon({ row, first, hall, may, acts }) {
  const [choosing, setChoosing] = useState(false);
  const reasons = [...(hall.site.reasons?.summon ?? [])].sort((a, b) => (b.id === first) - (a.id === first));
  const send = (reason) => {
    setChoosing(false);
    acts.run(ACTS.summon(row.id, reason.id, { number: row.number, reason: inLanguage(reason.name) }));
  };
  if (!choosing) return html`<${ActButton} may=${may} right="summon" class="small" go=${() => setChoosing(true)}>${t("super-summon")}<//>`;
  return html`<div class="asking summon-reasons" role="group" aria-label=${t("super-summon-why")} onKeyDown=${onEscape(() => setChoosing(false))}>
    <p>${t("super-summon-why")}</p>
    <div class="asking-buttons">
      ${reasons.map((reason, at) => html`<${Reason} key=${reason.id} reason=${reason} focus=${at === 0} may=${may} send=${send} />`)}
      <button type="button" class="button quiet small" onClick=${() => setChoosing(false)}>${t("super-keep")}</button>
    </div>
  </div>`;
}

function Reason({ reason, focus, may, send }) {
  return html`<button type="button" class="button small" data-reason=${reason.id} ref=${focus ? focusOnce : null} aria-disabled=${may.able ? null : "true"}
    onClick=${(event) => may.able && event.detail < 2 && send(reason)}>${inLanguage(reason.name)}</button>`;
}

function focusOnce(element) {
  if (element && !element.dataset.focused) {
    element.dataset.focused = "yes";
    element.focus();
  }
}
