# What everybody is told about monitoring: on the page for signing in, on the screen, on the wall.

monitor-sign-in = What is asked for on the internet here is monitored, to keep children safe. It can be traced to you.
monitor-sign-in-more = What is kept, and why
monitor-notice-title = The internet here is monitored
monitor-notice-what = We keep what is asked for on the internet here: which site or page, on which device, when, and whether it was open. It can be traced to a person. We do not keep what you read or write.
monitor-notice-why = We do this to keep children safe, and because the rules for places like ours ask for it.
monitor-notice-keep = For how many days it is kept: { $days }. Then it is deleted.
monitor-notice-who = Who may look at it: { $roles }. They may only for a reason, which is written down; a second person looks through some of the reasons.
monitor-notice-wifi = This is so on our own devices, and for everybody who uses our wifi with a device of their own.
monitor-notice-rights = Ask the manager if you want to know what is kept about you, want a copy, or think that something is wrong.
monitor-notice-reasons = Our policy names why:
monitor-notice-covers = Our policy monitors too:
monitor-notice-print = For the wall and for the wifi
monitor-notice-none = Our policy does not ask for monitoring.
