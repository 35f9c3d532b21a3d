/** Send this person on to another line or counter: type a few letters, move with the arrows, Enter. */

import { Chip } from "/assets/marks.js";
import { inLanguage, t, textIn } from "/assets/texts.js";
import { html, useEffect, useMemo, useRef, useState } from "/assets/vendor.js";
import { Dialog, Footer } from "/pages/desk/dialogs.js";
import { findPlaces, placesOf } from "/pages/desk/places.js";

export function TransferDialog({ label, ticket, site, counter, send, close }) {
  const places = useMemo(() => placesOf(site, { queue: ticket?.queue, counter: counter.id }), [site]);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const found = findPlaces(places, typed, wordsOf);
  const chosen = found[Math.min(at, found.length - 1)] ?? null;
  const go = (place) => place && send("transfer", place.target);
  const onKey = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (step) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(found.length - 1, Math.min(at, found.length - 1) + step)));
    } else if (event.key === "Enter" && !event.isComposing && event.target.matches("input")) {
      event.preventDefault();
      go(chosen);
    }
  };
  const type = (event) => {
    setTyped(event.target.value);
    setAt(0);
  };
  return html`<${Dialog} title=${t("desk-transfer-title", { label })} close=${close} onKey=${onKey} class="transfer">
    <p class="soft">${t("desk-transfer-advice")}</p>
    <input class="search" type="text" inputmode="search" autofocus autocomplete="off" spellcheck="false" value=${typed} onInput=${type}
      aria-label=${t("desk-transfer-search")} placeholder=${t("desk-transfer-search")} role="combobox" aria-expanded="true"
      aria-controls="places" aria-activedescendant=${chosen ? idOf(chosen) : null} />
    <${PlaceList} found=${found} chosen=${chosen} go=${go} />
    <${Footer} close=${close} />
  <//>`;
}

function PlaceList({ found, chosen, go }) {
  const list = useRef(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen?.key]);
  return html`<ul class="places" id="places" role="listbox" ref=${list} aria-label=${t("desk-transfer-search")}>
    ${found.map((place) => html`<li key=${place.key} id=${idOf(place)} role="option" aria-selected=${place === chosen}
        onClick=${(event) => event.detail < 2 && go(place)}>
      ${place.kind === "queue" ? html`<${Chip} chip=${place.mark} />` : html`<span class="counter-mark number">${place.mark}</span>`}
      <span class="place-name">${nameOf(place)}</span>
      <span class="soft">${place.kind === "queue" ? t("desk-transfer-queue") : inLanguage(place.detail)}</span>
      <kbd class="key">↵</kbd>
    </li>`)}
    ${!found.length && html`<li class="none soft">${t("desk-transfer-none")}</li>`}
  </ul>`;
}

function idOf(place) {
  return `place-${place.key.replace(/\W/g, "-")}`;
}

function nameOf(place) {
  return place.kind === "queue" ? inLanguage(place.name) : t("counter-number", { number: place.mark });
}

/** Both languages can be typed, whichever the page shows. */
function wordsOf(place) {
  if (place.kind === "queue") return `${place.mark} ${Object.values(place.name).join(" ")}`;
  return ["vi", "en"].map((one) => textIn(one, "counter-number", { number: place.mark })).join(" ");
}
