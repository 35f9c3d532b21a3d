### Signing in.

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
signin-throttled = Too many wrong attempts
signin-throttled-advice = To protect the account, please wait { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
} and try again.
signin-away-advice = Please try again in a few seconds, or tell the technician.
