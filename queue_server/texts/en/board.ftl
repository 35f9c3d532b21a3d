### The hall's board.

board-title = Hall board
board-now = Now calling number
board-to-counter = to counter
board-counter = Counter
board-last = Last number called
board-at-counter = at counter
board-before = Just before
board-waiting = Waiting
board-waiting-people = { $n ->
    [one] 1 person
   *[other] { $n } people
}
board-page = { $page }/{ $of }

board-empty = Your number will appear here
board-empty-more = It is also read aloud when your turn comes. Please take a seat.
board-empty-more-silent = Please take a seat and watch this board.
board-missed = missed
board-before-empty = Nobody has been called yet.
board-waiting-empty = Nobody is waiting.
board-line-unstaffed = no counter yet

board-outside-hours = Outside opening hours
board-holiday = The centre is closed today for a public holiday
board-hours = Opening hours: { $hours }

board-notice-missed = If you missed your turn, please ask at the guidance desk.
board-notice-keep = Please keep your slip until you are done.

board-sound-on = Sound on
board-sound-starting = Starting sound
board-sound-silent = No sound yet
board-sound-off = Silent board
board-sound-trouble = Some sound missing
board-sound-none = No voice installed
board-touch = Touch the screen to turn on the sound
board-touch-more = All numbers are still shown on the board.

board-stale-advice = The board still shows what it knew at { $time } and will update by itself once connected again.
