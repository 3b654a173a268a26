//! Pages and forms of this family.

mod beside;
mod clause;
mod consulting;
mod forms;
mod parts;
mod reading;
mod reviews;
mod running;
mod versions;
mod writing;

use crate::spine::{
    page::{Form, Page, Params},
    permit::Need,
    setting::Setting,
};
use parts::{needs_inside, needs_management, needs_sign_in};

/// Its forms.
pub const FORMS: &[Form] = forms::FORMS;

/// A page for all who have signed in.
const BARE: Page = Page {
    path: "",
    title: "",
    menu: 0,
    help: "",
    need: needs_sign_in,
    lines: None,
    show: |_, _| crate::spine::page::Shown::NotHere,
};

/// Its pages.
pub const PAGES: &[Page] = &[
    Page {
        path: "/policy",
        title: "Policy",
        menu: 20,
        help: "This is your setting’s policy, section by section.\n\
            Whoever works here sees how each clause stands: met, due, breached, not in use, or needing a person’s word. Choose a clause to see why.\n\
            The filter shows only clauses that stand in one way or are about one thing; its address can be kept and shared.",
        show: reading::policy,
        ..BARE
    },
    Page {
        path: "/policy/clauses/{clause}",
        title: "Clause",
        help: "One clause of the policy, with what answers it and the values that hold.\n\
            Whoever works here also sees how it stands, what they have to do for it and how it came about; those who lead see on which entries of the ledger that rests, and what others have to do.",
        show: clause::clause,
        ..BARE
    },
    Page {
        path: "/policy/print",
        title: "Policy for print",
        help: "The whole policy on paper, for whoever works here with how each clause stands today.",
        show: reading::print,
        ..BARE
    },
    Page {
        path: "/policy/public",
        title: "Our policy",
        help: "The policy that is in force, for everybody to read without signing in. If something is unclear, ask the person named at the foot of the page.",
        need: needs_nothing,
        show: reading::public,
        ..BARE
    },
    Page {
        path: "/policy/read",
        title: "Read and confirm",
        help: "Read the version in force and say that you have. Your name and the day are kept.\n\
            Those who lead see who has read it, to whom it was sent, and who can’t be asked here because they have no account.",
        show: reading::read,
        ..BARE
    },
    Page {
        path: "/policy/versions",
        title: "Versions",
        help: "Every version that was adopted, with who approved it and what was different from the one before.",
        show: versions::versions,
        ..BARE
    },
    Page {
        path: "/policy/versions/{number}",
        title: "Version",
        help: "One version with its words, who took part and who approved it.",
        show: versions::version,
        ..BARE
    },
    Page {
        path: "/policy/versions/{number}/file",
        title: "Version as a file",
        help: "A policy file that any text editor opens, and that can be brought in again.",
        show: versions::file,
        ..BARE
    },
    Page {
        path: "/policy/compare",
        title: "What is different",
        help: "What is different between two versions, word by word. Words that were added are underlined, words that were taken out are struck through.",
        show: versions::compare,
        ..BARE
    },
    Page {
        path: "/policy/start",
        title: "Bring in your policy",
        help: "Hand in the policy document that you have. Stairgate reads it and suggests which controls answer each clause; you check that before anything runs.\n\
            If you have none, start from the template that is most like your setting.",
        need: needs_management,
        show: writing::start,
        ..BARE
    },
    Page {
        path: "/policy/draft",
        title: "Draft",
        help: "The policy that is being written: its words on the left, what answers each clause on the right.\n\
            Confirm what is right, correct what is not, put it to people for comment, have it approved, and adopt it.\n\
            Those who were asked about it read it here and comment.",
        show: writing::draft,
        ..BARE
    },
    Page {
        path: "/policy/draft/clauses/{clause}",
        title: "Clause of the draft",
        help: "Change the words of a clause, and say which controls answer it. Under each suggestion stands why it was made.",
        need: needs_management,
        show: writing::draft_clause,
        ..BARE
    },
    Page {
        path: "/policy/draft/file",
        title: "Draft as a file",
        help: "The draft as a policy file (TOML): edit it with any text editor and bring it in again. Nothing is lost on the way.",
        show: writing::file,
        ..BARE
    },
    Page {
        path: "/policy/consultation",
        title: "Comments",
        help: "Here you say what you think of a draft when you are asked, and find what became of what you said.\n\
            Managers put the draft to people and answer each comment.",
        show: consulting::consultation,
        ..BARE
    },
    Page {
        path: "/policy/reviews",
        title: "Reviews",
        help: "When the policy is to be reviewed next, what has happened that asks for a review at once, and what came of earlier ones.",
        need: needs_inside,
        show: reviews::reviews,
        ..BARE
    },
    Page {
        path: "/policy/choices",
        title: "Values to choose",
        help: "Where clauses name no figure or disagree, the manager chooses. Each choice shows the clauses that it comes from.",
        need: needs_inside,
        show: running::choices,
        ..BARE
    },
    Page {
        path: "/policy/controls",
        title: "Controls",
        help: "What the policy asks for, control by control, and whether it runs here.",
        need: needs_inside,
        show: running::controls,
        ..BARE
    },
    Page {
        path: "/policy/controls/{control}",
        title: "Control",
        help: "One control: what it does, what is to be done, what is kept for it, and the clauses that ask for it.\n\
            A manager can say that it is not in use here, with the reason.",
        need: needs_inside,
        show: running::control,
        ..BARE
    },
    Page {
        path: "/policy/registers/{control}",
        title: "Register",
        help: "A whole register, to print, or to keep as a PDF or a spreadsheet (CSV).",
        need: needs_over_all,
        show: running::register,
        ..BARE
    },
    Page {
        path: "/policy/linked",
        title: "Policies beside this one",
        help: "Other policies that clauses refer to: where each is kept, who looks after it, and when it is to be looked at again.",
        show: beside::linked,
        ..BARE
    },
    Page {
        path: "/policy/linked/read",
        title: "A policy beside this one",
        help: "One of the policies that clauses refer to.",
        show: beside::linked_policy,
        ..BARE
    },
    Page {
        path: "/policy/sanctions",
        title: "Consequences",
        help: "What follows when somebody breaks the rules, as the policy says. Those who lead record what was decided.",
        show: beside::sanctions,
        ..BARE
    },
];

fn needs_nothing(_params: &Params, _setting: &Setting) -> Need {
    Need::Anyone
}

fn needs_over_all(_params: &Params, _setting: &Setting) -> Need {
    parts::over_all()
}
