//! What comes back to somebody who sends a form, as the rim answers it, and of what messages tell
//! them.

use super::{Dice, World};
use crate::{
    notices::tells::{To, tells},
    spine::{
        act::{Actor, Case},
        answers::Answers,
        judge::{self, No},
        page::{FieldKind, Form, Params},
        permit::{self, NotAllowed},
        view::View,
    },
};
use kernel::{chance::Chance, sealed::Sealer};
use std::fmt::Write;

/// Answers to the fields of a form that could lead to the record, the same for the same dice.
pub(super) fn filled(form: &Form, words: &Params, dice: &mut Dice) -> Answers {
    let mut answers = Answers::default();
    for field in form.fields {
        let word = match field.kind {
            _ if !words.get(field.name).is_empty() => words.get(field.name).to_owned(),
            FieldKind::Choice(keys) | FieldKind::Several(keys) => {
                let place = usize::try_from(dice.roll(keys.len().max(1) as u64)).unwrap();
                keys.get(place).map_or("", |(key, _)| key).to_owned()
            }
            FieldKind::ChoiceOf(_) | FieldKind::SeveralOf(_) => words.get("person").to_owned(),
            FieldKind::Number(least, _) => least.to_string(),
            FieldKind::Date => "2026-09-10".to_owned(),
            FieldKind::YesNo | FieldKind::Confirm => "yes".to_owned(),
            FieldKind::Email => "wren@example.org".to_owned(),
            FieldKind::Phone => "01632 960 123".to_owned(),
            FieldKind::Hidden => words.get("number").to_owned(),
            FieldKind::Line(_)
            | FieldKind::Text(_)
            | FieldKind::NewPassword
            | FieldKind::Password
            | FieldKind::Secret(_)
            | FieldKind::Drawn(_)
            | FieldKind::File(_)
            | FieldKind::Keep(_) => "three quiet herons".to_owned(),
        };
        answers.add(field.name, &word);
    }
    for made in ["made-code", "made-hash", "made-token", "made-pin"] {
        answers.add(made, "00ff");
    }
    answers
}

/// What comes of sending a form.
pub(super) fn send(view: &View<'_>, form: &Form, words: &Params, answers: &Answers) -> String {
    let mut asked = words.clone();
    for field in form.fields {
        if let Some(word) = answers.text(field.name) {
            asked.0.entry(field.name.to_owned()).or_insert(word);
        }
    }
    if (form.start)(view, &asked).not_here {
        return "nothing here".to_owned();
    }
    let mut answers = answers.clone();
    for (name, word) in &words.0 {
        if answers.text(name).is_none() {
            answers.add(name, word);
        }
    }
    let act = match form.act(&answers) {
        Ok(act) => act,
        Err(mistakes) => return in_words(view, &No::Mistakes(mistakes)),
    };
    let chance = Chance::from_seed([7; 32]);
    let sealer = Sealer::new(view.keys, &chance);
    let case = Case {
        who: view.who,
        now: view.now,
        today: view.today,
        setting: view.setting,
        in_force: view.in_force,
        sealer: &sealer,
        confirmed: &[],
    };
    match judge::decide(&act, &case) {
        Ok(_) => format!("done, then {}", (form.then)(&answers)),
        Err(no) => in_words(view, &no),
    }
}

fn in_words(view: &View<'_>, no: &No) -> String {
    let mut says = String::new();
    match no {
        No::NotAllowed(NotAllowed { sign_in: true, .. }) => says.push_str("sign in"),
        No::NotAllowed(_) => says.push_str("nothing here"),
        No::Mistakes(mistakes) => mistakes.iter().for_each(|mistake| {
            let _ = write!(says, "{:?}: {}; ", mistake.field, mistake.says);
        }),
        No::Refused(refusals) => refusals.iter().for_each(|refusal| {
            let _ = write!(says, "{} {}; ", refusal.reason, refusal.what_now);
        }),
        No::Ask(asked) => asked.iter().for_each(|one| {
            let _ = write!(says, "{} {}; ", one.control, one.question.says);
        }),
    }
    view.words(&says)
}

/// Of what messages tell somebody, beginning with this line of the ledger: never more than that
/// something waits, so their kind and their number are all that there is.
pub(super) fn told(world: &World, who: &Actor, from: usize) -> String {
    let Some(person) = who.person() else {
        return String::new();
    };
    let (setting, today) = (&world.s.setting, world.s.today());
    let of_me = |to: &To| match to {
        To::Person(one) => *one == person,
        To::Role(role) => setting.roles.holds(person, role, today),
    };
    let lines = world.s.lines.iter().skip(from);
    let all = lines.flat_map(|line| tells(line, setting));
    let told: Vec<_> = all
        .filter(|tell| of_me(&tell.to))
        .map(|tell| tell.what)
        .collect();
    format!("{told:?}")
}

/// Whether somebody may send a form at all.
pub(super) fn may(view: &View<'_>, form: &Form, words: &Params) -> Result<(), NotAllowed> {
    let need = (form.need)(words, view.setting);
    permit::permit(view.who, &need, view.setting, view.today)
}
