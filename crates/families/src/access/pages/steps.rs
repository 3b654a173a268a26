//! Second steps on one's own account, and how a lost one is taken away by two people.

use crate::{
    access::{
        acts::{
            Act,
            steps::{Act as Step, resetting, watching},
        },
        register::{steps as register, steps::Passkey},
    },
    people::pages::known,
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start, address, from_address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    facts::card,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// SHA-256 of each recovery code, in hex.
pub const MADE_CODES: &str = "made-codes";
/// A PIN's hash: Argon2id, as PHC text.
pub const MADE_PIN: &str = "made-pin";

const PERSON: Field = Field::new("person", "Person", FieldKind::Hidden);

/// How one signs in, on the page of one's account.
pub(super) fn section(view: &View<'_>, person: Person) -> Markup {
    let Some(steps) = view.setting.access.steps(person) else {
        return html! {};
    };
    let app = if steps.app().is_some() {
        "Your authenticator app is set up."
    } else {
        "No authenticator app is set up."
    };
    let pin = if steps.pin().is_some() {
        "You have a PIN. It only unlocks your screen on a device where you are signed in."
    } else {
        "You have no PIN. With one you unlock your screen quickly on a device where you are signed in; it opens nothing else."
    };
    html! {
        (told(view))
        (card("Passkeys", html! {
            (text::paragraph("A passkey is kept by your phone or computer and opens with your finger, your face or its PIN. Nobody can guess it or talk you out of it, and no second step is needed."))
            @if !steps.passkeys().is_empty() { (passkeys(view, steps.passkeys())) }
            (button("Make a passkey").to("/account/passkeys/make").secondary())
        }))
        (card("Second step after the password", html! {
            (text::paragraph(app))
            (buttons(html! {
                @if steps.app().is_some() {
                    (button("Set it up anew").to("/account/app").secondary())
                    (button("Take it away").to("/account/app/remove").secondary())
                } @else {
                    (button("Set up an app").to("/account/app").secondary())
                }
            }))
            @if steps.any() {
                (text::paragraph(codes_left(steps.codes_left())))
                (button("Make new recovery codes").to("/account/codes").secondary())
            }
        }))
        (card("Locking and devices", html! {
            (text::paragraph(pin))
            (buttons(html! {
                (button("Choose a PIN").to("/account/pin").secondary())
                (button("Devices signed in").to("/account/devices").secondary())
            }))
        }))
    }
}

fn codes_left(left: usize) -> String {
    match left {
        0 => {
            "You have no recovery codes left. Make new ones, for the day when you lose your phone."
                .to_owned()
        }
        1 => "You have one recovery code left. Make new ones.".to_owned(),
        left => {
            format!("You have {left} recovery codes left, for the day when you lose your phone.")
        }
    }
}

fn passkeys(view: &View<'_>, passkeys: &[Passkey]) -> Table {
    let rows = passkeys.iter().map(|passkey| {
        let name = view.open(&passkey.name).unwrap_or_default();
        let to = address("/account/passkeys/remove", &[("passkey", &passkey.id)]);
        vec![
            text::text(&name),
            text::text(passkey.made.in_words()),
            text::link_about(&to, "Take away", &name),
        ]
    });
    Table::new("Passkeys", ["Name", "Made", "Change"].map(Column::words))
        .caption_unseen()
        .first_cell_heads()
        .rows(rows)
}

/// What a reader is told about their account, and what waits for those who lead: lines on the
/// first page and on the account, for no control asks for them as duties.
#[must_use]
pub(crate) fn told(view: &View<'_>) -> Markup {
    let Some(person) = view.person() else {
        return html! {};
    };
    let access = &view.setting.access;
    let owed = register::owed(view.setting, view.in_force, person, view.today);
    let wrong = access.wrong_before(person);
    let reset = access
        .steps(person)
        .and_then(|steps| steps.reset())
        .filter(|at| view.now < at.plus_hours(14 * 24));
    html! {
        @if let Some(due) = owed {
            (text::warning(html! {
                "Set up a second step by " (date_in_words(due)) ". "
                (text::link("/account/passkeys/make", "Make a passkey")) " or "
                (text::link("/account/app", "set up an authenticator app")) "."
            }))
        }
        @if wrong > 0 {
            (text::warning(html! {
                "Before you last signed in, " (tries(wrong)) " for your account. If that was not you, "
                (text::link("/account/password", "choose a new password")) " and tell your manager."
            }))
        }
        @if let Some(at) = reset {
            (text::warning(format!("Your second step was taken away on {}, because it was said to be lost. If you did not ask for that, tell your manager now.", at.in_words())))
        }
        (waiting(view))
    }
}

fn tries(count: u32) -> String {
    if count == 1 {
        "a wrong password was tried".to_owned()
    } else {
        format!("{count} wrong passwords were tried")
    }
}

/// What others are to agree to and to look at.
fn waiting(view: &View<'_>) -> Markup {
    let me = view.person();
    let access = &view.setting.access;
    let asked: Vec<Person> = if view.has(&Need::leadership()) {
        let waits = |person: &Person| {
            access
                .reset_asked(*person, view.now)
                .is_some_and(|by| by != me && me != Some(*person))
        };
        access.people().filter(waits).collect()
    } else {
        Vec::new()
    };
    let unseen = access
        .unseen()
        .iter()
        .filter(|one| me != Some(one.person) && !one.by.iter().any(|by| me == Some(*by)))
        .filter(|_| view.has(&watching()));
    html! {
        (super::codes::waiting(view))
        @for person in asked {
            (text::paragraph(html! {
                (view.name(person)) " has lost the second step, and somebody asks you to agree. "
                (text::link(&format!("/settings/accounts/{person}/agree-reset"), "Decide"))
            }))
        }
        @for one in unseen {
            (text::paragraph(html! {
                (view.name(one.person)) " was let in again on " (one.at.in_words()) ". "
                (text::link(&address("/settings/accounts/let-in", &[("seq", &one.seq.to_string())]), "Look at it"))
            }))
        }
    }
}

fn step(act: Step) -> AnyAct {
    AnyAct::Access(Act::Step(act))
}

fn account(_: &Answers) -> String {
    "/account".to_owned()
}

fn has(view: &View<'_>, what: fn(&register::Steps) -> bool) -> Start {
    let steps = view
        .person()
        .and_then(|person| view.setting.access.steps(person));
    Start {
        not_here: !steps.is_some_and(what),
        ..Start::default()
    }
}

/// Take the authenticator app away.
pub(super) const REMOVE_APP: Form = Form {
    act: "access.remove-app",
    path: "/account/app/remove",
    title: "Take your authenticator app away",
    button: "Take it away",
    help: "Codes from the app are worth nothing here from now on. You need another second step first, such as a passkey.",
    need: |_, _| Need::SignedIn,
    fields: &[],
    start: |view, _| has(view, |steps| steps.app().is_some()),
    read: |_| Some(step(Step::RemoveApp)),
    then: account,
};

/// Make new recovery codes.
pub(super) const MAKE_CODES: Form = Form {
    act: "access.make-recovery-codes",
    path: "/account/codes",
    title: "Make new recovery codes",
    button: "Make new codes",
    help: "Ten codes, each good once, for the day when you lose your phone or your passkey. You see them once: print them, or write them down, and keep them where only you find them.\nCodes that you had before are worth nothing afterwards.",
    need: |_, _| Need::SignedIn,
    fields: &[],
    start: |view, _| has(view, register::Steps::any),
    read: |answers| {
        let codes = answers.several(MADE_CODES);
        Some(step(Step::MakeCodes { codes }))
    },
    then: account,
};

/// Take a passkey away.
pub(super) const REMOVE_PASSKEY: Form = Form {
    act: "access.remove-passkey",
    path: "/account/passkeys/remove",
    title: "Take a passkey away",
    button: "Take it away",
    help: "The device can’t sign in with this passkey any more. Take it out of the device’s own list of passkeys, too.",
    need: |_, _| Need::SignedIn,
    fields: &[Field::new("passkey", "Passkey", FieldKind::Hidden)],
    start: |view, params| {
        let own = view.setting.access.whose_passkey(params.get("passkey"));
        let own = own.filter(|(person, _)| view.person() == Some(*person));
        Start {
            answers: Answers::from_params(params),
            above: own
                .map(|(_, passkey)| text::inset(view.open(&passkey.name).unwrap_or_default())),
            not_here: own.is_none(),
        }
    },
    read: |answers| {
        let id = answers.text("passkey")?;
        Some(step(Step::RemovePasskey { id }))
    },
    then: account,
};

/// Choose a PIN.
pub(super) const CHOOSE_PIN: Form = Form {
    act: "access.choose-pin",
    path: "/account/pin",
    title: "Choose a PIN for unlocking",
    button: "Choose this PIN",
    help: "The PIN opens your locked screen, only on the device where you are signed in. It never signs you in, and after five wrong ones you sign in again.",
    need: |_, _| Need::SignedIn,
    fields: &[
        Field::new("pin", "PIN", FieldKind::Secret(12))
            .hint("6 to 12 digits, not a row such as 123456 and not a birthday"),
        Field::new("pin-again", "The same PIN again", FieldKind::Secret(12)),
    ],
    start: |view, params| {
        let mut start = from_address(view, params);
        start.not_here = !view
            .person()
            .is_some_and(|person| view.setting.access.has_account(person));
        start
    },
    read: |answers| {
        let hash = answers.text(MADE_PIN)?;
        Some(step(Step::ChoosePin { hash }))
    },
    then: account,
};

/// Ask for a lost second step to be taken away.
pub(super) const ASK_RESET: Form = Form {
    act: "access.ask-steps-reset",
    path: "/settings/accounts/{person}/reset",
    title: "Somebody has lost their second step",
    button: "Ask a second person to agree",
    help: "Be sure that you speak with the person themselves. Somebody else who leads agrees within 24 hours; then the person signs in with the password alone and sets up a new second step.\nThe person is told, and somebody who had no part in it looks at it afterwards.",
    need: |_, _| resetting(),
    fields: &[PERSON],
    start: |view, params| of_steps(view, params, |_, steps| steps.any()),
    read: |answers| {
        let person = answers.person("person")?;
        Some(step(Step::AskReset { person }))
    },
    then: |_| "/settings/accounts".to_owned(),
};

/// Agree to it.
pub(super) const AGREE_RESET: Form = Form {
    act: "access.agree-steps-reset",
    path: "/settings/accounts/{person}/agree-reset",
    title: "Agree that a second step is taken away",
    button: "Agree and take it away",
    help: "Somebody who leads says that this person has lost their second step. Ask the person yourself before you agree.\nThe person is signed out everywhere and signs in with the password alone until a new second step is set up.",
    need: |_, _| resetting(),
    fields: &[PERSON],
    start: |view, params| of_steps(view, params, |view, steps| steps.asked(view.now).is_some()),
    read: |answers| {
        let person = answers.person("person")?;
        Some(step(Step::AgreeReset { person }))
    },
    then: |_| "/".to_owned(),
};

fn of_steps(
    view: &View<'_>,
    params: &Params,
    fits: fn(&View<'_>, &register::Steps) -> bool,
) -> Start {
    let person = params.person("person");
    let steps = person.and_then(|person| view.setting.access.steps(person));
    if !steps.is_some_and(|steps| fits(view, steps)) {
        return Start {
            not_here: true,
            ..Start::default()
        };
    }
    known::about_only(view, params)
}

/// Look at how somebody was let in again.
pub(super) const SEE_RESET: Form = Form {
    act: "access.see-steps-reset",
    path: "/settings/accounts/let-in",
    title: "Look at how somebody was let in again",
    button: "I have looked at it",
    help: "A second step was taken away, so that somebody could sign in again. Ask the person and those who did it whether it was right. If it was not, close the account and look at what was done with it.",
    need: |_, _| watching(),
    fields: &[Field::new("seq", "Entry", FieldKind::Hidden)],
    start: |view, params| {
        let seq = params.number::<u64>("seq");
        let one = view
            .setting
            .access
            .unseen()
            .iter()
            .find(|one| Some(one.seq) == seq);
        Start {
            answers: Answers::from_params(params),
            above: one.map(|one| {
                let by: Vec<String> = one.by.iter().map(|by| view.name(*by)).collect();
                let by = if by.is_empty() {
                    "whoever keeps the machine".to_owned()
                } else {
                    by.join(" and ")
                };
                text::inset(format!(
                    "{}, on {}, by {by}",
                    view.name(one.person),
                    one.at.in_words()
                ))
            }),
            not_here: one.is_none(),
        }
    },
    read: |answers| {
        let seq = answers.text("seq")?.parse().ok()?;
        Some(step(Step::SeeReset { seq }))
    },
    then: |_| "/".to_owned(),
};
