/** A copy of a slip: first whose, then, where there are several printers, at which. */

import { timeOfDay } from "/assets/clock.js";
import { rows, useTopic } from "/assets/live.js";
import { State } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html, useRef, useState } from "/assets/vendor.js";
import { ChoiceDialog } from "/pages/desk/dialogs.js";
import { SearchDialog } from "/pages/desk/searchList.js";
import { digitsOf, inOrder, newestFirst } from "/pages/desk/situation.js";

/** Whoever may still come, or is here. */
const OVER = ["finished", "cancelled", "expired"];
const LABEL = /^[A-Z]{1,3}\d{1,4}$/;
const PRINTER_PLACE = "motcua.desk.printer";

export function ReprintDialog({ api, site, desk, send, close }) {
  const { here, rights } = desk.situation;
  const hall = useTopic(rights?.includes("call_chosen") ? `site:${site.id}` : null);
  const printers = usePrinters(api);
  const [asked, setAsked] = useState(null);
  const [trouble, setTrouble] = useState(null);
  const take = async (row) => {
    setTrouble(null);
    try {
      const ticket = row.find ? await api.get(`/tickets?label=${row.find}`) : row;
      const where = await printers();
      if (where?.length === 0) setTrouble(t("desk-reprint-no-printer"));
      else if (where?.length > 1) setAsked({ ticket, where: lastFirst(where) });
      else send("reprint", where ? { kiosk: where[0].kiosk } : {}, ticket);
    } catch (problem) {
      setTrouble(problem.code === "unreachable" ? t("problem-unreachable") : problem.detail || problem.title);
    }
  };
  if (asked) return html`<${WhereDialog} ...${asked} send=${send} close=${close} />`;
  return html`<${SearchDialog} title=${t("desk-reprint-title")} advice=${t("desk-reprint-advice")} search=${t("desk-reprint-search")}
    none=${t("desk-reprint-none")} items=${numbersOf(here, rows(hall.data, "waiting"))} wordsOf=${({ label }) => digitsOf(label)} extra=${anyOther}
    row=${(row) => html`<${Number} row=${row} />`} go=${take} trouble=${trouble} close=${close} class="other reprint" />`;
}

/** Who is here first, then who was, then whoever waits. */
function numbersOf(here, waiting) {
  const known = [
    ...(here.ticket ? [{ ...here.ticket, when: here.ticket.called_at }] : []),
    ...inOrder(here.parked).map((row) => ({ ...row, state: "parked", when: row.since })),
    ...newestFirst(here.recent).filter((row) => !OVER.includes(row.state)).map((row) => ({ ...row, when: row.ended_at ?? row.called_at })),
    ...waiting.map((row) => ({ ...row, when: row.since })),
  ];
  return [...new Map(known.map((row) => [row.id, { ...row, key: row.id, mark: row.label }])).values()];
}

/** A number that is not in the list: the server is asked for it. */
function anyOther(typed, found) {
  const label = typed.trim().toUpperCase();
  if (!LABEL.test(label) || found.some((row) => row.label === label)) return null;
  return { key: `find ${label}`, find: label, label, mark: label };
}

/** Asked for once, while a number is being chosen. Gives null where nobody knows: the server then chooses. */
function usePrinters(api) {
  const asked = useRef(null);
  asked.current ??= api.get("/printers").then((answer) => answer.printers, () => null);
  return () => asked.current;
}

/** The one that was chosen last has the focus: Enter takes it. */
function lastFirst(printers) {
  const last = localStorage.getItem(PRINTER_PLACE);
  return [...printers].sort((a, b) => (b.kiosk === last) - (a.kiosk === last));
}

function WhereDialog({ ticket, where, send, close }) {
  const choose = (printer) => {
    localStorage.setItem(PRINTER_PLACE, printer.kiosk);
    send("reprint", { kiosk: printer.kiosk }, ticket);
  };
  const answers = where.slice(0, 9).map((printer, at) => ({
    key: String(at + 1), act: () => choose(printer),
    words: html`${inLanguage(printer.name)}<small class="more" data-printer=${printer.state}>${t(`super-printer-${printer.state}`)}</small>`,
  }));
  return html`<${ChoiceDialog} title=${t("desk-reprint-where", { label: ticket.label })} advice=${t("desk-reprint-marked")} answers=${answers}
    close=${close} class="where" />`;
}

function Number({ row }) {
  if (row.find) return html`<span class="number">${row.label}</span><span class="place-name">${t("desk-reprint-find")}</span><span></span>`;
  return html`
    <span class="number">${row.label}</span>
    <span class="place-name"><${State} state=${row.state}>${t(`state-${row.state}`)}<//> ${inLanguage(row.class_name)}</span>
    <span class="soft">${row.when ? t("desk-since", { time: timeOfDay(row.when) }) : ""}</span>`;
}
