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
