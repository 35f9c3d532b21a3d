/** Which question stands over the desk, and putting it away once it is no longer about what is here. */

import { html, useCallback, useEffect, useState } from "/assets/vendor.js";
import { HelpDialog } from "/pages/desk/help.js";
import { OtherDialog } from "/pages/desk/other.js";
import { ParkedDialog } from "/pages/desk/parked.js";
import { CancelDialog, OutcomeDialog, ParkDialog, PauseDialog } from "/pages/desk/reasons.js";
import { ReprintDialog } from "/pages/desk/reprint.js";
import { SignOutDialog } from "/pages/desk/session.js";
import { AddServiceDialog, TransferDialog } from "/pages/desk/transfer.js";

const ASKS = {
  pause: PauseDialog, cancel: CancelDialog, transfer: TransferDialog, add_service: AddServiceDialog, park: ParkDialog,
  outcome: OutcomeDialog, other: OtherDialog, reprint: ReprintDialog, parked: ParkedDialog, sign_out: SignOutDialog, help: HelpDialog,
};

/**
 * Hook: the question that stands.
 * @returns {{asks(verb): boolean, ask(what, row?), close(), question(facts): object|null}}
 */
export function useAsking({ status, ticket }) {
  const [asked, setAsked] = useState(null);
  const close = useCallback(() => setAsked(null), []);
  useEffect(() => {
    if (status !== "live") setAsked((now) => (now?.what === "help" ? now : null));
  }, [status]);
  return {
    asks: (verb) => Boolean(ASKS[verb]),
    ask: (what, row = null) => setAsked({ what, row, ticket }),
    close,
    question: (facts) => {
      if (!asked || isOver(asked, ticket, facts.parked)) return null;
      return html`<${ASKS[asked.what]} key=${asked.what} ...${facts} row=${asked.row} close=${close} />`;
    },
  };
}

/** Whoever it was about has gone, or somebody else is here now. */
function isOver({ what, row, ticket }, here, parked) {
  if (what === "help") return false;
  return ticket !== here || Boolean(row && !parked.some((one) => one.id === row.id));
}
