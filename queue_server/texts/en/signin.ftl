### Signing in, and choosing a password of one's own.

signin-title = Sign in
signin-login = Login
signin-password = Password
signin-show = Show
signin-hide = Hide
signin-do = Sign in
signin-busy = Signing in…
signin-help = Forgotten password or no account yet: please ask the centre's administrator.
signin-empty = Something is missing
signin-empty-advice = Please enter both login and password.
signin-wrong = Login or password is not right
signin-wrong-advice = Please check Caps Lock and the Vietnamese input method, then try again.
signin-wrong-few = { $n ->
    [one] { $n } more try
   *[other] { $n } more tries
} before the account is locked for a while. Please check Caps Lock and the Vietnamese input method.
signin-locked = Account locked for now
signin-locked-advice = The password was wrong several times in a row. Please try again in { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}, or ask an administrator to unlock it at once.
signin-throttled = Too many wrong attempts from this machine
signin-throttled-advice = To protect the accounts, please wait { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
} and try again.
signin-away-advice = Please try again in a few seconds, or tell the technician.
signin-ended = Your session has ended
signin-ended-advice = To protect your account, a session lasts only so long. What was recorded is safe; sign in again to go on.

new-title = Change password
new-title-first = Choose your password
new-why = Account { $login }. Your other sessions will end.
new-why-first = Somebody else gave you the password of account { $login }. Please choose one that only you know.
new-current = Current password
new-next = New password
new-again = New password again
new-rule = At least { $n } characters; a short sentence that you remember is best. No capitals or symbols needed.
new-rule-not = Not your login, not the old password, and nothing easily guessed like “matkhau123”.
new-do = Save new password
new-busy = Saving…
new-leave = Sign out, do it later
new-current-empty = Please enter the current password.
new-current-wrong = The current password is not right. { $n ->
    [one] { $n } more try
   *[other] { $n } more tries
}.
new-too-short = The new password needs at least { $n } characters.
new-is-login = The new password must not be the login.
new-is-old = The new password must differ from the current one.
new-common = This password is too easily guessed. Please choose another.
new-differs = The two entries are not the same yet.
