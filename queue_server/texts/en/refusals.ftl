### Why a request was refused, and what to do next. One message for each code; .title is its short name.

## Rules of the hall.

problem-unknown_queue = The centre has no such queue. Please choose the field again.
    .title = No such queue
problem-unknown_service = This procedure does not belong to the chosen queue. Please choose the procedure again.
    .title = No such procedure
problem-unknown_class = The centre has no such priority class. Please choose again.
    .title = No such priority class
problem-unknown_language = The centre does not use this language. Please choose another.
    .title = No such language
problem-unknown_counter = The centre has no such counter. Please check its number.
    .title = No such counter
problem-unknown_ticket = There is no such ticket. Please check it, or ask at the information counter.
    .title = No such ticket
problem-unknown_board = The centre has no such board. Please check the address.
    .title = No such board
problem-unknown_kiosk = The centre has no such kiosk. Please check the address.
    .title = No such kiosk
problem-outside_hours = { $notice ->
        [holiday] The centre is closed for a public holiday and gives no numbers. Please come back on a working day.
       *[outside_hours] The centre is closed and gives no numbers. Please come back during opening hours.
    }
    .title = Outside opening hours
problem-numbers_used_up = This queue has no numbers left today. Please ask at the information counter.
    .title = No numbers left today
problem-ticket_exists = This ticket has been issued already and is not issued again.
    .title = The ticket exists
problem-counter_closed = Counter { $counter } is closed. Open it first.
    .title = The counter is closed
problem-counter_paused = Counter { $counter } is paused. Resume it first.
    .title = The counter is paused
problem-counter_not_paused = Counter { $counter } is not paused.
    .title = The counter is not paused
problem-counter_taken = Somebody else works at counter { $counter }. Choose another counter, or ask them to close it.
    .title = The counter is taken
problem-counter_busy = Counter { $counter } still { $state ->
        [called] calls
       *[serving] serves
    } number { $label }. Complete that first.
    .title = The counter is busy
problem-officer_elsewhere = You have counter { $counter } open. Close that one first.
    .title = You are at another counter
problem-not_your_counter = This counter is not among yours, or somebody else works there.
    .title = Not your counter
problem-not_your_ticket = Number { $label } is not at your counter.
    .title = Not your ticket
problem-nobody_waiting = Nobody waits for counter { $counter }.
    .title = Nobody waits
problem-not_served_here = Counter { $counter } does not serve number { $label }. Transfer it to a counter that does.
    .title = Not served at this counter
problem-wrong_state = Number { $label } { $state ->
        [waiting] is waiting
        [called] is being called
        [serving] is being served
        [finished] is finished
        [parked] is set aside
        [no_show] was marked as absent
        [cancelled] is cancelled
       *[expired] has expired
    }, so this cannot be done.
    .title = Not possible in this state
problem-no_printer = Nothing can print a copy there now. Please choose another kiosk.
    .title = No printer
problem-not_allowed = This account or device may not do this.
    .title = Not allowed
problem-same_place = Number { $label } is there already. Choose another place.
    .title = Already there
problem-one_target = Choose one queue or one counter to transfer to, not both.
    .title = One target needed
problem-key_reused = This Idempotency-Key was used for a different request. Use a new key.
    .title = Key used before
problem-day_not_open = The service day is not open. Please tell the centre's manager.
    .title = The day is not open
problem-recall_too_soon = Number { $label } was called a moment ago. Wait { $seconds } more seconds, then call again.
    .title = Too soon to call again
problem-too_few_calls = Number { $label } was called { $calls } times. Absence can be noted after { $needed } calls.
    .title = Not called often enough
problem-grace_over = The time in which number { $label } could come back is over. A new number is needed.
    .title = Too late to come back
problem-grace_used = Number { $label } has come back once already. A new number is needed.
    .title = Came back once already
problem-undo_too_late = This can be undone for { $seconds } seconds only. Number { $label } stays as it is.
    .title = Too late to undo
problem-unknown_reason = This reason is not in the centre's list. Please choose another.
    .title = No such reason
problem-queue_closed = This queue takes nobody more today. Please ask at the information counter.
    .title = The queue is closed
problem-queue_full = This queue has given all its numbers for today. Please ask at the information counter.
    .title = The queue is full
problem-already_planned = Number { $label } is at this agency, or will go there anyway.
    .title = Planned already
problem-nothing_to_answer = Nobody at counter { $counter } waits for an answer.
    .title = Nothing to answer
problem-not_your_number = Number { $number } is not one that this kiosk may give by itself. Please tell the technician.
    .title = Not a number of this kiosk
problem-number_taken = Number { $label } was given to somebody else already that day. Please help its holder at the desk.
    .title = Number given already
problem-slot_of_another_day = An appointment must be on today's service day ({ $day }).
    .title = An appointment of another day

## The request itself.

problem-malformed_body = { $reason ->
        [not_utf8] The body is not UTF-8 text.
        [duplicate_key] The body has one name twice.
        [characters] The body has characters that no text can hold.
        [incomplete] The body broke off half-way.
       *[not_json] The body is not valid JSON.
    }
    .title = Malformed body
problem-malformed_request = The server cannot understand this request.
    .title = Malformed request
problem-bad_idempotency_key = An Idempotency-Key has 1 to 200 visible ASCII characters.
    .title = Malformed key
problem-not_signed_in = Please sign in, or send a device's token.
    .title = Not signed in
problem-session_ended = Your session has ended. Please sign in again.
    .title = The session has ended
problem-unknown_centre = This server serves no centre with the id “{ $centre }”. Please check the address.
    .title = No such centre
problem-centre_required = This server serves several centres. Choose one on the front page, or use an address with /@ and the centre's id.
    .title = Choose a centre
problem-bad_token = The device's token is wrong or was revoked. Please tell the technician.
    .title = Token refused
problem-bad_credentials = The user name or the password is wrong.
    .title = Sign-in refused
problem-bad_csrf_token = This page is older than your sign-in. Please reload it and try again.
    .title = Reload needed
problem-password_change_required = Somebody else gave you this password. Please choose your own before you start work.
    .title = Change of password needed
problem-wrong_password = The current password is not right. { $left ->
        [one] { $left } more try
       *[other] { $left } more tries
    } before the account is locked.
    .title = Current password not right
problem-not_found = There is nothing at this address.
    .title = Not found
problem-method_not_allowed = This address does not take the method { $method }.
    .title = Method not allowed
problem-body_too_large = The body is larger than { $limit } bytes.
    .title = Body too large
problem-unsupported_media_type = Send the body as application/json, in UTF-8.
    .title = Unsupported media type
problem-invalid_field = { $reason ->
        [required] { $field } is missing.
        [unknown] This request has no field { $field }.
        [type] { $field } is of the wrong type.
        [length] { $field } is too short or too long.
        [range] { $field } is out of range.
        [twice] { $field } stands there twice.
       *[form] { $field } does not have the right form.
    }
    .title = Invalid value
problem-weak_password = { $reason ->
        [too_short] The new password needs at least { $least } characters.
        [login] The new password must not be the login.
        [same] The new password must differ from the current one.
       *[common] This password is too easily guessed. Please choose another.
    }
    .title = New password not possible
problem-unknown_topic = There is no such live topic.
    .title = No such topic
problem-too_many_topics = One connection follows at most { $limit } topics.
    .title = Too many topics
problem-too_many_attempts = Sign-in failed too often. Please try again in { $seconds } seconds.
    .title = Too many attempts
problem-account_locked = The account is locked for now, because of several wrong passwords in a row. Please try again in { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }, or ask an administrator to unlock it at once.
    .title = Account locked for now

## The server.

problem-server_error = The server met an error. Please try again; if it stays, tell the technician this code: { $instance }.
    .title = Server error
problem-not_ready = The server is not ready. Please try again in a few seconds.
    .title = Not ready
problem-no_answer_in_time = The server did not answer in time. Send the request again with the same Idempotency-Key to learn its result.
    .title = No answer in time
