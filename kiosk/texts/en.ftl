# The paper slip.

# In both languages: staff must see it too.
slip-copy = BẢN SAO – COPY
slip-your-number = Your number
slip-ahead = Before you
slip-ahead-people = { $count ->
    [0] nobody
    [one] { $count } person
   *[other] { $count } people
}
slip-wait = Likely wait
slip-wait-range = about { $low }–{ $high } minutes
slip-wait-about = about { $minutes } minutes
slip-wait-under = under { $minutes } minutes
slip-wait-unknown = not known yet
slip-issued = Taken at { $time }
slip-track = Scan to follow your turn on your phone.
slip-offline = Given without connection
slip-offline-wait = Your turn counts from the time above. How many are before you is not known.
slip-counters = { $count ->
    [1] Counter { $numbers }
   *[other] Counters { $numbers }
}

# What a kiosk says by itself while it cannot reach the server.

agent-unreachable-title = No connection to the server
agent-unreachable = This kiosk cannot give numbers just now. Please try again, or see the help desk.
agent-numbers_used_up-title = No numbers left at this kiosk
agent-numbers_used_up = The kiosk has no connection and has given all the numbers kept for it. Please see the help desk.
agent-outside_hours-title = Outside opening hours
agent-outside_hours = The centre is closed now, so no numbers are given.
agent-unknown_queue-title = No such line
agent-unknown_queue = This centre has no such line. Please choose again.
agent-queue_closed-title = The line is closed
agent-queue_closed = No more numbers are given for this line today. Please see the help desk.
agent-queue_full-title = The line is full
agent-queue_full = All of today's numbers for this line are given. Please see the help desk.
agent-key_reused-title = The request does not match
agent-key_reused = This request differs from the one before. Please start again.
agent-not_found-title = Not found
agent-not_found = The kiosk has nothing there.
agent-malformed_request-title = Request not understood
agent-malformed_request = The request cannot be read. Please tell the technician.
