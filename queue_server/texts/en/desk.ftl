### The officer's desk.

## Signing in and out, choosing a counter

desk-choose = Which counter is { $name } at today?
desk-no-counter = This account has no counter yet
desk-no-counter-advice = Please ask the centre's administrator to assign a counter to the account “{ $login }”.
desk-yours = Open, mine
desk-other-counter = Change counter
desk-sign-in = Sign in
desk-sign-out = Sign out
desk-sign-out-busy = Please finish with { $label } before signing out.
desk-session-ended = Your session has ended.
desk-session-ended-advice = No number is lost. Please sign in again to go on.

## The top line

desk-since = since { $time }
desk-tone = Tone
desk-keys = Keys

## The verbs: short on a button; .next on the large button; .busy while under way

desk-actions = Actions
desk-open = Open the counter
    .next = Open counter { $number }
    .busy = Opening…
desk-resume = Resume
    .next = Resume serving
    .busy = Resuming…
desk-call = Call
    .next = Call { $label }
    .busy = Calling { $label }…
desk-start = Start
    .next = Start { $label }
    .busy = Starting…
desk-finish = Finish
    .next = Finish { $label }
    .busy = Finishing…
desk-recall = Call again
    .busy = Calling again…
desk-no_show = Absent
    .busy = Noting absence…
desk-return = Back to the line
    .busy = Putting back…
desk-transfer = Transfer
    .busy = Transferring…
desk-cancel = Cancel number
    .busy = Cancelling…
desk-pause = Pause
    .busy = Pausing…
desk-close = Close
    .busy = Closing…
desk-nobody = Nobody is waiting

## Why a verb cannot be done now

desk-why-stale = The connection is lost: wait until it is back
desk-why-loading = The counter's state is loading
desk-why-closed = The counter is closed: open it first
desk-why-taken = Another officer is at this counter
desk-why-paused = The counter is paused: resume first
desk-why-busy = Someone is still at the counter: finish with them first
desk-why-serving = Service is under way: finish first
desk-why-empty = Nobody is waiting in this counter's lines
desk-why-nobody = Nobody has been called yet

## The middle: with nobody here

desk-loading-headline = Loading…
desk-loading-advice = The state of counter { $number } is on its way.
desk-closed-headline = Counter { $number } is closed
desk-closed-advice = Open it when you are ready to receive people.
desk-taken-headline = Another officer is at counter { $number }
desk-taken-advice = A counter has one officer. As soon as it is closed, it can be opened from here.
desk-paused-headline = Paused
desk-paused-advice = { $reason }, since { $time }. Everyone in line keeps their place.
desk-empty-headline = Nobody is waiting
desk-empty-advice = When someone takes a number, this screen and a tone will say so at once.
desk-ready-headline = Ready
desk-ready-advice = { $label } is next.

## The middle: the person who is here

desk-state-called = { $calls ->
    [0] Called
    [1] Called
   *[other] Called { $calls } times
}
desk-state-serving = Being served
desk-no-service = No procedure chosen
desk-issued = Number taken { $time }
desk-called = { $calls ->
    [0] Called { $time }
    [1] Called { $time }
   *[other] Called { $time }, { $calls } times
}
desk-started = Started { $time }
desk-waited = Waited { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
desk-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
desk-minute-unit = min
desk-ring-before = since the call
desk-ring-calm = within 15 minutes
desk-ring-soon = 15 minutes nearly up
desk-ring-late = { $n ->
    [0] over 15 minutes
    [one] { $n } minute over
   *[other] { $n } minutes over
}

## The lines, who is next, the last ten

desk-lines = Waiting
desk-people-waiting = { $n ->
    [one] person in this counter's lines
   *[other] people in this counter's lines
}
desk-line-empty = Nobody
desk-line-wait = Wait { $low }–{ $high } min
desk-line-wait-unknown = Wait not yet known
desk-line-priority = { $n } priority
desk-next = Next
desk-next-nobody = Nobody yet.
desk-next-since = Waiting since { $time } ({ $n } min)
desk-next-why = Why
desk-next-then = Then
desk-next-then-nobody = Nobody else.
desk-recent = Last ten
desk-recent-none = No number has been completed at this counter today.

## What came of a verb

desk-refused = “{ $verb }” was not done:
desk-understood = Understood
desk-nobody-came = Nobody is waiting in this counter's lines.
desk-unknown = It is not known whether “{ $verb }” reached the server.
desk-unknown-advice = Trying again never does it twice; or wait for the screen to update itself.
desk-stale-advice = This screen holds the last known state and will update itself. No number is lost; the buttons wait.

## Questions

desk-pause-title = Why pause?
desk-pause-advice = The hall's boards will say that the counter is paused. Press a digit to choose.
desk-pause-break = Short break
desk-pause-lunch = Lunch
desk-pause-meeting = Meeting
desk-pause-errand = Internal paperwork
desk-pause-technical = Technical trouble

desk-cancel-title = Cancel number { $label }?
desk-cancel-advice = A cancelled number cannot be called again; the person will have to take a new one.
desk-cancel-keep = Keep { $label }
desk-cancel-do = Cancel { $label }

desk-transfer-title = Where should { $label } go?
desk-transfer-advice = The person keeps the number and the time already waited.
desk-transfer-search = Type an agency, its letter, or a counter number
desk-transfer-queue = Line
desk-transfer-none = No such place. Try fewer letters.
