/** Send this person on: to another line or counter now, or to a further agency when this one is done. */

import { Chip } from "/assets/marks.js";
import { inLanguage, t, textIn } from "/assets/texts.js";
import { html, useMemo } from "/assets/vendor.js";
import { placesOf } from "/pages/desk/places.js";
import { SearchDialog } from "/pages/desk/searchList.js";

export function TransferDialog({ label, ticket, site, counter, send, close }) {
  const places = useMemo(() => placesOf(site, { queue: ticket?.queue, counter: counter.id }), [site]);
  return html`<${SearchDialog} title=${t("desk-transfer-title", { label })} advice=${t("desk-transfer-advice")}
    search=${t("desk-transfer-search")} none=${t("desk-transfer-none")} items=${places} wordsOf=${wordsOf}
    row=${(place) => html`<${Place} place=${place} />`} go=${(place) => send("transfer", place.target)} close=${close} class="transfer" />`;
}

export function AddServiceDialog({ label, ticket, site, send, close }) {
  const planned = ticket?.then ?? [];
  const places = useMemo(() => placesOf(site, { queue: ticket?.queue, counter: null })
    .filter((place) => place.kind === "queue" && !planned.includes(place.id)), [site, planned.join()]);
  const stops = planned.map((id) => inLanguage(site.queues.find((one) => one.id === id)?.name));
  const advice = stops.length ? t("desk-add_service-planned", { stops: stops.join(" → ") }) : t("desk-add_service-advice");
  return html`<${SearchDialog} title=${t("desk-add_service-title", { label })} advice=${advice}
    search=${t("desk-add_service-search")} none=${t("desk-transfer-none")} items=${places} wordsOf=${wordsOf}
    row=${(place) => html`<${Place} place=${place} />`} go=${(place) => send("add_service", place.target)} close=${close} class="add-service" />`;
}

function Place({ place }) {
  return html`
    ${place.kind === "queue" ? html`<${Chip} chip=${place.mark} />` : html`<span class="counter-mark number">${place.mark}</span>`}
    <span class="place-name">${nameOf(place)}</span>
    <span class="soft">${inLanguage(place.detail)}</span>`;
}

function nameOf(place) {
  return place.kind === "queue" ? inLanguage(place.name) : t("counter-number", { number: place.mark });
}

/** Both languages can be typed, whichever the page shows. */
function wordsOf(place) {
  if (place.kind === "queue") return `${place.mark} ${Object.values(place.name).join(" ")}`;
  return ["vi", "en"].map((one) => textIn(one, "counter-number", { number: place.mark })).join(" ");
}
