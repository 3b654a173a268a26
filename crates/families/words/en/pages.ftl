# Signing in, and answers that are no page of a family.

sign-in = Sign in
sign-in-user = User name
sign-in-password = Password
sign-in-button = Sign in
sign-in-code = Have you been given a code?
sign-in-code-link = Choose your password
sign-in-help = If you can’t sign in, ask the manager for a new code.
sign-in-enter-user = Enter your user name
sign-in-enter-password = Enter your password
sign-in-wait =
    { $minutes ->
        [one] Too many wrong passwords. Try again in { $minutes } minute
       *[other] Too many wrong passwords. Try again in { $minutes } minutes
    }
sign-in-wrong = The user name or the password is wrong
nothing-here = Nothing here
nothing-here-for-you = There is nothing here for you
nothing-here-why = The page may have moved, or it is for somebody else. If you typed the address, check it.
go-to-today = Go to Today
did-not-work = This did not work
did-not-work-why = Nothing was lost. If it happens again, tell whoever looks after this computer.
send-again = Send this again
send-again-why = This page was open for a long time, or it came from somewhere else, so nothing was done. Go back, load the page again and send it once more.
not-taken-in = This was not taken in
nothing-changed = Nothing was changed.
later = Try again later
later-why = Too many codes or passwords were wrong from where you are. Wait fifteen minutes, then try again. The manager can give you a new code.
done = Done: { $title }
shown-once = It is done. This is the { $what }. It is shown only now: write it down or hand it over at once.
go-on = Go on
confirm-first = Before this is done, confirm
keep-pdf = Keep as PDF
keep-tables = Keep its tables
for-print = { $title }, for print

# A report that has to wait, what a child is told, and the poster on the wall.

trap = Leave this empty
tell-link = Are you a child? Tell us with pictures
keep-title = Kept on this device
keep-kept = There is no network just now, or it is slow. What you wrote is kept sealed on this device and is sent by itself as soon as it can be. You can close this page; do not clear this browser’s data. If it can’t wait, tell somebody in person or ring.
keep-waiting = Waiting on this device to be sent, written at:
keep-offline = There is no network just now. You can write all the same: it is kept on this device and sent as soon as it can be. If somebody is in danger, ring 999.
keep-missing = Answer the questions that are not marked as optional first.
keep-later = Many reports come from here just now. Wait a few minutes, then press the button again: nothing that you typed is lost. If it can’t wait, tell somebody in person or ring.
send-once-more = Press the button once more to send it. Nothing that you typed is lost.
told-title = Thank you for telling
told-read = A grown-up who keeps children safe here will read it and will help.
told-now = If you are in danger now, go to a grown-up, or ring 999.
told-more = Tell something else
poster-line = Worried about a child? Scan this and tell us. You need no password and no name.
poster-child = Is something wrong? Tell us with pictures.

# Signing in with an account somewhere else.
provider-sign-in = Sign in with { $name }
provider-unreached = { $name } can’t be reached just now. Sign in with your user name and password, or try again in a minute
provider-refused = { $name } did not sign you in. Try again, or sign in with your user name and password
provider-shared = { $name } does not say that you showed who you are just now. On this device, which others use too, sign in with your user name and password
provider-late = This was begun too long ago, or in another window. Press the button again
provider-doubtful = What { $name } sent could not be trusted, so you were not signed in. Sign in with your user name and password, and tell the manager
provider-domain = This account at { $name } is not of an organisation that may sign in here. Choose your work account there
provider-gone = This account at { $name } opens nothing here. Sign in with your user name and password, or ask the manager
provider-unlinked = You signed in at { $name } as { $shown }. That account is not linked with yours here yet. Sign in here once with your user name and password; then you can link the two.
provider-link = Link your { $name } account
provider-link-asks = You signed in at { $name } as { $shown }.
provider-link-care = Once it is linked, whoever signs in there as { $shown } is signed in here as you. Link it only if it is yours, and yours alone.
provider-link-password = Your password here
provider-link-button = Link it with my account here
provider-link-not = Don’t link it
provider-is-linked = You can sign in with { $name } as { $shown }.
provider-not-linked = You can sign in with your account at { $name }, too, once you have linked it.
provider-unlink = Unlink it
