### The citizen's own number on the phone.

ticket-yours = Your number
ticket-ahead = { $n ->
    [one] person ahead of you
   *[other] people ahead of you
}
ticket-first = Your turn is next
ticket-wait = Likely wait:
ticket-hall = in the hall
ticket-waiting-advice = Please take a seat: { $where }. This page, the board and the loudspeaker will tell you when it is your turn.
ticket-called = Please go to counter { $number }
ticket-serving = You are being served at counter { $number }
ticket-title-called = { $label }: go to counter { $number }
ticket-finished = All done
ticket-finished-advice = Thank you for coming. If you need anything else, please take a new number.
ticket-no_show = Your turn has passed
ticket-no_show-advice = Please ask at the information counter.
ticket-no_show-grace = If you are here, tell the officer at the counter before { $time } to be called again, without a new number.
ticket-then = After this, with the same number, you go on to: { $agency }
ticket-cancelled = This number was cancelled
ticket-cancelled-advice = If you still need the service, please take a new number.
ticket-expired = This number is no longer valid
ticket-expired-advice = A number is for one day. Please take a new one on the next working day.
ticket-parked = Your number is on hold
ticket-parked-advice = You keep your turn. The officer will call you again.
ticket-called-advice = Please look at the board in the hall.
ticket-serving-advice = Please stay at the counter.
ticket-fresh = This page updates itself
ticket-stale = No connection. As of { $time }; the page will update itself.
ticket-unknown = This number was not found
ticket-unknown-advice = A number can be seen on its day only. Please scan the slip's QR code again, or ask at the information counter.
