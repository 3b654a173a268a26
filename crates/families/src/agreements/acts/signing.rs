//! Signing, in each of its ways: with one's own log-in, with a code, at the kiosk, on paper, and a
//! child together with a grown-up. Whoever signs twice is told kindly that it is done.

use super::Answer;
use crate::{
    agreements::{
        entries::{CodeGiven, Entry, How, Signed},
        pictures,
        register::Signature,
    },
    people::{
        acts::{NewPerson, added},
        entries::Entry as PeopleEntry,
        group::Group,
    },
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
    },
};
use kernel::{
    kept::Loose,
    moment::{Date, date_in_words, plus_days},
    ruling::Mistake,
    sealed::Private,
};

/// How long a code to sign with is good, in days.
const CODE_DAYS: i64 = 14;
/// The longest path of strokes, in bytes.
const STROKES_MAX: usize = 16_000;
/// The longest name, in characters.
const NAME_MAX: usize = 120;

/// What somebody wrote: their name, typed, or strokes, drawn. One of the two is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hand {
    /// The name as it was typed.
    pub name: Option<String>,
    /// The strokes: points as `x,y`, a space between them, a semicolon between strokes.
    pub drawn: Option<String>,
    /// The language that it was read in, by its code.
    pub language: String,
}

pub(super) fn sign(group: Group, version: u32, hand: &Hand, case: &Case<'_>) -> Answer {
    let Some(person) = case.person() else {
        return Err(vec![Mistake::new("Sign in first")]);
    };
    signed(person, group, version, hand, How::Own, case)
}

pub(super) fn give_code(person: Person, code: &str, case: &Case<'_>) -> Answer {
    let people = &case.setting.people;
    if !people.is_known(person) || people.has_left(person, case.today) {
        return no("person", "There is no such person here");
    }
    if people.groups(person).contains(&Group::Child) {
        return no(
            "person",
            "Children sign together with a grown-up, without a code",
        );
    }
    let open = people
        .groups(person)
        .into_iter()
        .filter_map(|group| case.setting.agreements.current(group))
        .any(|current| {
            let says = &current.says;
            let agreements = &case.setting.agreements;
            agreements.signed(person, says.group, says.number).is_none()
        });
    if !open {
        return no("person", "There is nothing for this person to sign");
    }
    Ok(vec![AnyEntry::Agreements(Entry::CodeGiven(CodeGiven {
        person,
        code: code.to_owned(),
        until: plus_days(case.today, CODE_DAYS),
    }))])
}

pub(super) fn with_code(
    code: &str,
    group: Group,
    version: u32,
    hand: &Hand,
    how: How,
    case: &Case<'_>,
) -> Answer {
    signed(whose(code, case)?, group, version, hand, how, case)
}

/// Whose code this is.
pub(super) fn whose(code: &str, case: &Case<'_>) -> Result<Person, Vec<Mistake>> {
    let setting = case.setting;
    match setting
        .agreements
        .whose_code(code, &setting.people, case.today)
    {
        Some(person) => Ok(person),
        None => no(
            "code",
            "This code does not fit, or it is too old. Ask the manager for a new one",
        ),
    }
}

/// The next number that nobody has and nobody had.
pub(super) fn unused_number(case: &Case<'_>) -> Person {
    let mut person = case.setting.people.next_person();
    while case.sealer.is_erased(&person.subject()) {
        person = Person(person.0.saturating_add(1));
    }
    person
}

/// A visitor whom nobody knows yet is taken in with the signature.
pub(super) fn as_somebody_new(group: Group, version: u32, hand: &Hand, case: &Case<'_>) -> Answer {
    if !matches!(group, Group::Visitor | Group::Contractor | Group::Community) {
        return no("code", "Enter your code. You get one from the manager");
    }
    let Some(name) = &hand.name else {
        return no("name", "Type your name, so that we know who you are");
    };
    current(group, version, case)?;
    let person = unused_number(case);
    let new = NewPerson {
        name: name.clone(),
        groups: vec![group],
        ..NewPerson::default()
    };
    let came = added(&new, person, case)?;
    let signed = written(person, group, version, hand, How::Kiosk, case)?;
    Ok(vec![
        AnyEntry::People(PeopleEntry::Added(came)),
        AnyEntry::Agreements(Entry::Signed(signed)),
    ])
}

pub(super) fn on_paper(
    person: Person,
    group: Group,
    on: Date,
    scan: Option<&Loose>,
    case: &Case<'_>,
) -> Answer {
    let Some(current) = case.setting.agreements.current(group) else {
        return no("group", "No version of this agreement was issued yet");
    };
    let issued = current.at.date();
    if on > case.today {
        return no("on", "Choose a day that is not in the future");
    }
    if on < issued {
        return no(
            "on",
            format!(
                "The version that counts was issued on {}. Paper from before that day was another version",
                date_in_words(issued)
            ),
        );
    }
    let version = current.says.number;
    belongs(person, group, case)?;
    not_yet(person, group, version, case)?;
    let scan = scan.map(|scan| case.seal_file(person, scan)).transpose()?;
    Ok(vec![AnyEntry::Agreements(Entry::Signed(Signed {
        scan,
        person,
        group,
        version,
        how: How::Paper,
        name: None,
        drawn: None,
        picture: None,
        language: "en".to_owned(),
        on: Some(on),
        witness: case.person(),
    }))])
}

pub(super) fn together(
    child: Person,
    version: u32,
    picture: Option<&str>,
    drawn: Option<&str>,
    case: &Case<'_>,
) -> Answer {
    belongs(child, Group::Child, case)?;
    current(Group::Child, version, case)?;
    not_yet(child, Group::Child, version, case)?;
    let drawn = drawn.map(|drawn| strokes(child, drawn, case)).transpose()?;
    let picture = picture.filter(|key| pictures::MARKS.iter().any(|(mark, _)| mark == key));
    if picture.is_none() && drawn.is_none() {
        return no("picture", "Let the child choose a picture, or draw a mark");
    }
    Ok(vec![AnyEntry::Agreements(Entry::Signed(Signed {
        person: child,
        group: Group::Child,
        version,
        scan: None,
        how: How::Together,
        name: None,
        drawn,
        picture: picture.map(str::to_owned),
        language: case.who.tongue.code().to_owned(),
        on: None,
        witness: case.person(),
    }))])
}

fn signed(
    person: Person,
    group: Group,
    version: u32,
    hand: &Hand,
    how: How,
    case: &Case<'_>,
) -> Answer {
    if group == Group::Child {
        return no("group", "Children sign together with a grown-up");
    }
    belongs(person, group, case)?;
    current(group, version, case)?;
    not_yet(person, group, version, case)?;
    let signed = written(person, group, version, hand, how, case)?;
    Ok(vec![AnyEntry::Agreements(Entry::Signed(signed))])
}

/// The fact, with what was typed or drawn sealed.
fn written(
    person: Person,
    group: Group,
    version: u32,
    hand: &Hand,
    how: How,
    case: &Case<'_>,
) -> Result<Signed, Vec<Mistake>> {
    let (name, drawn) = sealed(person, hand, case)?;
    Ok(Signed {
        scan: None,
        person,
        group,
        version,
        how,
        name,
        drawn,
        picture: None,
        language: hand.language.clone(),
        on: None,
        witness: None,
    })
}

/// The name and the strokes, sealed; one of the two at least.
pub(super) fn sealed(
    person: Person,
    hand: &Hand,
    case: &Case<'_>,
) -> Result<(Option<Private>, Option<Private>), Vec<Mistake>> {
    let name = hand.name.as_deref().map(str::trim);
    let name = name.filter(|name| name.chars().any(char::is_alphabetic));
    if name.is_none() && hand.drawn.is_none() {
        return no("name", "Type your name, or draw your signature");
    }
    if name.is_some_and(|name| name.chars().count() > NAME_MAX) {
        return no("name", format!("At most {NAME_MAX} characters"));
    }
    let name = name.map(|name| case.seal_words(person, name)).transpose()?;
    let drawn = hand.drawn.as_deref();
    let drawn = drawn
        .map(|drawn| strokes(person, drawn, case))
        .transpose()?;
    Ok((name, drawn))
}

/// Strokes are numbers, commas, spaces and semicolons, at least two points of them.
fn strokes(person: Person, drawn: &str, case: &Case<'_>) -> Result<Private, Vec<Mistake>> {
    let plain = drawn
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b",; ".contains(&byte));
    let points = drawn.split([' ', ';']).filter(|part| is_point(part));
    if drawn.len() > STROKES_MAX || !plain || points.count() < 2 {
        return no(
            "drawn",
            "The drawing did not arrive whole. Draw it again, or type your name",
        );
    }
    case.seal_words(person, drawn)
}

fn is_point(part: &str) -> bool {
    part.split_once(',')
        .is_some_and(|(x, y)| x.parse::<u16>().is_ok() && y.parse::<u16>().is_ok())
}

fn belongs(person: Person, group: Group, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    let people = &case.setting.people;
    if people.groups(person).contains(&group) && !people.has_left(person, case.today) {
        return Ok(());
    }
    no(
        "person",
        format!("This agreement is for {}", group.in_words()),
    )
}

fn current(group: Group, version: u32, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    match case.setting.agreements.current(group) {
        None => no("group", "No version of this agreement was issued yet"),
        Some(current) if current.says.number != version => no(
            "version",
            "A newer version was issued meanwhile. Go back, read that one, and sign it",
        ),
        Some(_) => Ok(()),
    }
}

fn not_yet(
    person: Person,
    group: Group,
    version: u32,
    case: &Case<'_>,
) -> Result<(), Vec<Mistake>> {
    let Some(Signature { on, .. }) = case.setting.agreements.signed(person, group, version) else {
        return Ok(());
    };
    Err(vec![Mistake::new(format!(
        "This was signed on {} already. There is nothing more to do",
        date_in_words(*on)
    ))])
}
