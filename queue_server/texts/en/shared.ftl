### Words that every screen uses: connection, units, states, common buttons.

connection-connecting = Connecting…
connection-stale = The connection to the server is lost
connection-stale-advice = This screen updates itself when the connection is back. No number is lost.
connection-refused = This screen is not allowed to see this
connection-refused-advice = Please tell the centre's technician.

problem-unreachable = The server cannot be reached just now
problem-unreachable-advice = Nothing is lost. Please try again in a few seconds.
problem-server = The server ran into an error
problem-server-advice = Nothing is lost. Please try again; if it persists, tell the technician this code: { $id }

language-vi = Tiếng Việt
language-en = English
language-choice = Language

button-back = Back
button-cancel = Cancel
button-close = Close
button-continue = Continue
button-retry = Try again
button-start-over = Start over

state-waiting = Waiting
state-called = Called
state-serving = Being served
state-finished = Finished
state-no_show = Absent
state-parked = Put aside
state-cancelled = Cancelled
state-expired = Expired

counter-open = Open
counter-paused = Paused
counter-closed = Closed
counter-number = Counter { $number }

unit-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
unit-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
## A likely wait, in whole minutes.
wait-interval = { $low ->
    [0] under { $high } minutes
   *[other] { $low }–{ $high } minutes
}
wait-about = about { $n } minutes
wait-now = almost no wait
wait-unknown = not yet known

arrow-left = turn left
arrow-right = turn right
arrow-ahead = straight ahead
arrow-up-left = ahead and to the left
arrow-up-right = ahead and to the right
arrow-back = behind you
