/** The verbs of the desk, one row each: its key, the right it needs, and where it goes. */

const toCounter = (what) => (at) => `/counters/${at.counter}/${what}`;
const toTicket = (what) => (at) => `/tickets/${at.ticket}/${what}`;

/**
 * `key` is printed on the button and is a letter of the Vietnamese word; two verbs may share a key but never a phase.
 * `right` is the server's name of the action; `path` is absent where the verb only opens something on the page.
 * What an `unseen` verb does is not on this screen, so nothing is waited for once the server has answered.
 */
export const VERBS = {
  open: { key: "M", right: "open_counter", path: toCounter("open") },
  take_over: { key: "M", right: "take_over", path: toCounter("take-over") },
  resume: { key: "M", right: "resume_counter", path: toCounter("resume") },
  call: { key: "G", right: "call_next", path: toCounter("call-next") },
  start: { key: "B", right: "start", path: toTicket("start") },
  finish: { key: "K", right: "finish", path: toTicket("finish") },
  recall: { key: "L", right: "recall", path: toTicket("recall") },
  no_show: { key: "V", right: "no_show", path: toTicket("no-show") },
  park: { key: "A", right: "park", path: toTicket("park") },
  transfer: { key: "C", right: "transfer", path: toTicket("transfer") },
  add_service: { key: "E", right: "add_service", path: toTicket("services") },
  return: { key: "T", right: "return", path: toTicket("return") },
  outcome: { key: "X", right: "finish", path: toTicket("finish") },
  other: { key: "Q", right: null },
  cancel: { key: "H", right: "cancel", path: toTicket("cancel") },
  note: { key: "I", right: "note" },
  undo: { key: "Z", right: "undo", path: toTicket("undo") },
  again: { key: null, right: null, path: toCounter("call") },
  unpark: { key: null, right: "unpark", path: toTicket("unpark") },
  pause: { key: "N", right: "pause_counter", path: toCounter("pause") },
  close: { key: "D", right: "close_counter", path: toCounter("close") },
  ask_help: { key: "Y", right: "ask_help", path: toCounter("ask-help") },
  no_help: { key: "Y", right: "answer", path: toCounter("answer") },
  reprint: { key: "P", right: "reprint", path: toTicket("reprint"), unseen: true },
  answer: { key: "R", right: "answer", path: toCounter("answer") },
  sign_out: { key: "O", right: null },
};

/** The verbs for the person at the counter beside the one large button, in the order of their places. */
export const OTHERS = ["recall", "no_show", "park", "transfer", "add_service", "return", "outcome", "other", "cancel"];

/** The key that shows all keys. */
export const HELP_KEY = "?";
