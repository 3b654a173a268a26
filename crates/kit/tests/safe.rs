//! Words stay words: whatever people type, no part lets it become markup, and no part writes styles
//! or scripts into the page, which the page's own policy would refuse.

use kernel::{
    moment::Moment,
    ruling::{AllowedBy, Quote, Refusal},
};
use kit::{
    Markup,
    button::button,
    chart::{self, Look, Series},
    choice::Choice,
    difference::difference,
    document::{self, Block, Document},
    drawn::Drawn,
    facts::{Fact, card, facts},
    field::{DateFilled, Field, Label},
    filter,
    form::{self, Problems},
    guide, navigation, notice,
    page::{Contact, Frame, NavItem, SignedIn, page},
    refusal, table, tag, tasks, text, timeline,
};

const BAD: &str = "\"'><script>alert(1)</script><b onclick=x style=y>&lt;";

fn bad() -> String {
    BAD.to_owned()
}

fn fields() -> Vec<Markup> {
    let mut problems = Problems::none();
    problems.add(BAD, BAD);
    let field = Field::new(BAD, BAD)
        .hint(BAD)
        .problems(&problems)
        .value(BAD)
        .autocomplete(BAD)
        .prefix(BAD)
        .suffix(BAD);
    let choices = [
        Choice::new(BAD, BAD).hint(BAD),
        Choice::new("b", BAD).exclusive().reveals(text::text(BAD)),
    ];
    let filled = DateFilled {
        day: bad(),
        month: bad(),
        year: bad(),
    };
    let title = field.clone().label_size(Label::Title);
    vec![
        form::error_summary(&problems),
        field.text(),
        field.password(),
        field.long_text(),
        field.clone().max_length(20).long_text(),
        field.date(&filled),
        field.radios(&choices),
        title.checkboxes(&choices),
        title.select(&choices),
        field.file(BAD),
        form::form(BAD, BAD, text::text(BAD)),
        form::button_form(
            BAD,
            BAD,
            &[(BAD, BAD)],
            &button(BAD).about(BAD).sends(BAD, BAD).sends_to(BAD),
        ),
        form::fieldset(BAD, BAD),
    ]
}

fn parts() -> Vec<Markup> {
    let duty = guide::DutyItem {
        what: bad(),
        owner: bad(),
        by: bad(),
        is_late: true,
        clause: Some((bad(), bad())),
        at: Some((bad(), bad())),
    };
    let chart = chart::lines(
        BAD,
        BAD,
        vec![bad()],
        vec![Series::new(BAD, Look::Number(0), vec![1])],
    );
    let chosen = filter::Chosen {
        words: bad(),
        without: bad(),
    };
    let event = timeline::Event::new(BAD, BAD, Moment::START, BAD);
    vec![
        text::h1_with_caption(BAD, BAD),
        text::bullets(&[BAD]),
        text::link_about(BAD, BAD, BAD),
        text::quote(BAD, BAD),
        text::details(BAD, BAD),
        text::warning(BAD),
        text::in_language(BAD, true, BAD),
        text::link_to_file(BAD, BAD, BAD),
        facts(&[Fact::new(BAD, BAD).action(BAD, BAD, BAD)]),
        card(BAD, BAD),
        filter::filter(BAD, BAD, &[chosen], BAD),
        filter::search_box(BAD, BAD, BAD, BAD),
        guide::identity_bar(BAD, &[(BAD, BAD)]),
        guide::do_list(&[BAD]),
        guide::do_not_list(&[BAD]),
        guide::steps(&[guide::Step::new(BAD, BAD)]),
        guide::empty(BAD, Some((BAD, BAD))),
        guide::duties(&[duty]),
        guide::cards(&[guide::Card {
            href: bad(),
            title: bad(),
            content: text::text(BAD),
        }]),
        guide::side_by_side(BAD, BAD, BAD, BAD),
        navigation::back_link(BAD, BAD),
        navigation::breadcrumbs(&[(BAD, BAD)]),
        navigation::sub_navigation(BAD, &[(BAD, BAD, true)]),
        navigation::contents(&[(bad(), bad())]),
        navigation::pagination(1, 3, &|_| bad()),
        notice::important(BAD),
        notice::done(BAD),
        notice::panel(BAD, BAD),
        notice::progress(BAD, 1, 2),
        tag::tag(BAD, tag::Colour::Red),
        timeline::timeline(&[event]),
        difference(BAD, "other words"),
        tasks::tasks(BAD, &[tasks::Task::new(BAD, BAD).at(BAD).hint(BAD)]),
        text::text(table::Table::new(BAD, [table::Column::words(BAD)]).row([text::text(BAD)])),
        chart.draw(BAD),
        document::to_html(&all_blocks(chart)),
        refusal::refusal(&no(), Some(BAD)),
    ]
}

fn all_blocks(chart: chart::Chart) -> Document {
    let table = document::Table {
        caption: bad(),
        head: vec![bad()],
        rows: vec![vec![bad()]],
        numeric: vec![],
    };
    let blocks = vec![
        Block::Heading(bad()),
        Block::SubHeading(bad()),
        Block::Paragraph(bad()),
        Block::List(vec![bad()]),
        Block::Numbered(vec![bad()]),
        Block::Table(table),
        Block::Facts(vec![(bad(), bad())]),
        Block::Chart(chart),
        Block::Quote {
            words: bad(),
            from: bad(),
        },
        Block::Note(bad()),
        Block::Drawn(Drawn::read(BAD, BAD)),
        Block::Signatures(vec![bad()]),
    ];
    Document {
        title: bad(),
        subtitle: bad(),
        about: vec![(bad(), bad())],
        blocks,
        rests_on: Vec::new(),
    }
}

fn no() -> Refusal {
    Refusal {
        control: bad(),
        clauses: vec![Quote {
            clause: bad(),
            section: bad(),
            text: bad(),
        }],
        reason: bad(),
        allowed_by: AllowedBy::Roles(vec![bad()]),
        what_now: bad(),
        field: None,
    }
}

fn whole() -> Markup {
    let frame = Frame {
        setting_name: bad(),
        title: bad(),
        lang: bad(),
        version: bad(),
        signed_in_as: Some(SignedIn {
            name: bad(),
            role: bad(),
            lock_at: bad(),
        }),
        navigation: vec![NavItem {
            href: bad(),
            text: bad(),
            current: true,
        }],
        lead: Some(Contact {
            name: bad(),
            role: bad(),
            reach: bad(),
        }),
        concern_at: Some(bad()),
        csrf: Some(bad()),
        help: Some(text::text(BAD)),
        ..Frame::default()
    };
    page(&frame, text::text(BAD))
}

#[test]
fn no_words_become_markup_in_any_part() {
    for drawn in fields().into_iter().chain(parts()).chain([whole()]) {
        let html = drawn.into_string();
        assert!(
            html.contains("&lt;script&gt;"),
            "the words are not there: {html}"
        );
        for bad in ["<script>", "<b ", "\"'>", "&lt;\">"] {
            assert!(!html.contains(bad), "{bad}: {html}");
        }
    }
}

#[test]
fn no_part_writes_styles_or_scripts_into_the_page() {
    for drawn in fields().into_iter().chain(parts()).chain([whole()]) {
        // Quotes that people typed are escaped, so that these can only be our own attributes.
        let html = drawn.into_string();
        for bad in [
            " style=\"",
            " onclick=\"",
            " onload=\"",
            "<style",
            "href=\"javascript:",
        ] {
            assert!(!html.contains(bad), "{bad}: {html}");
        }
    }
}

#[test]
fn every_id_of_a_form_is_there_once_and_every_label_and_description_leads_to_one() {
    let mut problems = Problems::none();
    problems.add("born", "Enter a date");
    let one = Field::new("born", "Born")
        .hint("A day")
        .problems(&problems)
        .date(&DateFilled::default());
    let two = Field::new("role", "Role")
        .hint("One")
        .radios(&[Choice::new("a", "A").hint("x"), Choice::new("b", "B")]);
    let html =
        text::text(maud::html! { (form::error_summary(&problems)) (one) (two) }).into_string();
    let after = |mark: &str| -> Vec<String> {
        let parts = html
            .split(mark)
            .skip(1)
            .filter_map(|part| part.split('"').next());
        parts
            .flat_map(|ids| ids.split(' '))
            .map(str::to_owned)
            .collect()
    };
    let ids = after(" id=\"");
    for id in &ids {
        assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{id}");
    }
    for wanted in after("for=\"")
        .into_iter()
        .chain(after("aria-describedby=\""))
        .chain(after("href=\"#"))
    {
        assert!(ids.contains(&wanted), "{wanted} in {html}");
    }
}

#[test]
fn a_long_navigation_shows_the_first_places_and_keeps_the_others_behind_one_word() {
    let item = |number: usize| NavItem {
        href: format!("/{number}"),
        text: format!("Place {number}"),
        current: number == 11,
    };
    let drawn = |count: usize| {
        let frame = Frame {
            navigation: (1..=count).map(item).collect(),
            ..Frame::default()
        };
        page(&frame, text::text("")).into_string()
    };
    assert!(!drawn(9).contains("<summary"));
    let long = drawn(12);
    let (first, more) = long.split_once("<summary").expect("a word for the rest");
    for number in 1..=12 {
        let part = if number <= 7 { first } else { more };
        assert!(part.contains(&format!("href=\"/{number}\"")), "{number}");
    }
    assert!(first.ends_with("<details>") && first.contains("--active\"><details>"));
}
