//! Writes pages that show every part, with their styles, into a folder: to look at, and for the
//! accessibility tests. `cargo run -p kit --example specimen -- FOLDER`

use kernel::{
    moment::Moment,
    ruling::{AllowedBy, Quote, Refusal},
    standing::Standing,
};
use kit::{
    Markup,
    button::{button, buttons},
    chart::{self, Look, Series},
    choice::Choice,
    difference,
    document::{self, Block, Document},
    facts::{Fact, card, facts},
    field::{DateFilled, Field, Label, Width},
    filter,
    form::{self, Problems},
    guide::{self, Card, DutyItem, Step},
    html, navigation, notice,
    page::{Contact, Direction, Frame, NavItem, Room, SignedIn, page},
    refusal,
    table::{Column, Table},
    tag::{Colour, standing_counts, standing_tag, tag},
    tasks::{Task, tasks},
    text::{
        self, bullets, h1, h1_with_caption, h2, h3, inset, lead, link, numbered, paragraph, small,
        warning,
    },
    timeline::{Event, timeline},
};
use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let folder = env::args_os()
        .nth(1)
        .map_or_else(|| env::temp_dir().join("specimen"), PathBuf::from);
    fs::create_dir_all(folder.join("assets"))?;
    for asset in assets::all() {
        fs::write(folder.join(asset.path.trim_start_matches('/')), asset.bytes)?;
    }
    let pages = [
        ("today.html", "Today", Room::Reading, today()),
        ("policy.html", "Policy", Room::Wide, policy()),
        (
            "form.html",
            "Add a member of staff",
            Room::Reading,
            fields(),
        ),
        (
            "guide.html",
            "If you see something that worries you",
            Room::Reading,
            guide(),
        ),
        ("reading.html", "Check what we read", Room::Wide, reading()),
        (
            "report.html",
            "Report to the committee",
            Room::Reading,
            document::to_html(&report()),
        ),
        ("parts.html", "Other parts", Room::Reading, others()),
    ];
    for (name, title, room, content) in pages {
        let mut frame = frame(title);
        frame.room = room;
        frame.has_problems = name == "form.html";
        fs::write(folder.join(name), page(&frame, content).into_string())?;
    }
    let mut right_to_left = frame("اليوم");
    right_to_left.lang = "ar".to_owned();
    right_to_left.direction = Direction::RightToLeft;
    fs::write(
        folder.join("right-to-left.html"),
        page(&right_to_left, arabic()).into_string(),
    )?;
    let mut door = frame("Sign in");
    (
        door.signed_in_as,
        door.navigation,
        door.concern_at,
        door.before,
    ) = (None, Vec::new(), None, None);
    fs::write(
        folder.join("sign-in.html"),
        page(&door, sign_in()).into_string(),
    )
}

fn frame(title: &str) -> Frame {
    let item = |text: &str| NavItem {
        href: format!("/{}", text.to_lowercase()),
        text: text.to_owned(),
        current: text == title,
    };
    Frame {
        setting_name: "Thistledown Preschool".to_owned(),
        title: title.to_owned(),
        signed_in_as: Some(SignedIn {
            name: "Maya Larkin".to_owned(),
            role: "Manager".to_owned(),
            lock_at: "/lock".to_owned(),
        }),
        navigation: [
            "Today", "Policy", "People", "Roles", "Activity", "Reports", "Settings",
        ]
        .map(item)
        .to_vec(),
        lead: Some(Contact {
            name: "Maya Larkin".to_owned(),
            role: "Designated safeguarding lead".to_owned(),
            reach: "in the office, or ring 01632 960001".to_owned(),
        }),
        concern_at: Some("/concern".to_owned()),
        csrf: Some("token".to_owned()),
        before: Some(navigation::breadcrumbs(&[
            ("/", "Today"),
            ("/policy", "Policy"),
        ])),
        help: Some(paragraph(
            "This page shows what is owed. The button beside each duty leads to where it is done.",
        )),
        version: "0.1.0".to_owned(),
        ..Frame::default()
    }
}

const COUNTS: [(Standing, usize); 6] = [
    (Standing::Breached, 2),
    (Standing::Due, 11),
    (Standing::NeedsWord, 4),
    (Standing::Met, 132),
    (Standing::NotInUse, 9),
    (Standing::NotInVersion, 21),
];

fn today() -> Markup {
    let clause = Some((
        "The committee reviews this policy every year.".to_owned(),
        "/policy/clauses/1".to_owned(),
    ));
    let duty = |what: &str, by: &str, is_late| DutyItem {
        what: what.to_owned(),
        owner: "Maya Larkin".to_owned(),
        by: by.to_owned(),
        is_late,
        clause: clause.clone(),
        at: Some(("/policy/review".to_owned(), "Start".to_owned())),
    };
    html! {
        (notice::done("The policy was sent to the committee."))
        (h1("Good morning, Maya"))
        (lead("Three things are owed today. One of them is late."))
        (guide::duties(&[
            duty("Review the policy", "since 1 September 2026", true),
            duty("Name a deputy for the designated safeguarding lead", "by 4 December 2026", false),
            duty("Say whether staff know the filter's limits", "by 12 December 2026", false),
        ]))
        (h2("How the policy stands"))
        (standing_counts(&COUNTS, &|standing| Some(format!("/policy?standing={}", standing.key()))))
        (h2("What just happened"))
        (timeline(&[
            Event::new("Policy adopted", "Rosa Field", Moment::from_micros(1_795_536_000_000_000), paragraph("Version 4, by the committee.")),
            Event::new("Deputy named", "Maya Larkin", Moment::from_micros(1_795_436_000_000_000), paragraph("Tom Reed, from 1 December.")),
        ]))
    }
}

fn policy() -> Markup {
    let choices: Vec<Choice> = Standing::ALL
        .iter()
        .map(|one| Choice::new(one.key(), one.in_words()).chosen(*one == Standing::Due))
        .collect();
    let fields = Field::new("standing", "Standing")
        .label_size(Label::Medium)
        .checkboxes_small(&choices);
    let chosen = [filter::Chosen {
        words: "Due".to_owned(),
        without: "/policy".to_owned(),
    }];
    let mut table = Table::new(
        "Clauses of section 4",
        [
            Column::words("Clause"),
            Column::words("Standing"),
            Column::numbers("Entries"),
            Column::words("Newest evidence"),
        ],
    )
    .first_cell_heads();
    for standing in Standing::ALL {
        table = table.row([
            link(
                "/policy/clauses/4",
                "Staff keep their own phones in the office while children are here.",
            ),
            standing_tag(standing),
            text::text(1_204),
            text::text("22 November 2026"),
        ]);
    }
    html! {
        (h1_with_caption("Version 4, adopted 1 September 2026", "Our online safety policy"))
        (standing_counts(&COUNTS, &|_| None))
        (standing_chart().draw("standing"))
        (filter::filtered(filter::filter("/policy", "/policy", &chosen, fields), html! {
            (filter::search_box("/policy", "Search the policy", "words", ""))
            (table)
            (navigation::pagination(4, 12, &|number| format!("/policy?page={number}")))
        }))
    }
}

fn standing_chart() -> chart::Chart {
    let months = ["June", "July", "August", "September", "October", "November"]
        .map(str::to_owned)
        .to_vec();
    let series = |standing: Standing, numbers: [u64; 6]| {
        Series::new(
            standing.in_words(),
            Look::Standing(standing),
            numbers.to_vec(),
        )
    };
    chart::over_time(
        "Standing of the clauses, June to November 2026",
        "More clauses are met each month; two are breached since September.",
        months,
        vec![
            series(Standing::Met, [88, 97, 104, 118, 127, 132]),
            series(Standing::Due, [41, 33, 27, 19, 14, 11]),
            series(Standing::NeedsWord, [12, 10, 9, 6, 5, 4]),
            series(Standing::Breached, [4, 3, 3, 2, 2, 2]),
            series(Standing::NotInUse, [13, 15, 15, 13, 10, 9]),
            series(Standing::NotInVersion, [21, 21, 21, 21, 21, 21]),
        ],
    )
    .along_is("Month")
}

fn fields() -> Markup {
    let mut problems = Problems::none();
    problems.add("email", "Enter an email address, like name@example.org");
    problems.add("born", "Date of birth must be in the past");
    problems.add("works", "Select at least one room");
    html! {
        (form::error_summary(&problems))
        (h1("Add a member of staff"))
        (form::upload_form("/people/add", "token", html! {
            (Field::new("name", "Full name").autocomplete("off").width(Width::Thirty).text())
            (Field::new("email", "Email address").hint("We send the first password there.").value("tom at example").problems(&problems).email())
            (Field::new("password", "Password").hint("At least 12 characters.").autocomplete("new-password").password())
            (Field::new("born", "Date of birth").hint("For example, 27 3 1990").problems(&problems).date(&DateFilled { day: "31".to_owned(), month: "12".to_owned(), year: "2090".to_owned() }))
            (Field::new("role", "Role").select(&[Choice::new("", "Choose one"), Choice::new("leader", "Room leader"), Choice::new("practitioner", "Practitioner").chosen(true)]))
            (Field::new("works", "Where do they work?").hint("Select all that apply.").problems(&problems).checkboxes(&[
                Choice::new("robins", "Robins").hint("Two-year-olds"), Choice::new("wrens", "Wrens"), Choice::new("none", "In no room").exclusive(),
            ]))
            (Field::new("check", "Has their DBS check been seen?").value("yes").radios(&[
                Choice::new("yes", "Yes").reveals(Field::new("number", "Certificate number").width(Width::Twenty).no_spellcheck().text()), Choice::new("no", "Not yet"),
            ]))
            (Field::new("first-aid", "Are they a first aider?").radios_inline(&Choice::yes_no()))
            (Field::new("hours", "Hours a week").width(Width::Four).suffix("hours").number())
            (Field::new("note", "Anything else?").max_length(400).rows(4).long_text())
            (Field::new("photo", "Photograph for the door").file(".jpg,.png"))
            (buttons(html! { (button("Add")) (button("Save for later").secondary().sends("later", "yes")) (link("/people", "Cancel")) }))
        }))
        (divider_and_delete())
    }
}

fn divider_and_delete() -> Markup {
    html! { (text::divider()) (form::button_form("/people/3/remove", "token", &[("person", "3")], &button("Remove this person").warning())) }
}

fn guide() -> Markup {
    html! {
        (guide::identity_bar("Robin Ash", &[("Born", "4 May 2023"), ("Room", "Robins")]))
        (navigation::sub_navigation("About Robin", &[("/a", "Overview", true), ("/b", "Permissions", false), ("/c", "Journal", false)]))
        (h1("If you see something that worries you"))
        (lead("Tell Maya now. You do not need to be sure."))
        (guide::steps(&[
            Step::new("Stay with the child", paragraph("Keep calm and listen. Let them say it in their own words.")),
            Step::new("Turn the screen away", paragraph("Do not switch the device off. What is on it may be needed.")),
            Step::new("Tell the lead", html! { (paragraph("In the office, or by telephone.")) (bullets(&["Say what you saw", "Say when"])) }),
        ]))
        (guide::do_list(&["Write down what was said, in the child's words", "Note the time"]))
        (guide::do_not_list(&["do not copy, send or print a picture", "do not promise to keep it secret"]))
        (warning("If a child is in danger now, ring 999."))
        (refusal::refusal(&no(), Some("/ask")))
    }
}

fn no() -> Refusal {
    Refusal {
        control: "policy.publication".to_owned(),
        clauses: vec![Quote {
            clause: "c-12".to_owned(),
            section: "2 About this policy".to_owned(),
            text: "The policy is put up only after the committee has agreed to it.".to_owned(),
        }],
        reason: "The policy can't be published yet: the committee has not agreed to version 4."
            .to_owned(),
        allowed_by: AllowedBy::Roles(vec!["the chair of the committee".to_owned()]),
        what_now: "Send version 4 to the committee and ask for their answer.".to_owned(),
        field: None,
    }
}

fn reading() -> Markup {
    let why =
        html! { (paragraph("The words “phone”, “staff” and “office” stand close together.")) };
    html! {
        (h1("Check what we read"))
        (guide::side_by_side("Your document", html! {
            (h2("Your document"))
            (inset("4.2 Staff will leave their mobile phones in the office while children are present."))
        }, "What we suggest", html! {
            (h2("What we suggest"))
            (card("Staff phones", html! {
                (facts(&[Fact::new("Control", "phones.staff"), Fact::new("Place", "the office").action("/x", "Change", "the place"), Fact::new("Sure", "93 %")]))
                (text::details("Why this was suggested", why))
                (Field::new("control", "Is this right?").radios_inline(&Choice::yes_no()))
            }))
        }))
        (h2("What changed"))
        (difference::difference_key())
        (difference::difference("The policy is reviewed every two years by the manager.", "The policy is reviewed every year by the manager and the committee."))
        (guide::empty("Here you see what parents have said about the draft. Nobody has said anything yet.", Some(("/policy/consult", "Ask parents"))))
    }
}

/// A report, with all kinds of blocks.
fn report() -> Document {
    let cells = |words: [&str; 3]| words.map(str::to_owned).to_vec();
    let table = document::Table {
        caption: "Duties by owner".to_owned(),
        head: cells(["Owner", "Open", "Late"]),
        rows: vec![cells(["Manager", "7", "1"]), cells(["Committee", "3", "1"])],
        numeric: vec![1, 2],
    };
    Document {
        subtitle: "Autumn term 2026".to_owned(),
        about: vec![("For".to_owned(), "The committee".to_owned())],
        ..Document::new("Report to the committee")
    }
    .with(Block::Heading("How we stand".to_owned()))
    .with(Block::Paragraph("Of 179 clauses, 132 are met.".to_owned()))
    .with(Block::Chart(standing_chart()))
    .with(Block::Table(table))
    .with(Block::Note(
        "Two clauses are breached since September.".to_owned(),
    ))
    .with(Block::Quote {
        words: "The committee reviews this policy every year.".to_owned(),
        from: "Section 2".to_owned(),
    })
    .with(Block::Signatures(vec![
        "For the committee".to_owned(),
        "Manager".to_owned(),
    ]))
}

fn others() -> Markup {
    let months = ["Sep", "Oct", "Nov"].map(str::to_owned).to_vec();
    let series = || {
        vec![
            Series::new("Blocked", Look::Number(0), vec![12, 30, 18]),
            Series::new("Asked for", Look::Number(1), vec![4, 9, 7]),
            Series::new("Allowed", Look::Number(2), vec![2, 5, 6]),
        ]
    };
    html! {
        (navigation::back_link("/policy", "Back to the policy"))
        (notice::panel("Policy adopted", html! { "Version " strong { "4" } }))
        (h2("Things to do before the first day"))
        (tasks("begin", &[
            Task::new("Name the leads", tag("Done", Colour::Green)).at("/roles"),
            Task::new("Add rooms and people", tag("Under way", Colour::Blue)).at("/people").hint("12 staff, 60 children"),
            Task::new("Adopt the policy", "Cannot start yet"),
        ]))
        (guide::cards(&[
            Card { href: "/a".to_owned(), title: "The inspection pack".to_owned(), content: text::text("Every clause with its evidence, as one document.") },
            Card { href: "/b".to_owned(), title: "The committee's report".to_owned(), content: text::text("How the term went.") },
        ]))
        (h3("Tags"))
        p { @for colour in [Colour::Plain, Colour::Grey, Colour::Green, Colour::Blue, Colour::Yellow, Colour::Red, Colour::Purple] { (tag("Tag", colour)) " " } }
        (numbered(&["One", "Two"])) (small("Small print.")) (notice::important("The office is closed on Friday."))
        (chart::lines("Names asked for", "Blocks went up in October.", months.clone(), series()).draw("lines"))
        (chart::bars("Names asked for, by month", "", months, series()).along_is("Month").draw("bars"))
        (guide::help(paragraph("A control is one thing that your policy asks for."))) (notice::progress("Clauses read", 40, 120))
    }
}

fn arabic() -> Markup {
    html! { (h1("اليوم")) (paragraph("هناك ثلاثة أشياء يجب القيام بها.")) (standing_tag(Standing::Met)) (inset("نرحب بكم")) (guide::steps(&[Step::new("أخبر مايا الآن", paragraph("في المكتب"))])) }
}

fn sign_in() -> Markup {
    html! {
        (h1("Sign in"))
        (form::form("/sign-in", "token", html! {
            (Field::new("name", "User name").autocomplete("username").no_spellcheck().width(Width::Twenty).text())
            (Field::new("password", "Password").width(Width::Twenty).password())
            (button("Sign in"))
        }))
    }
}
