//! A ledger of each release, which every later build imports, checks and folds to the same state.
//! `UPDATE_GOLDEN=1 cargo test -p desk golden` adds the one of this version where there is none; one
//! that is there is never written again, only read for ever. Where a control has come to judge
//! otherwise on purpose, it writes `standings.json` again, to be read in review.

mod story;

use crate::invented::setting;
use desk::state::State;
use families::{
    people::group::Group,
    roles::role::Role,
    spine::{act::Person, setting::Setting, standing},
};
use jiff::ToSpan;
use kernel::moment::{Date, Moment};
use ledger::{
    check::check,
    export,
    sqlite::Sqlite,
    store::{Store, line_at},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

/// The most bytes that one may take.
const BYTES_MAX: u64 = 300_000;
/// Days after the last line on which standing is looked at.
const LOOKED_AT: [i64; 3] = [0, 90, 400];

fn ledgers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledgers")
}

fn is_update() -> bool {
    setting("UPDATE_GOLDEN").as_deref() == Some("1")
}

/// Imports an export into a new store.
fn import(file: &Path, folder: &Path) -> Sqlite {
    let store = Sqlite::open(&folder.join("ledger.db")).unwrap();
    let mut from = std::io::BufReader::new(fs::File::open(file).unwrap());
    export::read(&mut from, &store).unwrap();
    store
}

/// Folds a whole ledger, and names the kinds that are in it.
fn fold(store: &dyn Store) -> (State, BTreeSet<String>) {
    let (mut state, mut kinds) = (State::default(), BTreeSet::new());
    let mut strange = None;
    store
        .read(1, &mut |line| {
            kinds.insert(format!("{}@{}", line.kind, line.version));
            match state.take_in(line) {
                Ok(()) => ControlFlow::Continue(()),
                Err(why) => {
                    strange = Some(why);
                    ControlFlow::Break(())
                }
            }
        })
        .unwrap();
    assert_eq!(strange, None);
    (state, kinds)
}

/// What a ledger says: facts only, in words that do not change with the code.
fn facts(state: &State) -> Value {
    let setting = &state.setting;
    let policy = &setting.policy;
    let roles = &setting.roles;
    let adopted = policy.adopted().unwrap();
    let held = |held: &families::roles::holding::Holding| {
        let last = held.last_day().map(|day| day.to_string());
        json!([held.role.key(), held.person.0, held.from.to_string(), last])
    };
    json!({
        "lines": state.head.seq,
        "place": setting.place.name(),
        "terms": setting.place.calendar().terms.len(),
        "closures": setting.place.calendar().closures.len(),
        "people": setting.people.all().map(|person| someone(setting, person)).collect::<Vec<_>>(),
        "rooms": setting.people.rooms().map(|(room, name)| json!([room.0, name])).collect::<Vec<_>>(),
        "accounts": setting.access.people().map(|person| person.0).collect::<Vec<_>>(),
        "erased": setting.data.erased().map(|(person, _)| person.0).collect::<Vec<_>>(),
        "holds": setting.data.holds().count(),
        "roles": roles.holdings().iter().map(held).collect::<Vec<_>>(),
        "without a deputy lead from": roles.first_day_without(&Role::DeputyLead, adopted.at.date()).map(|day| day.to_string()),
        "lists read": roles.read().len(),
        "reports": roles.reports().iter().map(|report| report.presented.len()).collect::<Vec<_>>(),
        "meetings": roles.meetings().len(),
        "needs met": roles.needs().iter().map(|need| need.met.is_some()).collect::<Vec<_>>(),
        "versions": policy.versions().iter().map(|version| version.number).collect::<Vec<_>>(),
        "title": adopted.document.policy.title,
        "clauses": adopted.document.clauses.iter().map(|clause| json!([clause.id, clause.controls])).collect::<Vec<_>>(),
        "draft": policy.draft().map(|draft| draft.number),
        "comments answered": policy.comments().iter().map(|comment| comment.answer.is_some()).collect::<Vec<_>>(),
        "acknowledged": policy.readings().map(|(person, version, ..)| json!([person.0, version])).collect::<Vec<_>>(),
        "sent": policy.sent().len(),
        "reviews": policy.reviews().len(),
        "open triggers": policy.open_triggers().count(),
        "linked": policy.all_linked().map(|linked| linked.name.clone()).collect::<Vec<_>>(),
        "outcomes": policy.outcomes().len(),
        "switched off": policy.switched_off(),
        "public": policy.is_public(),
        "chosen": adopted.document.choice("policy.review", "every").map(|value| value.words()),
        "word on kind until": policy.word_on("kind").map(|word| word.until.to_string()),
    })
}

fn someone(setting: &Setting, person: Person) -> Value {
    let people = &setting.people;
    let groups = people.groups(person);
    json!([
        person.0,
        groups.into_iter().map(Group::key).collect::<Vec<_>>(),
        people.since(person).map(|day| day.to_string()),
        people.last_day(person).map(|day| day.to_string()),
        people
            .rooms_of(person)
            .iter()
            .map(|room| room.0)
            .collect::<Vec<_>>(),
        people
            .children_of(person)
            .map(|child| child.0)
            .collect::<Vec<_>>(),
    ])
}

/// How each clause stands on some days after the last line.
fn standings(state: &State, last: Date) -> Value {
    let on = LOOKED_AT.map(|days| {
        let today = last.checked_add(days.days()).unwrap();
        let reckoned = standing::reckon(&state.setting, &state.in_force, today);
        let clauses = reckoned.clauses.iter();
        let stands = clauses.map(|clause| json!([clause.clause, clause.standing.key()]));
        json!({ "on": today.to_string(), "stands": stands.collect::<Vec<_>>() })
    });
    json!(on)
}

fn last_day(store: &dyn Store) -> Date {
    let last = line_at(store, store.head().unwrap().seq).unwrap().unwrap();
    Moment::from_micros(last.at).date()
}

/// The ledger of this version, where there is none yet.
fn add_own() {
    let release = ledgers().join(env!("CARGO_PKG_VERSION"));
    let file = release.join("ledger.jsonl");
    if file.exists() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let desk = story::tell(folder.path());
    let (state, kinds) = fold(desk.store());
    let all = include_str!("../../../../families/tests/shapes.txt");
    let missing: Vec<&str> = all.lines().filter(|kind| !kinds.contains(*kind)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "the story leaves these out");
    fs::create_dir_all(&release).unwrap();
    let mut text = Vec::new();
    export::write(desk.store(), &mut text).unwrap();
    fs::write(file, text).unwrap();
    fs::write(release.join("state.json"), pretty(&facts(&state))).unwrap();
    let stands = pretty(&standings(&state, last_day(desk.store())));
    fs::write(release.join("standings.json"), stands).unwrap();
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

#[test]
fn the_ledger_of_every_release_loads_checks_and_says_what_it_said() {
    if is_update() {
        add_own();
    }
    let mut seen = 0;
    for release in fs::read_dir(ledgers()).unwrap() {
        let release = release.unwrap().path();
        let file = release.join("ledger.jsonl");
        assert!(fs::metadata(&file).unwrap().len() <= BYTES_MAX);
        let folder = tempfile::tempdir().unwrap();
        let store = import(&file, folder.path());
        let (state, _) = fold(&store);
        assert_eq!(check(&store, &[]).unwrap().head, state.head);
        let kept = |name: &str| fs::read_to_string(release.join(name)).unwrap();
        assert_eq!(kept("state.json"), pretty(&facts(&state)), "{release:?}");
        let now = pretty(&standings(&state, last_day(&store)));
        if is_update() {
            fs::write(release.join("standings.json"), &now).unwrap();
        }
        assert_eq!(kept("standings.json"), now, "{release:?}");
        seen += 1;
    }
    assert!(seen >= 1);
}
