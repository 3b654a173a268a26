use super::act;
use crate::{
    policy::{
        acts::Act as Policy,
        document::{Clause, Document, Head},
        entries::{Adopted, Entry},
        register::Register,
        templates::TEMPLATES,
    },
    spine::{
        act::Actor,
        entry::{self, Entry as AnyEntry},
        scenario::{MANAGER, Scenario},
        setting::At,
    },
};
use expect_test::expect;
use kernel::{moment::Moment, value::Value};
use proptest::prelude::*;

fn file(text: &str) -> crate::spine::act::Act {
    act(Policy::BeginFromFile {
        name: "policy.toml".to_owned(),
        text: text.to_owned(),
    })
}

#[test]
fn a_policy_file_is_brought_in_and_what_is_wrong_with_it_is_said() {
    let mut s = Scenario::new();
    s.act(
        MANAGER,
        file("[policy\ntitle"),
        expect!["mistake in file: Line 1 can’t be read: unclosed table, expected `]`"],
    );
    s.act(
        MANAGER,
        file("[policy]\ntitle = \"P\"\n[[clause]]\nid = \"../a\"\nsection = \"S\"\ntext = \"\"\ncontrols = [\"a.b\"]\n[[clause]]\nid = \"b\"\nsection = \"S\"\ntext = \"T\"\n[[clause]]\nid = \"b\"\nsection = \"S\"\ntext = \"T\"\n"),
        expect![[r#"
            mistake in file: “../a” can’t be the id of a clause: use small letters, digits and hyphens
            mistake in file: Clause ../a has no words
            mistake in file: Clause ../a names a control “a.b” that is not in the catalogue
            mistake in file: Two clauses have the id “b”"#]],
    );
    s.act(
        MANAGER,
        file("[policy]\ntitle = \"P\"\n[[clause]]\nsection = \"On phones\"\ntext = \"None.\"\nvalues = { from = 2026-09-01 }\n"),
        expect!["policy.draft-begun"],
    );
    let clause = &s.setting.policy.draft().unwrap().document.clauses[0];
    assert_eq!(clause.id, "on-phones-1");
    assert_eq!(clause.values["from"], Value::Text("2026-09-01".to_owned()));
}

#[test]
fn every_template_survives_export_and_import_and_the_ledger() {
    for template in TEMPLATES {
        let document = Document::from_toml(template.text).unwrap();
        assert_eq!(Document::from_toml(&document.to_toml()).unwrap(), document);
        assert_eq!(through_the_ledger(&document), document, "{}", template.name);
    }
}

#[test]
fn the_version_in_force_and_the_draft_are_kept_as_files() {
    let mut s = Scenario::with_template("preschool");
    let text = s.page(
        MANAGER,
        "/policy/versions/{number}/file",
        &[("number", "1")],
    );
    let document = &s.setting.policy.adopted().unwrap().document;
    assert_eq!(&Document::from_toml(&text).unwrap(), document);
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    let text = s.page(MANAGER, "/policy/draft/file", &[]);
    assert_eq!(Document::from_toml(&text).unwrap().clauses.len(), 63);
}

/// Written as a fact, read back and folded.
fn through_the_ledger(document: &Document) -> Document {
    let fact = Entry::Adopted(Box::new(Adopted {
        number: 1,
        document: document.clone(),
        draft: None,
        took_part: Vec::new(),
        approved: Vec::new(),
    }));
    let written = fact.write();
    let read = entry::read(written.kind, written.version, &written.body).unwrap();
    let AnyEntry::Policy(read) = read else {
        panic!("another family");
    };
    folded(&[read]).adopted().unwrap().document.clone()
}

fn folded(entries: &[Entry]) -> Register {
    let mut register = Register::default();
    let by = Actor::keeper();
    for (entry, seq) in entries.iter().zip(1..) {
        let moment = Moment::from_micros(1_790_000_000_000_000);
        register.fold(
            entry,
            At {
                seq,
                moment,
                day: moment.date(),
                by: &by,
            },
        );
    }
    register
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::Yes),
        any::<i64>().prop_map(Value::Number),
        (-1e9..1e9_f64).prop_map(Value::Fraction),
        ".{0,40}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::btree_map(".{0,8}", inner, 0..4).prop_map(|mut parts| {
                parts.retain(|key, _| !key.starts_with("$__"));
                Value::Table(parts)
            }),
        ]
    })
}

fn clause() -> impl Strategy<Value = Clause> {
    let controls = prop::sample::subsequence(
        vec![
            "policy.review",
            "roles.leads",
            "phones.staff",
            "images.consent",
        ],
        0..4,
    );
    let values = prop::collection::btree_map("[a-z_ .]{1,10}", value(), 0..4);
    (".{0,30}", "[a-zA-Z\\PC]{1,200}", controls, values).prop_filter_map(
        "words",
        |(section, text, controls, values)| {
            (!text.trim().is_empty()).then(|| Clause {
                id: String::new(),
                section,
                text,
                controls: controls.into_iter().map(str::to_owned).collect(),
                values,
            })
        },
    )
}

fn document() -> impl Strategy<Value = Document> {
    let head = (
        "[a-z]{1,20}.{0,20}",
        prop::collection::vec(".{0,40}", 0..3),
        prop::collection::btree_map("[a-z]+\\.[a-z]+", value(), 0..3),
    );
    (head, prop::collection::vec(clause(), 0..12)).prop_map(
        |((title, notes, choices), mut clauses)| {
            for (clause, number) in clauses.iter_mut().zip(1..) {
                clause.id = format!("c-{number}");
            }
            Document {
                policy: Head {
                    title,
                    notes,
                    choices,
                    others: [(
                        "people".to_owned(),
                        toml::Value::Array(vec![toml::Value::String("staff".to_owned())]),
                    )]
                    .into(),
                    ..Head::default()
                },
                clauses,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_policy_survives_export_and_import_without_loss(document in document()) {
        let text = document.to_toml();
        let read = Document::from_toml(&text);
        prop_assert_eq!(read.as_ref(), Ok(&document), "{}", text);
        prop_assert_eq!(through_the_ledger(&document), document);
    }

    #[test]
    fn no_file_makes_it_stumble(text in ".{0,400}", cut in 0_usize..20_000) {
        let _ = Document::from_toml(&text);
        let template = TEMPLATES[0].text;
        let cut = template.floor_char_boundary(cut.min(template.len()));
        let _ = Document::from_toml(template.get(..cut).unwrap());
    }
}

#[test]
fn the_same_facts_always_fold_to_the_same_state_and_facts_out_of_place_change_nothing() {
    let facts: Vec<Entry> = crate::policy::entries::SHAPES
        .iter()
        .map(
            |shape| match (shape.read)(shape.sample.as_bytes()).unwrap() {
                AnyEntry::Policy(entry) => entry,
                other => panic!("{other:?}"),
            },
        )
        .collect();
    let once = serde_json::to_string(&folded(&facts)).unwrap();
    assert_eq!(once, serde_json::to_string(&folded(&facts)).unwrap());
    let read: Register = serde_json::from_str(&once).unwrap();
    assert_eq!(once, serde_json::to_string(&read).unwrap());
    let backwards: Vec<Entry> = facts.iter().rev().cloned().collect();
    let _ = folded(&backwards);
}
