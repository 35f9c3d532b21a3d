# The paper slip.

slip-copy = COPY
slip-your-number = Your number
slip-ahead = Waiting before you
slip-ahead-people = { $count ->
    [0] nobody
    [one] { $count } person
   *[other] { $count } people
}
slip-wait = Likely wait
slip-wait-range = { $low }–{ $high } minutes
slip-wait-about = about { $minutes } minutes
slip-wait-under = under { $minutes } minutes
slip-wait-unknown = not known yet
slip-issued = Taken at { $time }
slip-track = Scan to follow your turn on your phone.
slip-listen = Please take a seat, listen for your number and watch the board.
