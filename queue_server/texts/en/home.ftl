### The front door.

home-name = Một Cửa
home-title = Một Cửa: the sample centre
home-promise = One number, the right counter, in fair turn.
home-what = Một Cửa runs the hall of a public administrative service centre: citizens take a number, officers call it, boards and loudspeakers say which number goes to which counter.
home-this = This is a sample centre running for real on this machine, with the real agencies and procedures of Quảng Ninh province.
home-docs = API documentation
home-sign-in = Sign in
home-entrance = This page is for those who work at the centre. Citizens follow their number with the QR code on the slip.

home-step-take = Take a number
home-step-take-how = Touch the kiosk's screen like someone who has just come in. The printed slip appears at the right of this page.
home-step-hear = Open the hall's board
home-step-hear-how = A called number is shown, and spoken in Vietnamese, then English. Touch the board once for sound.
home-step-call = Call it
home-step-call-how = Sit down at a counter that serves the agency you chose, open it, and call the next number.
home-choose-counter = Choose a counter

home-supervisor = See the whole hall
home-supervisor-how = Every line, every counter and what needs a person, as { $login } with the password { $password }.
home-supervisor-enter = Supervise the hall

home-counters = Counters
home-counters-of = Serving
home-counters-all = All agencies
home-password = Sample password of every counter: { $password }
home-passwords = Each counter shows its sample login and password.
home-two-desks = A browser sits at one counter; to sit at two, open the second one in a private window.

home-shelf = Just printed
home-shelf-empty = No slip yet. Take a number at the kiosk, and its slip appears here.
home-slip = Slip of number { $label }
home-slip-unnamed = A slip just printed
home-foot = The sample centre's data stay on this machine and are sent nowhere. Stop it with Ctrl-C where it was started.

home-centres = Choose a centre
home-centres-find = Find by name
home-centres-none = There is no centre of that name.
