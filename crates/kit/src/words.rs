//! The words that the parts themselves say, in one place.

/// At the top of a list of what is wrong in a form.
pub const PROBLEM: &str = "There is a problem";
/// Before the title of a page whose form has problems.
pub const ERROR_PREFIX: &str = "Error: ";
/// The first link of each page.
pub const SKIP: &str = "Skip to main content";
/// Opens the navigation on a phone.
pub const MENU: &str = "Menu";
/// Signs out.
pub const LOCK: &str = "Lock";
/// Opens the page's help.
pub const HELP: &str = "Help with this page";
/// Opens the form for a concern.
pub const CONCERN: &str = "Report a concern";
/// At the top of a refusal.
pub const NOT_POSSIBLE: &str = "This is not possible";
/// Asks those who can allow it.
pub const ASK: &str = "Ask them to allow it";
/// Before the words of the policy.
pub const POLICY_SAYS: &str = "Our policy says";
/// Before what to do now.
pub const WHAT_NOW: &str = "What you can do now";
/// Opens the figures behind a chart.
pub const FIGURES: &str = "Show the figures as a table";
