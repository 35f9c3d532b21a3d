/** How the kiosk itself stands: whether it can print, whether it goes on without the server, whether it is shut. Pure. */

const WITHOUT_PAPER = { paper_out: "paper-out", cover_open: "cover-open", cutter_error: "broken", offline: "broken", none: "none" };

/** The text id's part for a printer that will give no slip, or null when it will (or when nothing is known). */
export function printerTrouble(state) {
  return WITHOUT_PAPER[state] ?? null;
}

/** The kiosk's own program cannot reach the server, and goes on with numbers that are its own. */
export function isAlone(kiosk) {
  return kiosk?.server === "down" && Boolean(kiosk.offline);
}

/** It cannot reach the server and has no numbers of its own. */
export function isCutOff(kiosk) {
  return kiosk?.server === "down" && !kiosk.offline;
}

/** It gives no numbers until it can print again, for so the centre wants it. One that never prints is not meant. */
export function isShutForPaper(site, kiosk) {
  const own = site?.kiosks?.find(({ id }) => id === kiosk?.id);
  return own?.without_paper === "close" && kiosk.printer !== "none" && printerTrouble(kiosk.printer) !== null;
}

/**
 * What became of a ticket's paper, or of the newest copy of it.
 * @returns {{state: "queued"|"held"|"printing"|"printed"|"failed"|"uncertain"|"none", copy: boolean}} held: it waits for a
 * printer that cannot print now; none: this kiosk has no printer
 */
export function slipOf(ticket, slips, kiosk) {
  const { state = "queued", copy = false } = slips[ticket.id] ?? {};
  if (!slips[ticket.id] && kiosk?.printer === "none") return { state: "none", copy };
  const waits = state === "queued" && printerTrouble(kiosk?.printer) !== null;
  return { state: waits ? "held" : state, copy };
}
