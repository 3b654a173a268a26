//! The words that the parts themselves say, in one place, in English, and in any language that is
//! handed in.

use std::borrow::Cow;

/// Each word: its name, its English, its name in message files, and what it is for.
macro_rules! words {
    ($($(#[doc = $doc:literal])+ $name:ident, $id:literal, $english:literal;)+) => {
        /// The words that the parts of a page say, in one language.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Words {
            $($(#[doc = $doc])+ pub $name: Cow<'static, str>,)+
        }

        /// The words in English.
        pub const ENGLISH: &Words = &Words { $($name: Cow::Borrowed($english),)+ };

        /// The names of all words, and their English.
        pub const ALL: &[(&str, &str)] = &[$(($id, $english),)+];

        impl Words {
            /// The words in a language, each by its name: `part-menu`.
            #[must_use]
            pub fn of(say: impl Fn(&str) -> String) -> Words {
                Words { $($name: Cow::Owned(say($id)),)+ }
            }
        }
    };
}

words! {
    /// At the top of a list of what is wrong in a form.
    problem, "part-problem", "There is a problem";
    /// Before the title of a page whose form has problems.
    error_prefix, "part-error-prefix", "Error:";
    /// Before what is wrong with a field, for those who listen.
    error, "part-error", "Error:";
    /// The first link of each page.
    skip, "part-skip", "Skip to main content";
    /// Opens the navigation on a phone.
    menu, "part-menu", "Menu";
    /// Opens the rest of the navigation.
    more, "part-more", "More";
    /// Signs out.
    lock, "part-lock", "Lock";
    /// What the lock locks, for those who listen.
    lock_about, "part-lock-about", "this device: sign out";
    /// Before the name of who is signed in, for those who listen.
    signed_in_as, "part-signed-in-as", "Signed in as";
    /// Opens the page's help.
    help, "part-help", "Help with this page";
    /// Names the part of the page with the help.
    help_name, "part-help-name", "Help";
    /// Leads to the manual.
    manual, "part-manual", "Manual and help";
    /// Opens the form for a concern.
    concern, "part-concern", "Report a concern";
    /// Leads to more questions of a form.
    say_more, "part-say-more", "Say more, if you know it";
    /// At the foot of each page; `{name}` is who to tell.
    worried, "part-worried", "Worried about a child? Tell {name}";
    /// Names the list of languages.
    languages, "part-languages", "Language";
    /// At the top of a refusal.
    not_possible, "part-not-possible", "This is not possible";
    /// Asks those who can allow it.
    ask, "part-ask", "Ask them to allow it";
    /// Before the words of the policy.
    policy_says, "part-policy-says", "Our policy says";
    /// Before what to do now.
    what_now, "part-what-now", "What you can do now";
    /// Opens the clauses that say more about a refusal.
    more_clauses, "part-more-clauses", "What else our policy says about it";
    /// Opens the figures behind a chart.
    figures, "part-figures", "Show the figures as a table";
    /// A button that shows a password.
    show, "part-show", "Show";
    /// A button that hides a password.
    hide, "part-hide", "Hide";
    /// The same, for those who listen.
    show_password, "part-show-password", "Show password";
    /// The same, for those who listen.
    hide_password, "part-hide-password", "Hide password";
    /// Said when a password is seen.
    password_shown, "part-password-shown", "Your password is visible";
    /// Said when a password is hidden.
    password_hidden, "part-password-hidden", "Your password is hidden";
    /// How long a text may be; `{count}` is the number.
    up_to, "part-up-to", "You can enter up to {count} characters";
    /// How many characters are left; `%{count}` is the number.
    left, "part-left", "Characters left: %{count}";
    /// How many characters there are too many; `%{count}` is the number.
    too_many, "part-too-many", "Characters too many: %{count}";
    /// Said when no characters are left.
    none_left, "part-none-left", "No characters left";
    /// A part of a date.
    day, "part-day", "Day";
    /// A part of a date.
    month, "part-month", "Month";
    /// A part of a date.
    year, "part-year", "Year";
    /// An answer.
    yes, "part-yes", "Yes";
    /// An answer.
    no, "part-no", "No";
    /// Between choices.
    or, "part-or", "or";
    /// A field that may be left empty; `{label}` is what it asks.
    optional, "part-optional", "{label} (optional)";
    /// The first line of a list to choose from.
    choose_one, "part-choose-one", "Choose one";
    /// Before a warning, for those who listen.
    warning, "part-warning", "Warning";
    /// Under a line for a date.
    date, "part-date", "Date";
}

impl Default for &Words {
    fn default() -> Self {
        ENGLISH
    }
}
