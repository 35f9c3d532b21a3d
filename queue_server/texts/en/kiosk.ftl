### The kiosk at the entrance: from a touch to a number.

kiosk-start-title = Take a number
kiosk-start = Touch here to start

kiosk-progress = Step { $step } of { $last }: { $what }
kiosk-step-agency = choose an agency
kiosk-step-queue = choose a matter
kiosk-step-service = choose a matter
kiosk-step-confirm = take a number
kiosk-question-agency = Which agency do you need?
kiosk-question-queue = What do you come for?
kiosk-question-service = What do you come for?
kiosk-question-confirm = Do you have priority?
kiosk-question-trouble = No number yet

kiosk-up = Up
kiosk-down = See more below

kiosk-other = Another matter
kiosk-other-about = Or you are not sure: the officer at the counter will guide you
kiosk-other-chosen = Another matter
kiosk-services-failed = The list cannot be shown; take a number as usual, the officer will guide you

kiosk-shut-closed = No more numbers: stopped for today
kiosk-shut-full = All numbers of today are given

kiosk-line-waiting = { $n ->
    [0] Nobody is waiting
    [one] { $n } person waiting
   *[other] { $n } people waiting
}
kiosk-line-unknown = How many are waiting is not known
kiosk-line-no-counter = No counter is open yet; your number is kept
kiosk-line-wait = Likely wait: { $wait }

kiosk-take = No, take an ordinary number
kiosk-taking = Taking your number…
kiosk-priorities = Yes, this applies to me:
kiosk-priorities-proof = The officer may ask to see your papers.

kiosk-your-number = Your number
kiosk-class = Priority: { $name }
kiosk-go-to = Please go and wait in
kiosk-counters = { $n ->
    [one] Counter { $numbers }
   *[other] Counters { $numbers }
}
kiosk-ahead = Ahead of you
kiosk-nobody-ahead = Nobody
kiosk-likely-wait = Likely wait
kiosk-qr = Scan this code to follow your turn on your phone.

kiosk-slip-queued = Printing your slip…
kiosk-slip-printing = Printing your slip…
kiosk-slip-printed = Please take your slip from the slot below.
kiosk-slip-failed = The slip could not be printed. Your number is kept: please photograph this screen.
kiosk-slip-uncertain = The slip may be incomplete. Your number is kept: you can print a copy, or photograph this screen.
kiosk-slip-held = The printer has paused. Your number is kept: please photograph this screen.
kiosk-slip-none = This kiosk prints no slip. Please photograph this screen.

## A copy of the slip: the same number, marked as a copy.
kiosk-copy = Print a copy
kiosk-copy-queued = Printing your copy…
kiosk-copy-printing = Printing your copy…
kiosk-copy-printed = Please take your copy from the slot below. Your number is the same.
kiosk-copy-held = The printer has paused. Your number is kept: please photograph this screen.
kiosk-copy-failed = The copy could not be printed. Your number is kept: please photograph this screen.
kiosk-copy-uncertain = The copy may be incomplete. Your number is kept: please photograph this screen.
kiosk-copy-refused = The copy could not be printed yet. Your number is kept: press again, or photograph this screen.

## A number that the kiosk gave while it could not reach the server.
kiosk-alone = The kiosk has lost its link to the server for now
kiosk-alone-advice = You can take a number as usual. Your turn counts from the time you take it.
kiosk-given-alone = Given without connection
kiosk-given-alone-advice = Your turn counts from { $time }. How many are ahead of you is not known.
kiosk-qr-alone = Once the connection is back, scan this code to follow your turn on your phone.

## A code before the scanner.
kiosk-scan-note = Have a slip already? Hold its QR code before the scanner to see your place.
kiosk-scan-looking = Looking for your number…
kiosk-scan-go = Please go to
kiosk-scan-start = Take a number
kiosk-scan-later = Your place cannot be shown just now
kiosk-scan-later-advice = Your number still counts. Please watch the board in the hall, or scan again in a few minutes.
kiosk-scan-card = Your card was read
kiosk-scan-card-advice = You need no card to take a number, and nothing of it is kept. If you have priority, choose it at the last step.
kiosk-scan-dossier = This is the code of a dossier
kiosk-scan-dossier-advice = To ask about it or fetch a result, take a number for the agency that received it, then show this code to the officer at the counter.
kiosk-scan-unreadable = This machine does not know this code
kiosk-scan-unreadable-advice = Hold the QR code of your slip close to the scanner, or ask at the help desk.

kiosk-closes-in = { $n ->
    [one] This screen closes in { $n } second
   *[other] This screen closes in { $n } seconds
}
kiosk-keep-open = Keep it for a minute
kiosk-done = Done

kiosk-still-there = Are you still there?
kiosk-still-there-left = { $n ->
    [one] The screen starts again in { $n } second.
   *[other] The screen starts again in { $n } seconds.
}
kiosk-stay = I am still here
kiosk-leave = To the first screen

kiosk-connecting = The kiosk is starting
kiosk-connecting-advice = Please wait a moment.
kiosk-stale = The kiosk has lost its connection for now
kiosk-stale-advice = Please wait a moment, or go to the help desk. Numbers already taken are kept.
kiosk-unreachable-advice = Please press Try again. However often you press, you get one number only.
kiosk-error-advice = Please press Try again; you get one number only. If it still fails, tell the help desk this code: { $id }.
kiosk-refused-advice = You have been given no number. You can choose another agency, or ask at the help desk.
kiosk-other-agency = Choose another agency
kiosk-not-admitted = This kiosk may not give numbers yet
kiosk-not-admitted-advice = Please use another kiosk, or go to the help desk.
kiosk-closed = The centre gives no numbers just now
kiosk-closed-advice = Please come back during opening hours:
kiosk-holiday = The centre is closed for a holiday today
kiosk-holiday-advice = Please come back on a working day:
kiosk-outside-hours = Outside opening hours
kiosk-outside-hours-advice = You can still take a number; it may not be called at once.
kiosk-holiday-soft = Today is a public holiday
kiosk-holiday-soft-advice = You can still take a number; it may not be called at once.

kiosk-printer-paper-out = The printer is out of paper
kiosk-printer-cover-open = The printer's cover is open
kiosk-printer-broken = The printer is out of order
kiosk-printer-none = This kiosk prints no slip
kiosk-printer-advice = You can still take a number: it appears with a QR code; please photograph the screen.
kiosk-no-paper-advice = This kiosk gives no numbers for now. Please use another kiosk, or go to the help desk.
kiosk-paper-low = For staff: the paper is running low, please change the roll.

kiosk-weekdays = { $from } to { $to }
kiosk-weekday-0 = Monday
kiosk-weekday-1 = Tuesday
kiosk-weekday-2 = Wednesday
kiosk-weekday-3 = Thursday
kiosk-weekday-4 = Friday
kiosk-weekday-5 = Saturday
kiosk-weekday-6 = Sunday
