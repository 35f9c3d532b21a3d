/** What a scanned code is, for a scanner that types it: the same as drivers/scanner/codes.py says. Pure; keeps nothing. */

const LONGEST = 1024;
const SECRET = /^https?:\/\/[^/\s]+(?:\/[^?#\s]*)?\/t\/([0-9A-Za-z_-]{16,64})\/?(?:[?#]\S*)?$/;
const DOSSIER = /^(?:\d{3}(?:\.\d{2}){2}\.)?[GH]\d{2}(?:\.\d{1,3}){0,3}-\d{6}-\d{1,6}$/;
const CARD_FIELDS = 7;

/** @returns {{kind: "ticket", secret: string}|{kind: "card"}|{kind: "dossier"}|{kind: "unreadable"}|null} null: nothing at all */
export function decode(read) {
  const text = read.trim();
  if (!text) return null;
  if (text.length > LONGEST) return { kind: "unreadable" };
  if (text.includes("|")) return { kind: isCard(text.split("|")) ? "card" : "unreadable" };
  const secret = SECRET.exec(text)?.[1];
  if (secret) return { kind: "ticket", secret };
  return { kind: DOSSIER.test(text.replace(/\s/g, "").toUpperCase()) ? "dossier" : "unreadable" };
}

/** That it looks like one is enough: nothing of a card is used. */
const isCard = (fields) => fields.length >= CARD_FIELDS && /^\d{12}$/.test(fields[0].trim());
