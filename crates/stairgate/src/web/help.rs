//! The manual inside the program: the files of `docs/manual`, drawn with the parts of the kit, for
//! everybody, signed in or not. Raw HTML in them is left out.

use super::{app::App, frame, say, visitor::Visitor};
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use families::families as all;
use kit::{
    navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The list of chapters, with its headings.
const SUMMARY: &str = include_str!("../../../../docs/manual/src/SUMMARY.md");

/// A chapter: its name in addresses, and its words.
type Chapter = (&'static str, &'static str);

/// The chapters, in the order of the list.
const CHAPTERS: &[Chapter] = &[
    ("what", include_str!("../../../../docs/manual/src/what.md")),
    (
        "first-hour",
        include_str!("../../../../docs/manual/src/first-hour.md"),
    ),
    (
        "today",
        include_str!("../../../../docs/manual/src/today.md"),
    ),
    (
        "policy",
        include_str!("../../../../docs/manual/src/policy.md"),
    ),
    (
        "changing",
        include_str!("../../../../docs/manual/src/changing.md"),
    ),
    (
        "reading",
        include_str!("../../../../docs/manual/src/reading.md"),
    ),
    (
        "reviews",
        include_str!("../../../../docs/manual/src/reviews.md"),
    ),
    (
        "linked",
        include_str!("../../../../docs/manual/src/linked.md"),
    ),
    (
        "consequences",
        include_str!("../../../../docs/manual/src/consequences.md"),
    ),
    (
        "people",
        include_str!("../../../../docs/manual/src/people.md"),
    ),
    (
        "signing-in",
        include_str!("../../../../docs/manual/src/signing-in.md"),
    ),
    (
        "accounts",
        include_str!("../../../../docs/manual/src/accounts.md"),
    ),
    (
        "access",
        include_str!("../../../../docs/manual/src/access.md"),
    ),
    (
        "agreements",
        include_str!("../../../../docs/manual/src/agreements.md"),
    ),
    ("told", include_str!("../../../../docs/manual/src/told.md")),
    (
        "languages",
        include_str!("../../../../docs/manual/src/languages.md"),
    ),
    (
        "concerns",
        include_str!("../../../../docs/manual/src/concerns.md"),
    ),
    (
        "happened",
        include_str!("../../../../docs/manual/src/happened.md"),
    ),
    (
        "low-level",
        include_str!("../../../../docs/manual/src/low-level.md"),
    ),
    (
        "own-duty",
        include_str!("../../../../docs/manual/src/own-duty.md"),
    ),
    (
        "transfer",
        include_str!("../../../../docs/manual/src/transfer.md"),
    ),
    ("help", include_str!("../../../../docs/manual/src/help.md")),
    (
        "devices",
        include_str!("../../../../docs/manual/src/devices.md"),
    ),
    (
        "internet",
        include_str!("../../../../docs/manual/src/internet.md"),
    ),
    (
        "filter-evidence",
        include_str!("../../../../docs/manual/src/filter-evidence.md"),
    ),
    (
        "monitoring",
        include_str!("../../../../docs/manual/src/monitoring.md"),
    ),
    (
        "roles",
        include_str!("../../../../docs/manual/src/roles.md"),
    ),
    (
        "meetings",
        include_str!("../../../../docs/manual/src/meetings.md"),
    ),
    (
        "report",
        include_str!("../../../../docs/manual/src/report.md"),
    ),
    (
        "activity",
        include_str!("../../../../docs/manual/src/activity.md"),
    ),
    (
        "erasing",
        include_str!("../../../../docs/manual/src/erasing.md"),
    ),
    (
        "files",
        include_str!("../../../../docs/manual/src/files.md"),
    ),
    (
        "inspector",
        include_str!("../../../../docs/manual/src/inspector.md"),
    ),
    (
        "parents",
        include_str!("../../../../docs/manual/src/parents.md"),
    ),
    (
        "small-box",
        include_str!("../../../../docs/manual/src/small-box.md"),
    ),
    (
        "backups",
        include_str!("../../../../docs/manual/src/backups.md"),
    ),
    (
        "postgresql",
        include_str!("../../../../docs/manual/src/postgresql.md"),
    ),
    (
        "command-line",
        include_str!("../../../../docs/manual/src/command-line.md"),
    ),
    (
        "filter",
        include_str!("../../../../docs/manual/src/filter.md"),
    ),
    (
        "network-filter",
        include_str!("../../../../docs/manual/src/network-filter.md"),
    ),
    ("api", include_str!("../../../../docs/manual/src/api.md")),
    (
        "trouble",
        include_str!("../../../../docs/manual/src/trouble.md"),
    ),
];

/// Addresses that the server answers itself.
const OWN: &[&str] = &["/account/devices", "/health", "/help", "/sign-in"];

/// The list of chapters, or one of them.
pub(super) fn help(app: &App, visitor: &Visitor, chapter: &str) -> Response<Body> {
    if chapter.is_empty() {
        return draw(app, visitor, "Manual", None, read(SUMMARY));
    }
    let mut left = CHAPTERS.iter().skip_while(|(name, _)| *name != chapter);
    let Some((_, words)) = left.next() else {
        return say::nothing_here(app, visitor);
    };
    let next = left.next();
    let content = html! {
        (read(words))
        (text::divider())
        @if let Some((name, words)) = next {
            (text::paragraph(html! { "Next: " (text::link(&format!("/help/{name}"), title(words))) }))
        }
        (text::paragraph(text::link("/help", "All chapters")))
    };
    let before = navigation::breadcrumbs(&[("/", "Today"), ("/help", "Manual")]);
    let named = format!("{} – Manual", title(words));
    draw(app, visitor, &named, Some(before), content)
}

fn draw(
    app: &App,
    visitor: &Visitor,
    title: &str,
    before: Option<Markup>,
    content: Markup,
) -> Response<Body> {
    let drawn = app
        .desk
        .view(&visitor.actor, app.now(), &visitor.csrf, None, |view| {
            let about = frame::About {
                title,
                path: "",
                help: "",
                before,
                narrow: true,
                around: Some(view.tongue()),
                ..frame::About::default()
            };
            frame::page(view, about, content)
        });
    match drawn {
        Ok(page) => say::html(StatusCode::OK, page),
        Err(error) => say::trouble(
            app,
            visitor,
            &format!("The ledger could not be read: {error}."),
        ),
    }
}

/// The first heading.
fn title(words: &str) -> &str {
    let first = words.lines().find_map(|line| line.strip_prefix("# "));
    first.unwrap_or("Manual")
}

/// A file of the manual as markup.
fn read(words: &str) -> Markup {
    Reading {
        events: Parser::new_ext(words, Options::ENABLE_TABLES)
            .collect::<Vec<_>>()
            .into_iter(),
        heading: String::new(),
        has_title: false,
    }
    .blocks()
}

struct Reading<'a> {
    events: std::vec::IntoIter<Event<'a>>,
    /// The heading above, which names a table.
    heading: String,
    has_title: bool,
}

impl Reading<'_> {
    /// Blocks, to the end of what they stand in.
    fn blocks(&mut self) -> Markup {
        let mut blocks = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(tag) => blocks.push(self.block(&tag)),
                Event::End(_) => break,
                Event::Rule => blocks.push(text::divider()),
                _ => {}
            }
        }
        html! { @for block in &blocks { (block) } }
    }

    fn block(&mut self, tag: &Tag<'_>) -> Markup {
        match tag {
            Tag::Heading { level, .. } => self.heading(*level),
            Tag::Paragraph => text::paragraph(self.inline()),
            Tag::List(Some(_)) => text::numbered(&self.items()),
            Tag::List(None) => text::bullets(&self.items()),
            Tag::CodeBlock(_) => self.listing(),
            Tag::BlockQuote(_) => text::inset(self.blocks()),
            Tag::Table(_) => self.table(),
            _ => {
                self.inline();
                html! {}
            }
        }
    }

    /// The first heading is the title; another one of the same size begins a part of the list.
    fn heading(&mut self, level: HeadingLevel) -> Markup {
        let start = self.events.as_slice();
        self.heading = words_of(start);
        let words = self.inline();
        if level == HeadingLevel::H1 && !self.has_title {
            self.has_title = true;
            return text::h1(words);
        }
        match level {
            HeadingLevel::H1 | HeadingLevel::H2 => text::h2_at(&anchor(&self.heading), words),
            _ => text::h3(words),
        }
    }

    fn items(&mut self) -> Vec<Markup> {
        let mut items = Vec::new();
        while let Some(Event::Start(Tag::Item)) = self.events.next() {
            items.push(self.inline());
        }
        items
    }

    fn listing(&mut self) -> Markup {
        let mut words = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::Text(text) => words.push_str(&text),
                Event::End(_) => break,
                _ => {}
            }
        }
        html! { pre class="sg-listing" { code { (words.trim_end()) } } }
    }

    fn table(&mut self) -> Markup {
        let mut columns = Vec::new();
        let mut rows: Vec<Vec<Markup>> = Vec::new();
        let mut in_head = false;
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => in_head = true,
                Event::End(TagEnd::TableHead) => in_head = false,
                Event::Start(Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) if in_head => {
                    columns.push(Column::words(words_of(self.events.as_slice())));
                    self.inline();
                }
                Event::Start(Tag::TableCell) => {
                    let cell = self.inline();
                    rows.extend(rows.is_empty().then(Vec::new));
                    if let Some(row) = rows.last_mut() {
                        row.push(cell);
                    }
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let table = Table::new(self.heading.as_str(), columns)
            .caption_unseen()
            .first_cell_heads();
        html! { (table.rows(rows)) }
    }

    /// Words within a block, to its end. Blocks within a list's item are drawn as blocks.
    fn inline(&mut self) -> Markup {
        let mut parts = Vec::new();
        while let Some(event) = self.events.next() {
            let part = match event {
                Event::Text(words) => text::text(&*words),
                Event::Code(words) => code(&words),
                Event::SoftBreak | Event::HardBreak => text::text(" "),
                Event::Start(Tag::Strong) => text::strong(self.inline()),
                Event::Start(Tag::Emphasis) => {
                    let words = self.inline();
                    html! { em { (words) } }
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let words = self.inline();
                    text::link(&address(&dest_url), words)
                }
                Event::Start(tag) => self.block(&tag),
                Event::End(_) => break,
                // Raw HTML among them.
                _ => continue,
            };
            parts.push(part);
        }
        html! { @for part in &parts { (part) } }
    }
}

/// What is typed, or an address of the program, which is a link.
fn code(words: &str) -> Markup {
    let path = words.split('?').next().unwrap_or_default();
    if is_ours(path) {
        return text::link(words, words);
    }
    html! { code { (words) } }
}

/// Whether the program answers at this address, as it stands.
fn is_ours(path: &str) -> bool {
    let families = all::pages()
        .map(|page| page.path)
        .chain(all::forms().map(|form| form.path));
    path.starts_with('/') && families.chain(OWN.iter().copied()).any(|own| own == path)
}

/// Links between files of the manual lead to chapters.
fn address(link: &str) -> String {
    let (file, place) = link
        .split_once('#')
        .map_or((link, None), |(file, place)| (file, Some(place)));
    let mut address = match file.strip_suffix(".md") {
        Some(name) if !file.contains("://") => format!("/help/{name}"),
        _ => file.to_owned(),
    };
    if let Some(place) = place {
        address.push('#');
        address.push_str(place);
    }
    address
}

/// The plain words up to the end of a heading or cell.
fn words_of(events: &[Event<'_>]) -> String {
    let mut words = String::new();
    for event in events {
        match event {
            Event::Text(part) | Event::Code(part) => words.push_str(part),
            Event::End(TagEnd::Heading(_) | TagEnd::TableCell) => break,
            _ => {}
        }
    }
    words
}

/// The place of a heading, as mdBook names it.
fn anchor(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| {
        if c == ' ' {
            '-'
        } else {
            c.to_ascii_lowercase()
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Folders of the computer, which no page of ours has as its address.
    const FOLDERS: &[&str] = &["/srv/", "/mnt/", "/etc/", "/usr/", "/api/v1"];

    fn links(words: &str) -> Vec<String> {
        let links =
            Parser::new_ext(words, Options::ENABLE_TABLES).filter_map(|event| match event {
                Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
                _ => None,
            });
        links.collect()
    }

    #[test]
    fn every_chapter_has_one_title_and_no_words_are_lost() {
        for (name, words) in CHAPTERS {
            let drawn = read(words).into_string();
            assert_eq!(drawn.matches("<h1").count(), 1, "{name}");
            assert!(drawn.contains(title(words)), "{name}");
            let plain =
                Parser::new_ext(words, Options::ENABLE_TABLES).filter_map(|event| match event {
                    Event::Text(words) => Some(html! { (&*words) }.into_string()),
                    _ => None,
                });
            for part in plain {
                assert!(drawn.contains(part.trim_end()), "{name}: {part}");
            }
        }
    }

    #[test]
    fn the_list_has_every_chapter_once_in_the_same_order() {
        let listed: Vec<String> = links(SUMMARY);
        let files: Vec<String> = CHAPTERS
            .iter()
            .map(|(name, _)| format!("{name}.md"))
            .collect();
        assert_eq!(listed, files);
        for (_, words) in CHAPTERS {
            assert!(
                SUMMARY.contains(&format!("[{}](", title(words))),
                "{}",
                title(words)
            );
        }
    }

    #[test]
    fn every_link_leads_to_a_chapter_and_a_heading_that_are_there() {
        for (name, words) in CHAPTERS {
            for link in links(words) {
                let (file, place) = link.split_once('#').unwrap_or((&link, ""));
                let to = if file.is_empty() {
                    name
                } else {
                    file.strip_suffix(".md").unwrap_or_default()
                };
                let found = CHAPTERS.iter().find(|(other, _)| *other == to);
                let (_, there) = found.unwrap_or_else(|| panic!("{name} links to {link}"));
                let drawn = read(there).into_string();
                assert!(
                    place.is_empty() || drawn.contains(&format!("id=\"{place}\"")),
                    "{name} links to {link}"
                );
            }
        }
    }

    #[test]
    fn every_address_that_the_manual_mentions_is_answered() {
        for (name, words) in CHAPTERS {
            for event in Parser::new_ext(words, Options::ENABLE_TABLES) {
                let Event::Code(code) = event else { continue };
                let path = code.split('?').next().unwrap_or_default();
                let elsewhere = FOLDERS.iter().any(|folder| path.starts_with(folder));
                assert!(
                    !path.starts_with('/') || elsewhere || is_ours(path),
                    "{name} mentions {code}"
                );
            }
        }
    }

    /// What is typed: in the midst of words, or in lines of its own, which a backslash joins.
    fn typed(words: &str) -> Vec<String> {
        let mut is_listing = false;
        let mut typed = Vec::new();
        for event in Parser::new_ext(words, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::CodeBlock(_)) => is_listing = true,
                Event::End(TagEnd::CodeBlock) => is_listing = false,
                Event::Code(words) => typed.push(words.to_string()),
                Event::Text(words) if is_listing => {
                    let joined = words.replace("\\\n", " ");
                    typed.extend(joined.lines().map(str::to_owned));
                }
                _ => {}
            }
        }
        typed
    }

    #[test]
    fn every_command_that_the_manual_mentions_is_known_with_its_flags() {
        use clap::CommandFactory;
        let program = crate::Line::command();
        let mut seen = 0;
        for line in CHAPTERS.iter().flat_map(|(_, words)| typed(words)) {
            let mut command = &program;
            let begins = |word: &&str| *word == "stairgate" || word.ends_with("bin/stairgate");
            let words: Vec<&str> = line.split_whitespace().collect();
            let Some(start) = words.iter().rposition(begins) else {
                continue;
            };
            for word in words.iter().skip(start + 1) {
                if let Some(next) = command.find_subcommand(word) {
                    command = next;
                    seen += 1;
                    continue;
                }
                let is_name = word.bytes().all(|byte| byte.is_ascii_lowercase());
                let is_known = !is_name || command.get_subcommands().next().is_none();
                assert!(is_known, "no command {word} in: {line}");
                let Some(flag) = word.strip_prefix("--") else {
                    continue;
                };
                let mut flags = command.get_arguments().filter_map(clap::Arg::get_long);
                let is_act = command.get_name() == "act";
                let is_known = is_act || flag == "help" || flags.any(|known| known == flag);
                assert!(is_known, "no flag {word} in: {line}");
            }
        }
        assert!(seen > 20, "{seen}");
    }

    #[test]
    fn raw_html_is_left_out() {
        let drawn =
            read("# A\n\nOne <b onclick=\"x\">two</b>.\n\n<script>x</script>\n").into_string();
        assert!(
            !drawn.contains("<b") && !drawn.contains("script"),
            "{drawn}"
        );
    }

    #[test]
    fn headings_are_named_as_the_book_names_them() {
        assert_eq!(anchor("What “due” means"), "what-due-means");
    }
}
