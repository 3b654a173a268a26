//! Reading the policy: the page of the whole document, for print, in public, and to confirm.

use super::parts::{
    around, ask, clause_at, count, day, inside, linked_links, none_yet, over_all, version_line,
};
use crate::{
    people::group::Group,
    policy::{
        asks,
        document::{Clause, Document},
    },
    spine::{
        answers::Answers,
        catalogue,
        page::{Params, Shown, encoded},
        permit::Need,
        standing::{ClauseStanding, Counts},
        view::View,
    },
};
use kernel::{moment::date_in_words, standing::Standing};
use kit::{
    chart::{self, Look, Series},
    choice::Choice,
    document::{Block, Document as Paper, Table as PaperTable},
    field::Field,
    filter::{self, Chosen},
    navigation,
    table::{Column, Table},
    tag, tasks, text,
};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// At most so many days are drawn in the chart.
const CHART_POINTS: usize = 60;

/// The whole policy.
pub(super) fn policy(view: &View<'_>, params: &Params) -> Shown {
    let Some(version) = view.setting.policy.adopted() else {
        let content = html! { (text::h1("Policy")) (none_yet(view)) };
        return Shown::Page("Policy".to_owned(), content);
    };
    let title = version.document.policy.title.clone();
    let content = html! {
        (text::h1_with_caption(version_line(version), &title))
        (around(view, "/policy"))
        @if view.has(&inside()) {
            (standing(view, params))
        } @else {
            (plain(view, &version.document))
        }
    };
    Shown::Page(title, content)
}

/// The document without standing, as everybody whom it binds reads it.
fn plain(view: &View<'_>, document: &Document) -> Markup {
    let linked: BTreeSet<String> = document.clauses.iter().flat_map(asks::linked_by).collect();
    let linked: Vec<String> = linked.into_iter().collect();
    html! {
        (contents(document))
        (words(document))
        @if !linked.is_empty() {
            (text::h2("Policies to read with this one"))
            (text::bullets(&linked_links(view, &linked)))
        }
    }
}

/// Links to the sections of a long document.
fn contents(document: &Document) -> Markup {
    let sections: Vec<(String, String)> = document
        .sections()
        .enumerate()
        .map(|(place, (section, _))| (format!("section-{place}"), section.to_owned()))
        .collect();
    html! { @if sections.len() > 3 { (navigation::contents(&sections)) } }
}

/// The words of a document, section by section.
pub(super) fn words(document: &Document) -> Markup {
    html! {
        @for (place, (section, clauses)) in document.sections().enumerate() {
            (text::h2_at(&format!("section-{place}"), section))
            @for clause in clauses { (text::paragraph(&clause.text)) }
        }
    }
}

/// What the reader wants to see.
struct Wanted<'p> {
    standing: Option<Standing>,
    family: &'p str,
}

impl<'p> Wanted<'p> {
    fn of(params: &'p Params) -> Wanted<'p> {
        let key = params.get("standing");
        Wanted {
            standing: Standing::ALL.into_iter().find(|one| one.key() == key),
            family: params.get("family"),
        }
    }

    fn is_met_by(&self, clause: &Clause, stands: Standing) -> bool {
        self.standing.is_none_or(|wanted| wanted == stands)
            && (self.family.is_empty()
                || clause
                    .controls
                    .iter()
                    .any(|control| family_of(control) == self.family))
    }

    fn address(standing: Option<Standing>, family: &str) -> String {
        let standing = standing.map_or("", Standing::key);
        match (standing.is_empty(), family.is_empty()) {
            (true, true) => "/policy".to_owned(),
            (false, true) => format!("/policy?standing={standing}"),
            (true, false) => format!("/policy?family={}", encoded(family)),
            (false, false) => format!("/policy?standing={standing}&family={}", encoded(family)),
        }
    }

    fn chosen(&self) -> Vec<Chosen> {
        let standing = self.standing.map(|standing| Chosen {
            words: standing.in_words().to_owned(),
            without: Wanted::address(None, self.family),
        });
        let family = (!self.family.is_empty()).then(|| Chosen {
            words: catalogue::family_in_words(self.family).to_owned(),
            without: Wanted::address(self.standing, ""),
        });
        standing.into_iter().chain(family).collect()
    }
}

fn family_of(control: &str) -> &str {
    control
        .split_once('.')
        .map_or(control, |(family, _)| family)
}

/// The document with the standing of each clause, filter, counts and chart.
fn standing(view: &View<'_>, params: &Params) -> Markup {
    let wanted = Wanted::of(params);
    let document = &view.in_force.document;
    let counts = view.standings.counts();
    html! {
        (tag::standing_counts(&shown_counts(counts), &|standing| Some(Wanted::address(Some(standing), ""))))
        (filter::filtered(
            filter::filter("/policy", "/policy", &wanted.chosen(), fields(document, &wanted)),
            list(view, &wanted),
        ))
        (over_time(view))
        (text::paragraph(html! {
            (text::link("/policy/print", "Print the policy with its standing")) " or "
            (text::link_to_file(&format!("/policy/versions/{}/file", view.in_force.version), "keep it as a file", "TOML"))
        }))
    }
}

fn shown_counts(counts: Counts) -> Vec<(Standing, usize)> {
    Standing::ALL
        .into_iter()
        .map(|standing| {
            let count = usize::try_from(counts.of(standing)).unwrap_or(usize::MAX);
            (standing, count)
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn fields(document: &Document, wanted: &Wanted<'_>) -> Markup {
    let families: BTreeSet<&str> = document
        .clauses
        .iter()
        .flat_map(|clause| &clause.controls)
        .map(|control| family_of(control))
        .collect();
    let mut standings = vec![Choice::new("", "All")];
    standings.extend(
        Standing::ALL
            .into_iter()
            .map(|standing| Choice::new(standing.key(), standing.in_words())),
    );
    let mut about = vec![Choice::new("", "Everything")];
    about.extend(
        families
            .into_iter()
            .map(|family| Choice::new(family, catalogue::family_in_words(family))),
    );
    html! {
        (Field::new("standing", "How it stands").value(wanted.standing.map_or("", Standing::key)).select(&standings))
        (Field::new("family", "What it is about").value(wanted.family).select(&about))
    }
}

/// The clauses, each with its standing and a link.
fn list(view: &View<'_>, wanted: &Wanted<'_>) -> Markup {
    let document = &view.in_force.document;
    let stands = stands(view);
    let mut shown = 0_usize;
    let mut at = 0_usize;
    let mut sections = Vec::new();
    for (section, clauses) in document.sections() {
        let mut items = Vec::new();
        for clause in clauses {
            let standing = stands.of(clause, at);
            at += 1;
            if wanted.is_met_by(clause, standing) {
                let item = tasks::Task::new(clause.text.as_str(), tag::standing_tag(standing));
                items.push(item.at(clause_at(&clause.id)));
            }
        }
        if !items.is_empty() {
            shown += items.len();
            sections.push((section, items));
        }
    }
    html! {
        @if wanted.standing.is_some() || !wanted.family.is_empty() {
            (text::paragraph(count(shown, "clause is shown", "clauses are shown")))
        }
        @for (place, (section, items)) in sections.iter().enumerate() {
            @let id = format!("section-{place}");
            (text::h2_at(&id, section))
            (tasks::tasks(&id, items))
        }
        @if sections.is_empty() { (text::paragraph("No clause fits. Show all to see the whole policy.")) }
    }
}

/// How clauses stand, by place in the document where the two lists agree, else by id.
struct Stands<'a> {
    in_order: &'a [ClauseStanding],
    by_id: HashMap<&'a str, Standing>,
}

fn stands<'a>(view: &View<'a>) -> Stands<'a> {
    let in_order = view.standings.clauses.as_slice();
    let clauses = &view.in_force.document.clauses;
    let agree = clauses.len() == in_order.len()
        && clauses
            .iter()
            .zip(in_order)
            .all(|(clause, stands)| clause.id == stands.clause);
    let by_id = if agree {
        HashMap::new()
    } else {
        in_order
            .iter()
            .map(|stands| (stands.clause.as_str(), stands.standing))
            .collect()
    };
    Stands { in_order, by_id }
}

impl Stands<'_> {
    fn of(&self, clause: &Clause, place: usize) -> Standing {
        if self.by_id.is_empty() {
            let found = self.in_order.get(place);
            return found.map_or(Standing::NeedsWord, |found| found.standing);
        }
        let found = self.by_id.get(clause.id.as_str());
        found.copied().unwrap_or(Standing::NeedsWord)
    }
}

/// How clauses stood over time.
fn over_time(view: &View<'_>) -> Markup {
    let history = view.history;
    if history.len() < 2 {
        return html! {};
    }
    let step = history.len().div_ceil(CHART_POINTS).max(1);
    // Counted from the newest, so that today is always there.
    let mut points: Vec<_> = history.iter().rev().step_by(step).collect();
    points.reverse();
    let days = points.iter().map(|(day, _)| date_in_words(*day)).collect();
    let series = |standing: Standing| {
        let numbers: Vec<u64> = points
            .iter()
            .map(|(_, counts)| u64::from(counts.of(standing)))
            .collect();
        Series::new(standing.in_words(), Look::Standing(standing), numbers)
    };
    let series: Vec<Series> = [
        Standing::Met,
        Standing::NotInUse,
        Standing::NeedsWord,
        Standing::Due,
        Standing::NotInVersion,
        Standing::Breached,
    ]
    .into_iter()
    .map(series)
    .filter(|series| series.numbers.iter().any(|number| *number > 0))
    .collect();
    let counts = view.standings.counts();
    let says = format!(
        "Today {} of {} clauses are met and {} are breached.",
        counts.met,
        counts.all(),
        counts.breached
    );
    html! {
        (text::h2("How the policy stood over time"))
        (chart::over_time("Clauses by standing", says, days, series).draw("standing"))
    }
}

/// The policy for print: as page, PDF or spreadsheet.
pub(super) fn print(view: &View<'_>, _params: &Params) -> Shown {
    let Some(version) = view.setting.policy.adopted() else {
        return Shown::NotHere;
    };
    let with_standing = view.has(&inside());
    let stands = stands(view);
    let mut paper = Paper::new(&version.document.policy.title);
    paper.subtitle = version_line(version);
    paper.about = vec![("Setting".to_owned(), view.setting.place.name().to_owned())];
    if with_standing {
        let as_of = ("As of".to_owned(), date_in_words(view.today));
        paper.about.push(as_of);
    }
    let mut at = 0_usize;
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for (section, clauses) in view.in_force.document.sections() {
        let times = seen.entry(section).or_default();
        *times += 1;
        let heading = match *times {
            1 => section.to_owned(),
            2 => format!("{section} (continued)"),
            times => format!("{section} (continued, part {times})"),
        };
        paper.blocks.push(Block::Heading(heading.clone()));
        if !with_standing {
            let words = clauses
                .iter()
                .map(|clause| Block::Paragraph(clause.text.clone()));
            paper.blocks.extend(words);
            continue;
        }
        let mut table = PaperTable {
            caption: heading,
            head: vec!["Clause".to_owned(), "Standing".to_owned()],
            ..PaperTable::default()
        };
        for clause in clauses {
            let standing = stands.of(clause, at);
            at += 1;
            let cells = vec![clause.text.clone(), standing.in_words().to_owned()];
            table.rows.push(cells);
        }
        paper.blocks.push(Block::Table(table));
    }
    Shown::Document(Box::new(paper))
}

/// The policy for everybody, signed in or not.
pub(super) fn public(view: &View<'_>, _params: &Params) -> Shown {
    let policy = &view.setting.policy;
    let Some(version) = policy.adopted().filter(|_| policy.is_public()) else {
        return Shown::NotHere;
    };
    let title = version.document.policy.title.clone();
    let content = html! {
        (text::h1_with_caption(view.setting.place.name(), &title))
        (text::lead(version_line(version)))
        (contents(&version.document))
        (words(&version.document))
    };
    Shown::Page(format!("{title}, for everybody"), content)
}

/// Reading the policy and saying so; for those who lead, who has read it.
pub(super) fn read(view: &View<'_>, _params: &Params) -> Shown {
    let policy = &view.setting.policy;
    let title = "Read and confirm".to_owned();
    let Some(version) = policy.adopted() else {
        return Shown::Page(
            title,
            html! { (text::h1("Read and confirm")) (none_yet(view)) },
        );
    };
    let read = view
        .person()
        .and_then(|person| policy.has_read(person, version.number));
    let answers = Answers::default().with("version", version.number.to_string());
    let content = html! {
        (text::h1("Read and confirm"))
        (around(view, "/policy/read"))
        (text::lead(version_line(version)))
        @if let Some((_, at)) = read {
            (text::inset(html! { "You said on " (day(at.date())) " that you have read this version." }))
        } @else if view.person().is_some() {
            (text::details("The words of the policy", words(&version.document)))
            (ask(view, "policy.acknowledge", "/policy/read", &answers))
        }
        @if view.has(&over_all()) { (who_has_read(view)) }
        (public_switch(view))
    };
    Shown::Page(title, content)
}

/// Who has read the version in force, by group.
fn who_has_read(view: &View<'_>) -> Markup {
    let policy = &view.setting.policy;
    let version = policy.adopted().map_or(0, |version| version.number);
    let (people, access) = (&view.setting.people, &view.setting.access);
    let mut table = Table::new(
        "Who has read this version",
        [
            Column::words("Group"),
            Column::numbers("Have read it"),
            Column::numbers("Have not"),
            Column::numbers("Have no account, so can’t be asked here"),
        ],
    )
    .first_cell_heads()
    .caption_unseen();
    let mut missing = Vec::new();
    // Children are not asked; how many families there are is for those who lead.
    let leads = view.has(&Need::leadership());
    let known = |group: &Group| Group::TEAM.contains(group) || *group == Group::Committee;
    let shown = Group::ALL
        .into_iter()
        .filter(|group| *group != Group::Child && (leads || known(group)));
    for group in shown {
        let (mut yes, mut no, mut without) = (0_u32, 0_u32, 0_u32);
        for person in people.of(group, view.today) {
            if policy.has_read(person, version).is_some() {
                yes += 1;
            } else if access.has_account(person) {
                no += 1;
                if Group::TEAM.contains(&group) || group == Group::Committee {
                    missing.push(person);
                }
            } else {
                without += 1;
            }
        }
        if yes + no + without > 0 {
            table = table.row([
                text::text(group.in_words()),
                text::text(yes),
                text::text(no),
                text::text(without),
            ]);
        }
    }
    missing.sort_unstable();
    missing.dedup();
    let names: Vec<String> = missing
        .into_iter()
        .map(|person| view.name(person))
        .collect();
    let sent = policy
        .sent()
        .iter()
        .rev()
        .filter(|sent| sent.version == version);
    let sent: Vec<String> = sent
        .map(|sent| {
            format!(
                "{}: to {} ({})",
                date_in_words(sent.on),
                crate::policy::entries::groups_in_words(&sent.groups),
                sent.way
            )
        })
        .collect();
    html! {
        (text::h2("Who has read it"))
        (table)
        @if !names.is_empty() {
            (text::h3("Of the team and the committee, these have not said so yet"))
            (text::bullets(&names))
        }
        (text::h2("How it was sent out"))
        @if sent.is_empty() { (text::paragraph("This version has not been sent to anybody yet. Families and people without an account can’t be asked here, so send it to them.")) }
        @else { (text::bullets(&sent)) }
        @if view.has(&Need::management()) { (super::parts::link_to("/policy/sent", "Record that the policy was sent to people")) }
    }
}

fn public_switch(view: &View<'_>) -> Markup {
    if !view.has(&Need::management()) {
        return html! {};
    }
    let policy = &view.setting.policy;
    html! {
        (text::h2("The public page"))
        @if policy.is_public() {
            (text::paragraph(html! { "Everybody can read the version in force at " (text::link("/policy/public", "the public page")) ", without signing in." }))
            (super::parts::press(view, "policy.make-private", "/policy/read", &[], "Take it off the public page", ""))
        } @else {
            (text::paragraph("Only people who have signed in can read the policy."))
            (super::parts::press(view, "policy.make-public", "/policy/read", &[], "Put it on the public page", ""))
        }
    }
}
