/** The words of the site's reasons (pause, park, summon …), in the reader's language. */

import { inLanguage } from "/assets/texts.js";

/** A reason's name; another program's reason as it gave it; "" for none. */
export function reasonWords(site, kind, id) {
  if (!id) return "";
  return inLanguage(site.reasons?.[kind]?.find((one) => one.id === id)?.name) || id;
}
