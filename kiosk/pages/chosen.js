/** What was chosen so far, so that nobody has to remember it. */

import { Chip } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";

export function Chosen({ flow, children }) {
  const { agency, service } = flow;
  return html`<div class="chosen">
    <${Chip} chip=${agency.chip} />
    <div>
      <p class="chosen-agency">${inLanguage(agency.name)}</p>
      ${flow.step === "confirm" && html`<p class="chosen-service">
        ${service ? html`<span lang="vi">${inLanguage(service.name)}</span>` : t("kiosk-other-chosen")}
      </p>`}
      ${children}
    </div>
  </div>`;
}
