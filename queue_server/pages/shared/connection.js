/** How a page says that it is not up to date: one banner, the same words everywhere. */

import { StateMark, Turning } from "/assets/marks.js";
import { t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";

/**
 * Nothing while all is well. `status` and `problem` as `useTopic` gives them; `advice` replaces the common second
 * sentence where a screen knows better what the reader can do.
 */
export function Connection({ status, problem = null, advice = null }) {
  if (status === "live") return null;
  if (status === "connecting") {
    return html`<div class="banner connection" role="status" data-status="connecting">
      <${Turning} /><div>${t("connection-connecting")}</div>
    </div>`;
  }
  const refused = status === "refused";
  return html`<div class="banner connection" data-kind="trouble" role="alert" data-status=${status}>
    <${StateMark} state="late" />
    <div>
      <strong>${refused ? t("connection-refused") : t("connection-stale")}</strong>
      ${advice ?? (refused ? problem?.detail || t("connection-refused-advice") : t("connection-stale-advice"))}
    </div>
  </div>`;
}
