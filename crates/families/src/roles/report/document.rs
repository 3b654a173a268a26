//! The report as a document.

use super::{
    events,
    facts::{may_be_named, without_families},
};
use crate::{
    families,
    roles::{
        entries::{Facts, Tally},
        register::{Capacity, Need, Presented, Report},
        role::Role,
    },
    spine::{act::Person, catalogue::family_in_words, view::View},
};
use kernel::{
    duty::Owner,
    moment::{Date, Moment, date_in_words},
    sealed::Private,
    standing::Standing,
};
use kit::{
    chart::{self, Chart, Look, Series},
    document::{Block, Document, Table},
};

/// At most so many days are drawn.
const DAYS_MAX: usize = 14;

/// What a report shows.
pub struct Source<'a> {
    /// Its number; `None` for how things stand now.
    pub number: Option<u32>,
    /// The first day that it is about.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// When it was made.
    pub at: Moment,
    /// Its entry.
    pub seq: Option<u64>,
    /// Who made it.
    pub by: Option<Person>,
    /// How things stood.
    pub facts: &'a Facts,
    /// How things stood in the report before.
    pub before: Option<&'a Facts>,
    /// What its maker says.
    pub says: Option<&'a Private<String>>,
    /// The decisions that it asks for.
    pub asks: Option<&'a Private<String>>,
    /// When it was presented.
    pub presented: &'a [Presented],
}

impl<'a> Source<'a> {
    /// A report that was made.
    #[must_use]
    pub fn made(report: &'a Report, before: Option<&'a Report>) -> Source<'a> {
        Source {
            number: Some(report.number),
            from: report.from,
            to: report.to,
            at: report.at,
            seq: Some(report.seq),
            by: report.by,
            facts: &report.facts,
            before: before.map(|report| &report.facts),
            says: report.says.as_ref(),
            asks: report.asks.as_ref(),
            presented: &report.presented,
        }
    }
}

/// The document.
#[must_use]
pub fn document(view: &View<'_>, source: &Source<'_>) -> Document {
    let setting = view.setting.place.name();
    let title = match source.number {
        Some(number) => format!("Oversight report {number}"),
        None => "Oversight report: how things stand now".to_owned(),
    };
    let mut document = Document::new(title);
    document.subtitle = format!("Online safety at {setting}");
    document.about = about(view, source);
    let mut blocks = Vec::new();
    in_short(source, &mut blocks);
    the_policy(view, source, &mut blocks);
    events::add(view, source, &mut blocks);
    owed(view, source, &mut blocks);
    who_leads(view, source, &mut blocks);
    time_and_means(view, source, &mut blocks);
    meetings(view, source, &mut blocks);
    people(source, &mut blocks);
    in_own_words(view, source, &mut blocks);
    not_covered(source, &mut blocks);
    evidence(view, source, &mut blocks);
    document.blocks = blocks;
    document
}

fn about(view: &View<'_>, source: &Source<'_>) -> Vec<(String, String)> {
    let mut about = vec![
        ("Setting".to_owned(), view.setting.place.name().to_owned()),
        (
            "Time".to_owned(),
            format!(
                "{} to {}",
                date_in_words(source.from),
                date_in_words(source.to)
            ),
        ),
        (
            "Policy".to_owned(),
            format!("Version {}", source.facts.policy),
        ),
    ];
    if let Some(by) = source.by {
        about.push(("Made by".to_owned(), name(view, by)));
    }
    about.push(("Made on".to_owned(), source.at.in_words()));
    about
}

fn in_short(source: &Source<'_>, blocks: &mut Vec<Block>) {
    let facts = source.facts;
    blocks.push(Block::Heading("In short".to_owned()));
    let all: u32 = facts.clauses.values().sum();
    let met = of(&facts.clauses, Standing::Met);
    let mut says = format!("Of {}, {met} {} met.", clauses(all), is_or_are(met));
    if let Some(before) = source.before {
        let then = of(&before.clauses, Standing::Met);
        says.push_str(&format!(
            " In the report before, {then} of {} were met.",
            before.clauses.values().sum::<u32>()
        ));
    }
    blocks.push(Block::Paragraph(says));
    let late = match facts.late {
        0 => "Nothing is late.".to_owned(),
        1 => "One thing is late.".to_owned(),
        many => format!("{many} things are late."),
    };
    blocks.push(Block::Paragraph(late));
    if !facts.vacant.is_empty() {
        let roles: Vec<String> = facts.vacant.iter().map(Role::in_words).collect();
        blocks.push(Block::Paragraph(format!(
            "Somebody is still to be found as: {}.",
            roles.join(", ")
        )));
    }
}

fn the_policy(view: &View<'_>, source: &Source<'_>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("How the policy stands".to_owned()));
    if let Some(chart) = over_time(view, source) {
        blocks.push(Block::Chart(chart));
    }
    let mut head = vec!["Part of the policy".to_owned(), "Clauses".to_owned()];
    head.extend(
        Standing::ALL
            .iter()
            .map(|standing| standing.in_words().to_owned()),
    );
    if source.before.is_some() {
        head.push("Met before".to_owned());
    }
    let rows = source.facts.families.iter().map(|(family, tally)| {
        let mut row = vec![
            part_in_words(family),
            tally.values().sum::<u32>().to_string(),
        ];
        row.extend(
            Standing::ALL
                .iter()
                .map(|standing| of(tally, *standing).to_string()),
        );
        if let Some(before) = source.before {
            let then = before.families.get(family);
            row.push(then.map_or("–".to_owned(), |then| of(then, Standing::Met).to_string()));
        }
        row
    });
    let table = Table {
        caption: "Clauses by part of the policy and standing".to_owned(),
        rows: rows.collect(),
        numeric: (1..head.len()).collect(),
        head,
    };
    if table.rows.is_empty() {
        blocks.push(Block::Paragraph("No policy is in force.".to_owned()));
        return;
    }
    blocks.push(Block::Table(table));
}

/// How the clauses stood on some of the days of the report.
fn over_time(view: &View<'_>, source: &Source<'_>) -> Option<Chart> {
    let days: Vec<_> = view
        .history
        .iter()
        .filter(|(day, _)| source.from <= *day && *day <= source.to)
        .collect();
    let (first, last) = (days.first()?, days.last()?);
    let step = days.len().div_ceil(DAYS_MAX).max(1);
    // Counted from the end, so that the last day is always there.
    let mut drawn: Vec<_> = days.iter().rev().step_by(step).collect();
    drawn.reverse();
    let series = Standing::ALL.iter().map(|standing| {
        let numbers = drawn
            .iter()
            .map(|(_, counts)| u64::from(counts.of(*standing)));
        Series::new(
            standing.in_words(),
            Look::Standing(*standing),
            numbers.collect(),
        )
    });
    Some(chart::over_time(
        "How the clauses stood",
        format!(
            "{} of {} were met on {}, and {} of {} on {}.",
            first.1.met,
            clauses(first.1.all()),
            date_in_words(first.0),
            last.1.met,
            clauses(last.1.all()),
            date_in_words(last.0)
        ),
        drawn.iter().map(|(day, _)| date_in_words(*day)).collect(),
        series.collect(),
    ))
}

fn owed(view: &View<'_>, source: &Source<'_>, blocks: &mut Vec<Block>) {
    let facts = source.facts;
    blocks.push(Block::Heading("What is owed".to_owned()));
    let all = facts.open.saturating_add(facts.late);
    if all == 0 {
        blocks.push(Block::Paragraph("Nothing is owed.".to_owned()));
        return;
    }
    let shown = u32::try_from(facts.owed.len()).unwrap_or(u32::MAX);
    let mut says = format!("{all} to do, {} of it late.", facts.late);
    if shown < all {
        says.push_str(&format!(" The {shown} most urgent are listed."));
    }
    blocks.push(Block::Paragraph(says));
    let made = source.at.date();
    let rows = facts.owed.iter().map(|owed| {
        let late = if owed.due < made { "Late" } else { "In time" };
        vec![
            view.words(&without_families(&owed.what, view.setting)),
            owner(view, &owed.owner),
            date_in_words(owed.due),
            late.to_owned(),
        ]
    });
    blocks.push(Block::Table(Table {
        caption: "What is owed, the most urgent first".to_owned(),
        head: words(&["What", "Who", "By", "Standing"]),
        rows: rows.collect(),
        numeric: Vec::new(),
    }));
}

fn who_leads(view: &View<'_>, source: &Source<'_>, blocks: &mut Vec<Block>) {
    let facts = source.facts;
    blocks.push(Block::Heading("Who leads".to_owned()));
    let rows = facts
        .holders
        .iter()
        .map(|(role, person)| vec![sentence(&role.in_words()), name(view, *person)]);
    blocks.push(Block::Table(Table {
        caption: "Roles and who held them when the report was made".to_owned(),
        head: words(&["Role", "Who"]),
        rows: rows.collect(),
        numeric: Vec::new(),
    }));
    if !facts.vacant.is_empty() {
        blocks.push(Block::Paragraph(
            "The policy asks for these roles, and they need somebody:".to_owned(),
        ));
        blocks.push(Block::List(
            facts
                .vacant
                .iter()
                .map(|role| sentence(&role.in_words()))
                .collect(),
        ));
    }
    let all = facts.lists_read.saturating_add(facts.lists_unread);
    if all > 0 {
        blocks.push(Block::Paragraph(format!(
            "{} of {all} lists of responsibilities have been read by those who hold the role.",
            facts.lists_read
        )));
    }
}

fn time_and_means(view: &View<'_>, source: &Source<'_>, blocks: &mut Vec<Block>) {
    let roles = &view.setting.roles;
    let current = |place: usize, capacity: &Capacity| {
        let later = roles.capacity().iter().skip(place.saturating_add(1));
        let mut later = later.filter(|other| other.at <= source.at);
        !later.any(|other| other.person == capacity.person && other.role == capacity.role)
    };
    let held = |capacity: &Capacity| {
        source
            .facts
            .holders
            .iter()
            .any(|(role, person)| *role == capacity.role && *person == capacity.person)
    };
    let set: Vec<&Capacity> = roles
        .capacity()
        .iter()
        .enumerate()
        .filter(|(place, capacity)| {
            capacity.at <= source.at && held(capacity) && current(*place, capacity)
        })
        .map(|(_, capacity)| capacity)
        .collect();
    let raised = |need: &&Need| need.at <= source.at;
    let unmet = |need: &&Need| need.met.as_ref().is_none_or(|(_, _, at)| *at > source.at);
    let needs: Vec<&Need> = roles.needs().iter().filter(raised).filter(unmet).collect();
    if set.is_empty() && needs.is_empty() {
        return;
    }
    blocks.push(Block::Heading("Time and means".to_owned()));
    if !set.is_empty() {
        let rows = set.iter().map(|capacity| {
            vec![
                name(view, capacity.person),
                sentence(&capacity.role.in_words()),
                capacity.hours.to_string(),
                capacity
                    .means
                    .as_ref()
                    .map(|means| said(view, means))
                    .unwrap_or_default(),
            ]
        });
        blocks.push(Block::Table(Table {
            caption: "What is set aside for those who lead".to_owned(),
            head: words(&["Who", "Role", "Hours a week", "Means"]),
            rows: rows.collect(),
            numeric: vec![2],
        }));
    }
    if !needs.is_empty() {
        blocks.push(Block::Paragraph("The leads still need:".to_owned()));
        blocks.push(Block::List(
            needs.iter().map(|need| said(view, &need.what)).collect(),
        ));
    }
}

fn meetings(view: &View<'_>, source: &Source<'_>, blocks: &mut Vec<Block>) {
    let within = |day: Date| source.from <= day && day <= source.to;
    let met: Vec<String> = view
        .setting
        .roles
        .meetings()
        .iter()
        .filter(|meeting| within(meeting.on) && meeting.at <= source.at)
        .map(|meeting| {
            format!(
                "{}: {} and {}",
                date_in_words(meeting.on),
                name(view, meeting.lead),
                name(view, meeting.with)
            )
        })
        .collect();
    if met.is_empty() {
        return;
    }
    blocks.push(Block::Heading(
        "Meetings of the lead and the committee".to_owned(),
    ));
    blocks.push(Block::List(met));
}

fn people(source: &Source<'_>, blocks: &mut Vec<Block>) {
    let facts = source.facts;
    blocks.push(Block::Heading("Who is here".to_owned()));
    let mut rows: Vec<(String, String)> = facts
        .here
        .iter()
        .map(|(group, many)| {
            (
                sentence(group.in_words().trim_start_matches("the ")),
                many.to_string(),
            )
        })
        .collect();
    rows.push((
        "Grown-ups who came in this time".to_owned(),
        facts.came.to_string(),
    ));
    rows.push((
        "Grown-ups who left in this time".to_owned(),
        facts.left.to_string(),
    ));
    blocks.push(Block::Facts(rows));
}

fn in_own_words(view: &View<'_>, source: &Source<'_>, blocks: &mut Vec<Block>) {
    if let Some(says) = source.says {
        blocks.push(Block::Heading(
            "Practice, incidents and outcomes".to_owned(),
        ));
        paragraphs(&said(view, says), blocks);
    }
    if let Some(asks) = source.asks {
        blocks.push(Block::Heading("Decisions asked for".to_owned()));
        let lines = said(view, asks);
        blocks.push(Block::Numbered(
            lines
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(str::to_owned)
                .collect(),
        ));
    }
    for presented in source.presented {
        blocks.push(Block::Heading(format!(
            "Presented to {} on {}",
            presented.to.in_words(),
            date_in_words(presented.on)
        )));
        blocks.push(Block::SubHeading("What was decided".to_owned()));
        paragraphs(&said(view, &presented.decided), blocks);
    }
}

fn not_covered(source: &Source<'_>, blocks: &mut Vec<Block>) {
    let missing: Vec<String> = source
        .facts
        .families
        .iter()
        .filter(|(_, tally)| of(tally, Standing::NotInVersion) > 0)
        .map(|(family, tally)| {
            let many = of(tally, Standing::NotInVersion);
            format!("{}: {}", part_in_words(family), clauses(many))
        })
        .collect();
    let no_concerns = !families::has("concerns.case");
    if missing.is_empty() && !no_concerns {
        return;
    }
    blocks.push(Block::Heading("What this report does not cover".to_owned()));
    if no_concerns {
        blocks.push(Block::Paragraph(
            "This version of Stairgate keeps no register of concerns. What the report says about incidents and outcomes is what its maker wrote.".to_owned(),
        ));
    }
    if !missing.is_empty() {
        blocks.push(Block::Paragraph(
            "This version of Stairgate can’t yet check these parts of the policy:".to_owned(),
        ));
        blocks.push(Block::List(missing));
    }
}

fn evidence(view: &View<'_>, source: &Source<'_>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("Where this comes from".to_owned()));
    let newest = view.lines.first().map(|line| line.seq);
    let ledger = match (source.seq, newest) {
        (Some(seq), _) => format!("Entry {seq}"),
        (None, Some(newest)) => format!("{newest} entries"),
        (None, None) => "No entries yet".to_owned(),
    };
    let mut facts = vec![("Ledger".to_owned(), ledger)];
    if let Some(checkpoint) = &view.keeping.checkpoint {
        facts.push((
            format!("The first {} entries in words", checkpoint.entries),
            checkpoint.words.clone(),
        ));
    }
    if let (Some(seq), Some(before)) = (source.seq, report_before(view, source)) {
        let since = seq.saturating_sub(before);
        facts.push((
            "Entries since the report before".to_owned(),
            since.to_string(),
        ));
    }
    blocks.push(Block::Facts(facts));
}

/// The entry of the report before this one.
fn report_before(view: &View<'_>, source: &Source<'_>) -> Option<u64> {
    let seq = source.seq?;
    let reports = view.setting.roles.reports().iter();
    reports
        .map(|report| report.seq)
        .filter(|other| *other < seq)
        .max()
}

fn name(view: &View<'_>, person: Person) -> String {
    if may_be_named(person, view.setting) {
        view.name(person)
    } else {
        view.setting.people.what_is(person).to_owned()
    }
}

fn owner(view: &View<'_>, owner: &Owner) -> String {
    match owner {
        Owner::Person(person) => name(view, Person(*person)),
        Owner::Role(key) => sentence(&Role::from_key(key).in_words()),
    }
}

fn said(view: &View<'_>, words: &Private<String>) -> String {
    view.open(words)
        .unwrap_or_else(|| "These words were erased.".to_owned())
}

fn paragraphs(words: &str, blocks: &mut Vec<Block>) {
    let lines = words.lines().filter(|line| !line.trim().is_empty());
    blocks.extend(lines.map(|line| Block::Paragraph(line.to_owned())));
}

fn part_in_words(family: &str) -> String {
    if family.is_empty() {
        return "By a person’s word".to_owned();
    }
    family_in_words(family).to_owned()
}

fn of(tally: &Tally, standing: Standing) -> u32 {
    tally.get(&standing).copied().unwrap_or_default()
}

fn clauses(many: u32) -> String {
    match many {
        1 => "1 clause".to_owned(),
        many => format!("{many} clauses"),
    }
}

fn is_or_are(many: u32) -> &'static str {
    if many == 1 { "is" } else { "are" }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// With a capital.
#[must_use]
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
