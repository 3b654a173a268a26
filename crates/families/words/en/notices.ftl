# What people are told by mail and on their devices: that something waits, never what.

notice-soon-subject = something to look at soon
notice-soon-text = Something in Stairgate needs you to look at it soon. Sign in to see what it is:
notice-sign-subject = something new to read and sign
notice-sign-text = There is something new for you to read and sign in Stairgate. Sign in to see it:
notice-work-subject = something is waiting for you
notice-work-text = Something is waiting for you in Stairgate. Sign in to see what it is:
notice-test-subject = this is a test
notice-test-text = You asked Stairgate for this message to see whether mail arrives. It does. This is where people sign in:
notice-why = This message says no more on purpose, so that nobody else learns what it is about.
notice-how = How you are told is under “Your account” in Stairgate.
notice-on-device = Something is waiting for you.
