/** A list in a dialog: type a few letters, move with the arrows, Enter takes it. */

import { findPlaces } from "/assets/finding.js";
import { t } from "/assets/texts.js";
import { html, useEffect, useRef, useState } from "/assets/vendor.js";
import { Dialog, Footer } from "/pages/desk/dialogs.js";

/**
 * @param {{key: string, mark: string}[]} items
 * @param {(item) => string} wordsOf all that may be typed for an item
 * @param {(item) => object} row what a line shows, beside the key that takes it
 * @param {(item) => void} go
 * @param {(typed, found) => object|null} extra one more item for what was typed, last in the list
 * @param {string|null} trouble what came of the last choice, where it needs saying
 */
export function SearchDialog({ title, advice, search, none, items, wordsOf, row, go, close, extra = null, trouble = null, class: className }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const fitting = findPlaces(items, typed, wordsOf);
  const found = [...fitting, extra?.(typed, fitting)].filter(Boolean);
  const last = found.length - 1;
  const chosen = found[Math.min(at, last)] ?? null;
  const onKey = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (step) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(last, Math.min(at, last) + step)));
    } else if (event.key === "Enter" && !event.isComposing && event.target.matches("input")) {
      event.preventDefault();
      if (chosen) go(chosen);
    }
  };
  const type = (event) => {
    setTyped(event.target.value);
    setAt(0);
  };
  return html`<${Dialog} title=${title} close=${close} onKey=${onKey} class=${className}>
    <p class="soft">${advice}</p>
    <input class="search" type="text" inputmode="search" autofocus autocomplete="off" spellcheck="false" value=${typed} onInput=${type}
      aria-label=${search} placeholder=${search} role="combobox" aria-expanded="true" aria-controls="found"
      aria-activedescendant=${chosen ? idOf(chosen) : null} />
    ${trouble && html`<p class="dialog-trouble" role="alert">${trouble}</p>`}
    <${Found} found=${found} chosen=${chosen} label=${search} none=${none} row=${row} go=${go} />
    <${Footer} close=${close} />
  <//>`;
}

function Found({ found, chosen, label, none, row, go }) {
  const list = useRef(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen?.key]);
  return html`<ul class="places" id="found" role="listbox" ref=${list} aria-label=${label}>
    ${found.map((item) => html`<li key=${item.key} id=${idOf(item)} role="option" aria-selected=${item === chosen}
        onClick=${(event) => event.detail < 2 && go(item)}>${row(item)}<kbd class="key">↵</kbd></li>`)}
    ${!found.length && html`<li class="none soft">${none}</li>`}
  </ul>`;
}

function idOf(item) {
  return `found-${item.key.replace(/\W/g, "-")}`;
}
