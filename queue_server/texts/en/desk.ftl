### The officer's desk.

## Signing in and out, choosing a counter

desk-choose = Which counter is { $name } at today?
desk-no-counter = This account has no counter yet
desk-no-counter-advice = Please ask the centre's administrator to assign a counter to the account “{ $login }”.
desk-yours = Open, mine
desk-other-counter = Change counter
desk-sign-in = Sign in
desk-sign_out = Sign out
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
desk-park = Put aside
    .busy = Putting aside…
desk-unpark = To the line
    .busy = Putting back…
desk-unpark-label = Put { $label } back in the line
desk-again = Call again
    .busy = Calling { $label }…
desk-again-label = Call { $label } to the counter
desk-add_service = Add a stop
    .busy = Adding…
desk-outcome = Other outcome
    .busy = Finishing…
desk-other = Other number
desk-reprint = Print a copy
    .busy = Sending…
desk-note = Note
desk-undo = Undo
    .busy = Undoing…
desk-take_over = Take over
    .next = Take over counter { $number }
    .busy = Taking over…
desk-ask_help = Ask for help
    .busy = Asking…
desk-no_help = No help needed now
    .busy = Telling…
desk-answer = Understood, on it
    .busy = Answering…
desk-help = Show the keys
desk-pause = Pause
    .busy = Pausing…
desk-close = Close
    .busy = Closing…
desk-nobody = Nobody is waiting

## The second line of a button; what the undo strip says

desk-recall-calls = { $calls ->
    [0] not called
    [one] called once
   *[other] called { $calls } times
}
desk-recall-wait = { $calls }× · wait { $n } s
desk-no_show-calls = { $n ->
    [one] 1 more call first
   *[other] { $n } more calls first
}
desk-finish-then = then on to { $place }
desk-did-called = Called { $label }
desk-did-no_show = Noted { $label } absent
desk-did-finished = Finished { $label }
desk-undo-left = { $n } s left

## Why a verb cannot be done now

desk-why-stale = The connection is lost: wait until it is back
desk-why-loading = The counter's state is loading
desk-why-closed = The counter is closed: open it first
desk-why-taken = Another officer is at this counter
desk-why-paused = The counter is paused: resume first
desk-why-busy = Someone is still at the counter: finish with them first
desk-why-serving = Service is under way: this is for somebody being called
desk-why-empty = Nobody is waiting in this counter's lines
desk-why-open = The counter is open
desk-why-not-started = Press Start once the person is at the counter
desk-why-recall = { $seconds ->
    [one] Called just now: wait one more second before calling again
   *[other] Called just now: wait { $seconds } more seconds before calling again
}
desk-why-calls = { $n ->
    [one] Call once more before noting an absence
   *[other] Call { $n } more times before noting an absence
}
desk-why-right = This account may not do that
desk-why-no-summons = There is no request from a supervisor
desk-why-asked = A supervisor has been told, please wait
desk-why-not-asked = Help was not asked for
desk-why-summons = Answer the supervisor first
desk-why-no-undo = Nothing was done just now that could be undone
desk-why-nobody = Nobody has been called yet
desk-why = { $verb }: { $why }

## The middle: with nobody here

desk-loading-headline = Loading…
desk-loading-advice = The state of counter { $number } is on its way.
desk-closed-headline = Counter { $number } is closed
desk-closed-advice = Open it when you are ready to receive people.
desk-taken-headline = { $name } is at counter { $number }
desk-taken-advice = A counter has one officer. As soon as it is closed, it can be opened from here.
desk-taken-over-headline = { $name } has taken over counter { $number }
desk-taken-over-advice = Since { $time } the people and the notes at this counter are with { $name }. No number is lost.
desk-away = The screen of { $name } has not been heard of for a while
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
desk-slot = Appointment { $time }
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
desk-ring-calm = within { $promised } minutes
desk-ring-soon = { $promised } minutes nearly up
desk-ring-late = { $n ->
    [0] over { $promised } minutes
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
desk-line-oldest = longest { $n } min
desk-line-closed = No more numbers given
desk-line-limit = { $n ->
    [one] One more number today
   *[other] { $n } more numbers today
}
desk-next = Next
desk-next-nobody = Nobody yet.
desk-next-since = Waiting since { $time } ({ $n } min)
desk-next-why = Why
desk-next-then = Then
desk-next-then-nobody = Nobody else.
desk-recent = Last ten
desk-recent-none = No number has been completed at this counter today.
desk-again-until = until { $time }
desk-stops = Then

## Put aside; the supervisor

desk-parked = Put aside
desk-parked-why = { $reason }, since { $time }
desk-parked-remind = remind at { $time }
desk-parked-due = reminder due
desk-parked-title = { $label } was put aside
desk-supervisor = Supervisor
desk-summons = A supervisor asks, { $time }:
desk-help-asked = asked for at { $time }

## The note

desk-note-advice = For whoever serves next; no personal data is needed.
desk-note-writing = { $n }/{ $most } · Enter saves
desk-note-saving = Saving…
desk-note-saved = Saved
desk-note-unsaved = Not saved yet; the words are kept here

## What came of a verb

desk-refused = “{ $verb }” was not done:
desk-understood = Understood
desk-nobody-came = Nobody is waiting in this counter's lines.
desk-onward = { $label } goes on to { $place }
desk-onward-counters = counter { $numbers }
desk-unknown = It is not known whether “{ $verb }” reached the server.
desk-unknown-advice = Trying again never does it twice; or wait for the screen to update itself.
desk-stale-advice = This screen holds the last known state and will update itself. No number is lost; the buttons wait.

## Questions

desk-pause-title = Why pause?
desk-pause-advice = The hall's boards will say that the counter is paused. Press a digit to choose.

desk-cancel-title = Cancel number { $label }?
desk-cancel-advice = A cancelled number cannot be called again; the person will have to take a new one. A digit gives the reason and cancels.
desk-cancel-keep = Keep { $label }

desk-transfer-title = Where should { $label } go?
desk-transfer-advice = The person keeps the number and the time already waited.
desk-transfer-search = Type an agency, its letter, or a counter number
desk-transfer-none = No such place. Try fewer letters.

desk-add_service-title = Where else does { $label } need to go?
desk-add_service-advice = The person keeps the number; once done here, they join the line of that place.
desk-add_service-planned = Planned: { $stops }. The new stop comes last.
desk-add_service-search = Type an agency or its letter

desk-park-title = Why is { $label } put aside?
desk-park-advice = The person needs no new number. Press a digit to choose the reason.
desk-park-remind = Remind me in
desk-park-never = Never
desk-park-minutes = { $n } min

desk-outcome-title = How did { $label } end?
desk-outcome-advice = A digit chooses the outcome and finishes.

desk-other-title = Which number is called?
desk-other-advice = Those put aside and those who were just here.
desk-other-any = Those put aside, those who were just here and those who wait.
desk-other-search = Type the number, such as 27
desk-other-none = No such number can be called now.

desk-reprint-title = Whose slip is printed again?
desk-reprint-advice = The copy has the same number and is marked “BẢN SAO”. A number that is done or cancelled gets none.
desk-reprint-marked = The copy has the same number and is marked “BẢN SAO”.
desk-reprint-search = Type the number on the slip, such as C027
desk-reprint-none = Type the whole number, such as C027, to find another.
desk-reprint-find = Look among today’s numbers
desk-reprint-where = Where is the copy of { $label } printed?
desk-reprint-no-printer = Nothing can print now. Please tell the supervisor.
desk-copied = The copy of slip { $label } comes out at { $place }.
desk-copied-somewhere = The copy of slip { $label } is being printed.

desk-sign-out-title = Sign out?
desk-sign-out-advice = Counter { $number } will close.

desk-help-title = The keys of the desk
desk-help-now = Can be done now
desk-help-later = At other times
desk-help-digits = Open a number that was put aside
