/** Who has waited longer than the target, by name of their number: press one to move it. */

import { Chip, StateMark } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { minutesSince, overTarget } from "/pages/supervisor/hall.js";
import { useHeld, useRemembered, useSteady } from "/pages/supervisor/steady.js";

/** More rows than this are counted, not listed: nobody reads them, and each is drawn every second. */
const LISTED = 80;

export function Waits({ hall, open }) {
  const { box, held } = useHeld();
  const over = overTarget(hall.data?.waiting, hall.target, hall.at);
  const order = useSteady(over.slice(0, LISTED).map((one) => one.id), held);
  const { now, seen } = useRemembered(over, held);
  return html`<section class="waits" ref=${box} aria-label=${t("super-waits", { n: hall.target })} data-held=${held || null}>
    <h2>${t("super-waits", { n: hall.target })} <span class="count tabular">${over.length || ""}</span></h2>
    <ul>${order.map((id) => html`<${Wait} key=${id} one=${now.get(id) ?? seen.get(id)} gone=${!now.has(id)} hall=${hall} open=${open} />`)}
      ${over.length > LISTED && html`<li class="none soft">${t("super-waits-more", { n: over.length - LISTED })}</li>`}</ul>
    ${!order.length && html`<p class="none soft">${hall.data ? html`<${StateMark} state="done" />${t("super-waits-none", { n: hall.target })}` : ""}</p>`}
  </section>`;
}

function Wait({ one, gone, hall, open }) {
  return html`<li><button type="button" class="wait" data-ticket=${one.id} data-gone=${gone || null} onClick=${() => open({ kind: "ticket", id: one.id })}>
    <${Chip} chip=${one.chip} /><b class="number">${one.label}</b>
    <span class="wait-class">${one.class === hall.site.classes[0]?.id ? "" : inLanguage(hall.site.classes.find((known) => known.id === one.class)?.name)}</span>
    <span class="tabular wait-minutes">${gone ? t("super-wait-gone") : t("super-min", { n: minutesSince(one.since, hall.at) })}</span>
  </button></li>`;
}
