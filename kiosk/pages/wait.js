/** A likely wait in words: an interval, never a false point. */

import { t } from "/assets/texts.js";

/** @param {number|null} low minutes @param {number|null} high minutes */
export function waitInWords(low, high) {
  if (low == null || high == null) return t("wait-unknown");
  const from = Math.floor(low);
  const to = Math.ceil(high);
  if (to <= 1) return t("wait-now");
  return from === to ? t("wait-about", { n: to }) : t("wait-interval", { low: from, high: to });
}
