/** The note on a person's number: saved on leaving it, kept while half written, whatever else happens on the page. */

import { t } from "/assets/texts.js";
import { html, useCallback, useEffect, useRef, useState } from "/assets/vendor.js";
import { VERBS } from "/pages/desk/verbs.js";

export const NOTE_MOST = 500;
const PATIENCE = { patience: 2, timeout: 4000 };
const draftPlace = (ticket) => `motcua.desk.note.${ticket}`;

/**
 * Hook: the note of who is here.
 * @param {null | {id: string, note: string|null}} ticket
 * @param {boolean} live whether the server is heard: what could not be saved is saved once it is again
 * @returns {{text, state: "saved"|"writing"|"saving"|"unsaved", write(text), save(): Promise<boolean>}}
 *   save() resolves to whether what stands on the screen is safe; at once where nothing was changed.
 */
export function useNote(api, ticket, live) {
  const [shown, setShown] = useState({ ticket: null, text: "", state: "saved" });
  const latest = useRef(shown);
  latest.current = shown.ticket === (ticket?.id ?? null) ? shown : begin(ticket);
  const set = useCallback((change) => {
    latest.current = { ...latest.current, ...change };
    setShown(latest.current);
  }, []);

  // What the server says is taken over only where nothing is being written here.
  useEffect(() => {
    if (latest.current.state === "saved" && latest.current.text !== (ticket?.note ?? "")) set({ text: ticket?.note ?? "" });
    else set({});
  }, [ticket?.id, ticket?.note]);

  const write = useCallback((text) => {
    sessionStorage.setItem(draftPlace(latest.current.ticket), text);
    set({ text, state: "writing" });
  }, []);

  const save = useCallback(async () => {
    const { ticket: id, text, state, saving } = latest.current;
    if (state === "saved") return true;
    if (state === "saving") return saving;
    const sending = api.post(`/tickets/${id}/note`, { text }, PATIENCE).then(() => true, () => false);
    set({ state: "saving", saving: sending });
    const safe = await sending;
    if (safe && sessionStorage.getItem(draftPlace(id)) === text) sessionStorage.removeItem(draftPlace(id));
    const { ticket: here, text: now } = latest.current;
    if (here === id && now === text) set({ state: safe ? "saved" : "unsaved" });
    return safe;
  }, [api]);

  useEffect(() => {
    if (live && latest.current.state === "unsaved") save();
  }, [live, save]);

  return { text: latest.current.text, state: latest.current.state, write, save };
}

/** A draft that was left behind, by a reload or a lost link, comes back as unsaved. */
function begin(ticket) {
  const draft = ticket && sessionStorage.getItem(draftPlace(ticket.id));
  const known = ticket?.note ?? "";
  const open = draft !== null && draft !== known;
  return { ticket: ticket?.id ?? null, text: open ? draft : known, state: open ? "unsaved" : "saved" };
}

/** Put the cursor into the note. */
export function focusNote() {
  document.querySelector(".note textarea")?.focus();
}

export function Note({ note, ticket }) {
  const onKey = (event) => {
    const done = event.key === "Escape" || (event.key === "Enter" && !event.shiftKey);
    if (!done || event.isComposing) return;
    event.preventDefault();
    event.target.blur();
  };
  return html`<div class="note" data-state=${note.state}>
    <label for="note">${t("desk-note")} <kbd class="key">${VERBS.note.key}</kbd></label>
    <div class="note-field"><textarea id="note" key=${ticket.id} title=${note.text} maxlength=${NOTE_MOST} value=${note.text} spellcheck="false"
      aria-describedby="note-word" placeholder=${t("desk-note-advice")}
      onInput=${(event) => note.write(event.target.value)} onBlur=${note.save} onKeyDown=${onKey}></textarea>
    <span class="note-word" id="note-word" role="status">${wordOf(note)}
      ${note.state === "unsaved" && html`<button type="button" class="button quiet" onClick=${note.save}>${t("button-retry")}</button>`}</span></div>
  </div>`;
}

function wordOf({ state, text }) {
  if (state === "writing") return t("desk-note-writing", { n: text.length, most: NOTE_MOST });
  if (state === "saved") return text ? t("desk-note-saved") : "";
  return t(`desk-note-${state}`);
}
