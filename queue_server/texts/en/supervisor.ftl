### The supervisor's live page.

super-title = The hall
super-desk = Desks
super-sign-in = Sign in
super-sign-out = Sign out
super-role-supervisor = Supervisor
super-role-administrator = Administrator
super-role-viewer = Viewer
super-role-officer = Officer
super-session-ended = Your session has ended.
super-session-ended-advice = No number is lost. Please sign in again to go on.
super-stale-advice = This screen holds the last known state and will update itself. No number is lost; the buttons wait.
super-why-stale = The connection is lost: wait until it is back
super-min = { $n }′
super-unknown-word = unknown
super-nobody = Nobody
super-gone-row = Nothing is known of this place yet.
super-since = since { $time } ({ $n } min)
super-since-time = since { $time }

## The figures at the top

super-sum-waiting = waiting
super-sum-oldest = longest wait
super-sum-open = counters open

## What needs a person

super-alerts = Needs you
super-alerts-n = { $n ->
    [0] Needs you
   *[other] Needs you: { $n }
}
super-alerts-more = scroll down for { $n } more
super-calm = Nothing needs you now.
super-alert-gone = settled
super-alert-help = { $minutes ->
    [0] asks for help, just now
   *[other] asked for help { $minutes } min ago
}
super-alert-away = { $label ->
    [none] officer away, counter left open
   *[other] officer away, { $label } is at the counter
}
super-alert-unserved = no counter open; { $waiting } waiting, longest { $minutes }′
super-alert-over = { $others ->
    [0] { $label } has waited { $minutes } min
   *[other] { $label } has waited { $minutes } min, { $others } more over target
}
super-alert-forecast = likely over { $target } min in ~{ $minutes } min ({ $label })
super-alert-newcomer = who takes a number now may wait { $high } min
super-alert-service = { $label } has been at the counter { $minutes } min
super-alert-printer_out = { $printer ->
    [paper_out] out of paper, no slips
    [cover_open] printer cover is open
    [cutter_error] paper cutter is stuck
   *[offline] printer does not answer
}
super-alert-printer_low = paper is running out
super-alert-printer_unknown = printer's state is unknown
super-alert-kiosk_clock = its clock is { $seconds } seconds off
super-alert-kiosk_scanner = { $scanner ->
    [babbling] the scanner sends without end and is ignored
   *[absent] the scanner is not there
}
super-alert-kiosk_silent = not heard of for { $minutes } min
super-alert-kiosk_refused = { $n ->
    [1] number { $labels }, given without connection, is not in the line
   *[other] { $n } numbers given without connection are not in the line: { $labels }
}
super-do-help = I am coming
super-do-answer = I am coming
super-do-away = Deal with it…
super-do-unserved = Call to open…
super-do-over = Call a colleague…
super-do-forecast = Call a colleague…
super-do-newcomer = Call a colleague…
super-do-service = Ask the officer…
super-do-printer = What to do

## The lines

super-lines = Lines
super-lines-none = The centre has no lines yet.
super-col-agency = Agency
super-col-waiting = Wait
super-col-oldest = Longest / { $n }′
super-col-wait = Likely
super-col-open = Open
super-col-gate = Numbers
super-sort-agency = Sort by name
super-sort-waiting = Sort by how many wait
super-sort-oldest = Sort by the longest wait
super-sort-wait = Sort by the likely wait of whoever takes a number now
super-sort-open = Sort by open counters
super-sort-gate = Sort by whether numbers are given
super-likely = { $low ->
    [0] <{ $high }′
   *[other] { $low }–{ $high }′
}
super-likely-hours = { $low }–{ $high } h
super-likely-none = cannot tell yet
super-gate = Numbers
super-gate-open = given
super-gate-limited = { $n } left
super-gate-full = full
super-gate-closed = stopped
super-gate-unknown = unknown

## The counters

super-counters = Counters
super-tile-free = Ready
super-tile-called = call
super-tile-help = Help
super-tile-away = Away

## Who waits too long; the devices

super-waits = Waiting over { $n } min
super-waits-none = Nobody waits over { $n } minutes.
super-waits-more = and { $n } more
super-wait-gone = called
super-devices = Devices
super-devices-none = The centre has no devices yet.
super-printer-ready = Ready
super-printer-paper_low = Paper low
super-printer-paper_out = Out of paper
super-printer-cover_open = Cover open
super-printer-cutter_error = Cutter stuck
super-printer-offline = Does not answer
super-printer-unknown = Unknown
super-printer-none = No printer

## Sheets

super-sheet-queue = Line
super-sheet-counter = Counter
super-sheet-ticket = Number
super-sheet-kiosk = Kiosk
super-put-away = Back to the hall
super-keep = Leave it
super-understood = Understood
super-fact-waiting = Waiting
super-fact-oldest = Longest wait
super-fact-likely = For a newcomer
super-fact-open = Counters open
super-fact-line = Line
super-fact-class = Class
super-fact-since = Waiting since
super-fact-parked = On hold since
super-fact-only = Waits only for
super-fact-state = State
super-fact-officer = Officer
super-fact-here = Here now
super-fact-summons = Called
super-fact-printer = Printer
super-fact-link = Connection
super-fact-owed = Own numbers
super-fact-slip = Last slip
super-fact-clock = Clock
super-fact-scanner = Scanner
super-fact-version = Version
super-kiosk-online = Connected
super-kiosk-silent = Not heard of
super-kiosk-silent-since = Not heard of since { $time }
super-kiosk-owed = { $n ->
    [one] 1 number given without connection is on its way
   *[other] { $n } numbers given without connection are on their way
}
super-kiosk-queued = { $n ->
    [one] 1 slip waits for the printer
   *[other] { $n } slips wait for the printer
}
super-kiosk-clock-right = Right
super-kiosk-clock-off = { $n } seconds off the server's (made up for)
super-kiosk-clock-do = While it runs it makes up for that. Have a technician set the clock or change its battery: after a start without connection the time on slips might be wrong.
super-scanner-ready = Ready
super-scanner-waiting = Being opened
super-scanner-absent = The scanner is not there
super-scanner-babbling = The scanner sends without end
super-scanner-do-absent = The scanner: look at its cable and its power. People can take numbers by touch all the same.
super-scanner-do-babbling = The scanner sends without end: pull it out and plug it in again, or take away what lies in front of it.
super-faults = Troubles of the last { $days } days
super-faults-none = None.
super-faults-unknown = The history cannot be read just now.
super-faults-all = Show all { $n }
super-fault-clock = Clock { $n } seconds off
super-kiosk-refused = Numbers that are not in the line
super-kiosk-refused-do = Their holders took them while the kiosk had no connection. Serve them at a counter, and have the technician look at the kiosk's own numbers.
super-slip-queued = waits for the printer
super-slip-printing = printing
super-slip-printed = printed
super-slip-failed = not printed
super-slip-uncertain = perhaps not complete
super-fact-numbers = Numbers

super-gate-now-open = Kiosks give numbers for this line.
super-gate-now-limited = { $n ->
    [one] Kiosks give 1 more number today ({ $given } given so far).
   *[other] Kiosks give { $n } more numbers today ({ $given } given so far).
}
super-gate-now-full = All { $limit } numbers of today are given; kiosks give no more.
super-gate-now-closed = Kiosks have stopped giving numbers for this line. Whoever waits will still be called.
super-gate-now-unknown = It is not known whether numbers are given for this line.
super-gate-do-open = Give numbers again
super-gate-do-unlimit = Lift the limit
super-gate-do-close = Stop giving numbers…
super-gate-close-advice = Kiosks will stop giving numbers for { $name } at once. { $waiting ->
    [0] Nobody is waiting.
    [one] The one who waits keeps the number and will be called.
   *[other] The { $waiting } who wait keep their numbers and will be called.
}
super-gate-close-sure = Stop giving numbers
super-limit-label = Give
super-limit-unit = more, then stop
super-limit-do = Limit
super-limit-change = Change the limit
super-limit-wrong = Please type a number from 0 to { $most }.

super-helpers = Call a colleague to help
super-helpers-none = No counter serves or can help this line. Assign it to a counter.
super-helpers-all = All { $n } counters
super-helper-free = Free
super-helper-paused = Paused
super-helper-closed = Closed
super-helper-busy = With someone
super-helper-own = serves this line
super-helper-helps = can help
super-summon = Call…
super-summon-why = What for?
super-summoned = Called at { $time }
super-who-waits = Who waits
super-who-waits-none = Nobody waits in this line.

super-ticket-gone = This number no longer waits: it was called, moved or cancelled.
super-move = Move elsewhere
super-move-advice = { $label } keeps its number.
super-move-search = Type an agency, its letter, or a counter number
super-move-none = No such place. Try fewer letters.
super-move-to-queue = { $label } will leave this line and wait for { $place }. The boards and the person's phone will say so.
super-move-to-counter = { $label } will wait only for { $place }; no other counter can call it.
super-move-sure = Move

super-help-asked = This counter asked for help at { $time }.
super-officer-acts = What you can do here
super-away-advice = The officer's page is no longer heard of. You can call, take over, or close the counter.
super-take-over = Take over…
super-take-over-advice = { $officer ->
    [none] You will sit at counter { $number }.
   *[other] You will sit at counter { $number } in place of { $officer }.
} { $label ->
    [none] The counter stays open.
   *[other] { $label } stays at the counter, served by you.
}
super-take-over-sure = Take over
super-close-counter = Close the counter…
super-close-counter-advice = { $label ->
    [none] Counter { $number } will close; nobody will be called there.
   *[other] { $label } will go back to the line, in its old place; then counter { $number } closes.
}
super-close-counter-sure = Close counter { $number }
super-to-desk = Open its desk

super-assign = Lines of this counter
super-assign-serves = Serves
super-assign-helps = Helps when free
super-assign-nothing = none
super-assign-change = Change…
super-way-serves = Serves
super-way-helps = Helps
super-way-none = No
super-assign-one = A counter must serve at least one line.
super-assign-same = Nothing has changed yet
super-assign-do = Save…
super-assign-advice = From the next call on, counter { $number } serves: { $queues }. Helps when free: { $helps }.
super-assign-sure = Save

super-reprint = A copy of the slip
super-reprint-advice = It has the same number and is marked “BẢN SAO”.
super-reprint-none = Nothing can print now.
super-reprint-at = Print at { $place }

super-printer-what = What to do now
super-printer-do-ready = Nothing.
super-printer-do-none = This kiosk has no printer; people see their number on the screen and its QR code.
super-printer-do-low = Have a roll of 80 mm paper at hand and change it in a quiet moment.
super-printer-do-out = Open the cover, put in a roll or free the jammed paper, and close it. No number is lost; slips not yet printed will follow.
super-printer-do-unknown = The printer has not told how it is. Look at its lamp, its power and its cable.
super-kiosk-gives = Given
super-kiosk-shut = Not given

## What came of an act

super-busy = Under way…
super-refused = Not done:
super-unknown = It is not known whether this reached the server.
super-unknown-advice = Trying again never does it twice; or wait for the screen to update itself.
super-done-close_queue = { $name } takes no more numbers.
super-done-open_queue = { $name } takes numbers again.
super-done-limit_queue = { $name } gives { $numbers } more numbers today.
super-done-reprint = The copy of slip { $label } comes out at { $place }.
super-done-move = { $label } was moved to { $place }.
super-done-assign = Counter { $number } now serves: { $queues }.
super-done-summon = Counter { $number } was called: { $reason }.
super-done-answer = Counter { $number } knows that you are coming.
super-done-take_over = You sit at counter { $number } now.
super-done-close_counter = Counter { $number } is closed.
super-done-clear_counter = { $label } is back in line; counter { $number } is closed.
