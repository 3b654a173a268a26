# What the parts of every page say. English stands in the code of the kit as well.

part-problem = There is a problem
part-error-prefix = Error:
part-error = Error:
part-skip = Skip to main content
part-menu = Menu
part-more = More
part-lock = Lock
part-lock-about = this device: sign out
part-signed-in-as = Signed in as
part-help = Help with this page
part-help-name = Help
part-manual = Manual and help
part-concern = Report a concern
part-say-more = Say more, if you know it
part-worried = Worried about a child? Tell { $name }
part-languages = Language
part-not-possible = This is not possible
part-ask = Ask them to allow it
part-policy-says = Our policy says
part-what-now = What you can do now
part-more-clauses = What else our policy says about it
part-figures = Show the figures as a table
part-show = Show
part-hide = Hide
part-show-password = Show password
part-hide-password = Hide password
part-password-shown = Your password is visible
part-password-hidden = Your password is hidden
part-up-to = You can enter up to { $count } characters
part-left = Characters left: { $count }
part-too-many = Characters too many: { $count }
part-none-left = No characters left
part-day = Day
part-month = Month
part-year = Year
part-yes = Yes
part-no = No
part-or = or
part-optional = { $label } (optional)
part-choose-one = Choose one
part-warning = Warning
part-date = Date

# Days. Month names as they stand within a date.

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date = { $day } { $month } { $year }
moment = { $date }, { $time }

# Lists.

list-between = { $before }, { $next }
list-or-two = { $before } or { $next }
list-or-last = { $before } or { $next }
list-and-two = { $before } and { $next }
list-and-last = { $before } and { $next }
