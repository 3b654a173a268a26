use super::{CLAUSES, act};
use crate::{
    families,
    people::group::Group,
    policy::acts::Act as Policy,
    spine::{
        act::{Person, Who},
        answers::Answers,
        page::{Field, FieldKind, Params, Shown},
        scenario::{MANAGER, Scenario},
    },
};
use kernel::moment::Date;
use proptest::prelude::*;

/// A setting with people of each kind and a draft that was put to them.
fn busy() -> (Scenario, Vec<Person>) {
    let mut s = Scenario::with_clauses(CLAUSES);
    let people = vec![
        MANAGER,
        s.person("Ivo Marsh", &[Group::Staff]),
        s.person("Ada Wick", &[Group::Parent]),
        s.person("Rosa Field", &[Group::Committee]),
    ];
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(
        MANAGER,
        act(Policy::EditClause {
            clause: "kind".to_owned(),
            section: "If rules are broken".to_owned(),
            text: "We are kind and <patient>.".to_owned(),
        }),
    );
    s.done(
        MANAGER,
        act(Policy::Consult {
            groups: vec![Group::Parent],
            until: Date::constant(2026, 9, 20),
            says: "Is it clear?".to_owned(),
        }),
    );
    s.done(
        people[2],
        act(Policy::Comment {
            clause: Some("kind".to_owned()),
            words: "Secret thoughts.".to_owned(),
        }),
    );
    (s, people)
}

fn shows(page: &str, words: &[&str]) {
    for word in words {
        assert!(page.contains(word), "{word} is missing in {page}");
    }
}

fn hides(page: &str, words: &[&str]) {
    for word in words {
        assert!(!page.contains(word), "{word} is in {page}");
    }
}

#[test]
fn whoever_works_here_sees_how_each_clause_stands_and_parents_read_the_words() {
    let (s, people) = busy();
    let page = s.page(people[1], "/policy", &[]);
    shows(
        &page,
        &[
            "We are kind to each other.",
            "Needs a person",
            "/policy/clauses/kind",
        ],
    );
    let page = s.page(people[2], "/policy", &[]);
    shows(&page, &["We are kind to each other."]);
    hides(&page, &["Needs a person", "Met"]);
    let clause = s.page(
        people[2],
        "/policy/clauses/{clause}",
        &[("clause", "review")],
    );
    shows(&clause, &["We review it every six months"]);
    hides(&clause, &["/activity/", "Met", "from this clause"]);
    let clause = s.page(
        people[1],
        "/policy/clauses/{clause}",
        &[("clause", "beside")],
    );
    shows(&clause, &["How it came about", "Nothing is open for you."]);
    hides(&clause, &["/activity/", "Maya Lin"]);
    assert_eq!(s.page(people[2], "/policy/reviews", &[]), "not allowed");
    assert_eq!(s.page(Who::Nobody, "/policy", &[]), "not allowed");
}

#[test]
fn the_filter_shows_only_clauses_that_stand_in_one_way_or_are_about_one_thing() {
    let (s, _) = busy();
    let page = s.page(MANAGER, "/policy", &[("standing", "needs-word")]);
    shows(&page, &["We are kind to each other.", "1 clause is shown"]);
    hides(&page, &["We want every child to be safe online."]);
    let page = s.page(MANAGER, "/policy", &[("family", "images")]);
    shows(&page, &["No clause fits"]);
    let page = s.page(
        MANAGER,
        "/policy",
        &[("standing", "nonsense"), ("family", "\"><script>")],
    );
    hides(&page, &["<script>"]);
}

#[test]
fn a_clause_shows_its_values_with_where_they_come_from_and_its_evidence() {
    let (s, _) = busy();
    let page = s.page(MANAGER, "/policy/clauses/{clause}", &[("clause", "review")]);
    shows(
        &page,
        &[
            "6 months",
            "from this clause",
            "/activity/",
            "came into the policy",
            "The policy is reviewed on time",
        ],
    );
    let page = s.page(MANAGER, "/policy/clauses/{clause}", &[("clause", "kind")]);
    shows(&page, &["Give your word", "No control answers this clause"]);
    let page = s.page(MANAGER, "/policy/clauses/{clause}", &[("clause", "beside")]);
    shows(
        &page,
        &[
            "complaints (not on file yet)",
            "Put the policy “complaints” on file",
        ],
    );
}

#[test]
fn what_is_different_between_two_states_is_shown_word_by_word() {
    let (s, _) = busy();
    let page = s.page(
        MANAGER,
        "/policy/compare",
        &[("from", "1"), ("to", "draft")],
    );
    shows(
        &page,
        &["1 reworded", "<ins>", "&lt;", "patient", "[taken out:"],
    );
    hides(&page, &["<patient>"]);
    assert_eq!(
        s.page(MANAGER, "/policy/compare", &[("from", "1"), ("to", "9")]),
        "nothing here"
    );
}

#[test]
fn the_draft_is_for_those_who_write_it_approve_it_or_were_asked() {
    let (mut s, people) = busy();
    let volunteer = s.person("Vera Moss", &[Group::Volunteer]);
    assert_eq!(s.page(volunteer, "/policy/draft", &[]), "nothing here");
    assert_eq!(
        s.page(
            volunteer,
            "/policy/compare",
            &[("from", "1"), ("to", "draft")]
        ),
        "nothing here"
    );
    let page = s.page(people[2], "/policy/draft", &[]);
    shows(&page, &["and &lt;patient&gt;", "Comment on this clause"]);
    hides(&page, &["Adopt this draft", "Check and change"]);
    let page = s.page(MANAGER, "/policy/draft", &[]);
    shows(
        &page,
        &["Adopt this draft", "Check and change", "Ask for approval"],
    );
    let page = s.page(
        MANAGER,
        "/policy/draft/clauses/{clause}",
        &[("clause", "review")],
    );
    shows(&page, &["every = 6 months", "Another control"]);
}

#[test]
fn comments_are_seen_by_those_who_lead_and_by_whoever_made_them() {
    let (mut s, people) = busy();
    let other = s.person("Otto Lane", &[Group::Parent]);
    for reader in [MANAGER, people[2], people[3]] {
        shows(
            &s.page(reader, "/policy/consultation", &[]),
            &["Secret thoughts."],
        );
    }
    hides(
        &s.page(other, "/policy/consultation", &[]),
        &["Secret thoughts.", "Comment 1"],
    );
}

#[test]
fn every_page_is_drawn_for_every_kind_of_person_with_and_without_a_policy() {
    let (s, people) = busy();
    let empty = Scenario::new();
    let params = [
        ("clause", "review"),
        ("number", "1"),
        ("control", "policy.review"),
        ("from", "1"),
        ("to", "draft"),
        ("name", "complaints"),
        ("comment", "1"),
    ];
    for page in crate::policy::FAMILY.pages {
        for person in &people {
            let drawn = s.page(*person, page.path, &params);
            assert!(!drawn.is_empty(), "{}", page.path);
            hides(&drawn, &["\u{E000}", "\u{E001}"]);
            let _ = s.page(*person, page.path, &[]);
        }
        let _ = empty.page(MANAGER, page.path, &params);
        assert!(
            !page.help.is_empty() && !page.title.is_empty(),
            "{}",
            page.path
        );
    }
}

#[test]
fn every_form_begins_and_says_what_it_is_for() {
    let (s, people) = busy();
    for form in crate::policy::FAMILY.forms {
        assert!(form.act.starts_with("policy.") && form.path.starts_with("/policy"));
        assert!(
            !form.help.is_empty() && !form.button.is_empty(),
            "{}",
            form.act
        );
        for person in &people {
            s.view(*person, |view| (form.start)(view, &Params::default()));
        }
    }
}

/// Words that fit a field, or do not.
fn filled(field: &Field, seed: u64) -> Vec<String> {
    let odd = [
        "",
        " ",
        "'; --",
        "<b>",
        "ü\u{202e}",
        "-1",
        "999999999999999999999",
        "2026-02-30",
        "\u{0}",
    ];
    let good: Vec<String> = match field.kind {
        FieldKind::Choice(all) | FieldKind::Several(all) => {
            all.iter().map(|(key, _)| (*key).to_owned()).collect()
        }
        FieldKind::Number(from, _) => vec![from.to_string()],
        FieldKind::Date => vec!["2026-12-01".to_owned()],
        FieldKind::YesNo | FieldKind::Confirm => vec!["yes".to_owned()],
        _ => match field.name {
            "clause" | "after" => vec!["kind".to_owned(), "gone".to_owned()],
            "control" | "controls" | "more" => {
                vec!["policy.review".to_owned(), "no.such".to_owned()]
            }
            "param" => vec!["every".to_owned()],
            "version" | "comment" | "person" | "decided_by" | "took_part" => {
                vec!["1".to_owned(), "4294967295".to_owned()]
            }
            _ => vec!["Some words".to_owned(), "x".repeat(30_000)],
        },
    };
    let place = usize::try_from(seed % 97).unwrap();
    if seed.is_multiple_of(3) {
        return vec![odd[place % odd.len()].to_owned()];
    }
    vec![good[place % good.len()].clone()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_filled_in_the_answer_is_in_words_and_never_a_panic(seeds in prop::collection::vec(any::<u64>(), 8)) {
        let (mut s, _) = busy();
        for form in families::forms().filter(|form| form.act.starts_with("policy.")) {
            let mut answers = Answers::default();
            for (field, seed) in form.fields.iter().zip(seeds.iter().cycle()) {
                for words in filled(field, *seed) {
                    answers.add(field.name, &words);
                }
            }
            match form.act(&answers) {
                Err(mistakes) => prop_assert!(!mistakes.is_empty()),
                Ok(act) => {
                    let expected = form.act;
                    prop_assert_eq!(act.name(), expected);
                    let came = s.try_act(MANAGER, &act);
                    prop_assert!(!s.in_words(&came).is_empty());
                }
            }
        }
    }
}

#[test]
fn the_page_of_a_long_policy_is_drawn_quickly_enough_to_be_looked_at_often() {
    let s = Scenario::with_template("county-preschool");
    let page = families::pages()
        .find(|page| page.path == "/policy")
        .unwrap();
    let length = s.view(MANAGER, |view| {
        match (page.show)(view, &Params::default()) {
            Shown::Page(_, content) => content.into_string().len(),
            _ => 0,
        }
    });
    assert!((100_000..400_000).contains(&length), "{length}");
}

/// Whether an address is one of a pattern such as `/policy/clauses/{clause}`.
fn fits(pattern: &str, address: &str) -> bool {
    let parts = |text: &str| text.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (pattern, address) = (parts(pattern), parts(address));
    pattern.len() == address.len()
        && pattern
            .iter()
            .zip(&address)
            .all(|(one, other)| one.starts_with('{') || one == other)
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

#[test]
fn every_form_on_a_page_is_sent_where_its_act_is_taken() {
    let (mut s, _) = busy();
    s.done(
        MANAGER,
        act(Policy::SwitchOff {
            control: "policy.scope".to_owned(),
            reason: "Not yet.".to_owned(),
        }),
    );
    let open = Scenario::with_clauses(
        "[[clause]]\nid = \"review\"\nsection = \"S\"\ntext = \"Yearly.\"\ncontrols = [\"policy.review\"]\nvalues = { every = \"regularly\" }\n[[clause]]\nid = \"c\"\nsection = \"S\"\ntext = \"Termly.\"\ncontrols = [\"policy.review\"]\nvalues = { every = \"term\" }\n[[clause]]\nid = \"d\"\nsection = \"S\"\ntext = \"Monthly.\"\ncontrols = [\"policy.review\"]\nvalues = { every = \"month\" }\n",
    );
    let mut seen = std::collections::BTreeSet::new();
    for (scenario, clause, control) in [
        (&s, "kind", "policy.scope"),
        (&s, "review", "policy.review"),
        (&open, "review", "policy.review"),
        (&Scenario::new(), "", ""),
    ] {
        for page in crate::policy::FAMILY.pages {
            let drawn = scenario.page(
                MANAGER,
                page.path,
                &[("clause", clause), ("control", control)],
            );
            for form in drawn.split("<form ").skip(1) {
                let action = between(form, "action=\"", "\"").unwrap();
                let Some(act) = between(form, "name=\"act\" value=\"", "\"") else {
                    continue;
                };
                let taken = crate::policy::FAMILY
                    .forms
                    .iter()
                    .find(|form| form.act == act)
                    .unwrap();
                assert!(fits(taken.path, action), "{act} is sent to {action}");
                seen.insert(act.to_owned());
            }
        }
    }
    assert!(
        seen.contains("policy.choose") && seen.contains("policy.bind"),
        "{seen:?}"
    );
    assert!(seen.len() >= 14, "{seen:?}");
}
