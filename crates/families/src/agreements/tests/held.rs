//! agreements.acceptable-use: what waits until somebody has signed.

use super::{CLAUSES, issue, sign, with_account};
use crate::{
    agreements::{asks, bound::Covers},
    people::{acts::Act as People, group::Group},
    spine::{
        act::{Act, Actor, Person},
        door,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::{moment::plus_days, standing::Standing};
use proptest::prelude::*;

fn held(s: &Scenario, person: Person) -> bool {
    door::held(&s.setting, &s.in_force, person, s.today()).is_some()
}

fn sent_to(s: &Scenario, person: Person, path: &str) -> Option<&'static str> {
    let who = Actor::person_only(person);
    door::instead_of(path, &who, &s.setting, &s.in_force, s.today())
}

fn open_room(name: &str) -> Act {
    Act::People(People::OpenRoom {
        name: name.to_owned(),
    })
}

#[test]
fn after_the_days_of_grace_everything_waits_until_the_agreement_is_signed() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, issue(Group::Staff));
    s.on(2026, 9, 11);
    assert_eq!(s.standing("sign"), Standing::Due);
    s.act(MANAGER, open_room("Robins"), expect!["people.room-named"]);
    s.on(2026, 9, 12);
    assert_eq!(s.standing("sign"), Standing::Breached);
    s.act(MANAGER, open_room("Wrens"), expect!["refused by agreements.acceptable-use (sign, kind): You have not signed the agreement for staff. There were 10 days to do it, until 11 September 2026. Nobody can allow it. Read the agreement and sign it: go to “Agreements”. After that everything is open to you again."]);
    assert_eq!(sent_to(&s, MANAGER, "/people"), Some("/agreements"));
    assert_eq!(sent_to(&s, MANAGER, "/agreementsx"), Some("/agreements"));
    for open in ["/agreements", "/agreements/staff/sign", "/account"] {
        assert_eq!(sent_to(&s, MANAGER, open), None, "{open}");
    }
    s.done(
        MANAGER,
        Act::Access(crate::access::acts::Act::RecordSignOut),
    );
    s.done(MANAGER, sign(Group::Staff, 1));
    s.act(MANAGER, open_room("Wrens"), expect!["people.room-named"]);
    assert_eq!(sent_to(&s, MANAGER, "/people"), None);
    assert_eq!(s.standing("sign"), Standing::Met);
}

#[test]
fn a_new_version_asks_everyone_again_and_gives_them_time() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, issue(Group::Staff));
    s.done(MANAGER, sign(Group::Staff, 1));
    s.on(2027, 1, 4);
    let changed = CLAUSES.replace("are put away while", "stay in the office while");
    s.adopt(&format!("[policy]\ntitle = \"P\"\n{changed}"));
    s.done(MANAGER, issue(Group::Staff));
    assert!(!held(&s, MANAGER));
    let may = |s: &Scenario| asks::may(&s.setting, &s.in_force, MANAGER, Covers::Device, s.today());
    assert_eq!(may(&s), None);
    s.on(2027, 1, 15);
    assert!(held(&s, MANAGER));
    assert_eq!(may(&s).map(|open| open.version), Some(2));
}

#[test]
fn somebody_who_joins_a_group_later_has_the_same_time_as_everybody() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let ivo = with_account(&mut s, "Ivo Marsh", "ivo", Group::Parent);
    s.done(MANAGER, issue(Group::Staff));
    s.done(MANAGER, sign(Group::Staff, 1));
    s.on(2027, 3, 1);
    s.done(MANAGER, Act::People(People::JoinGroup(ivo, Group::Staff)));
    assert!(!held(&s, ivo));
    s.on(2027, 3, 11);
    assert!(!held(&s, ivo));
    s.on(2027, 3, 12);
    assert!(held(&s, ivo));
    s.done(MANAGER, Act::People(People::LeaveGroup(ivo, Group::Staff)));
    assert!(!held(&s, ivo));
}

#[test]
fn groups_of_which_a_policy_names_only_some_sign_when_they_want_to_use_something() {
    let often = r#"
[[clause]]
id = "often"
section = "Visitors"
text = "Visitors who come often sign before they use the internet."
controls = ["agreements.acceptable-use"]
values = { groups = ["staff", "regular visitors"], covers = ["internet in the setting"] }
"#;
    let mut s = Scenario::with_clauses(often);
    let sol = s.person("Sol Reed", &[Group::Visitor]);
    s.done(MANAGER, issue(Group::Visitor));
    assert_eq!(
        s.owed("agreements.acceptable-use")
            .matches("visitors")
            .count(),
        0
    );
    let may = |s: &Scenario, covers| asks::may(&s.setting, &s.in_force, sol, covers, s.today());
    assert!(may(&s, Covers::Internet).is_some());
    assert!(may(&s, Covers::Account).is_none());
    s.on(2027, 1, 4);
    assert!(!held(&s, sol));
}

#[test]
fn the_words_of_a_policy_say_what_is_refused() {
    use Covers::{Account, Device, Internet, OwnPhone, Platform, Website};
    for (words, covers) in [
        ("computer system", vec![Account, Device]),
        ("IT resources", vec![Account, Device, Internet]),
        ("internet in the setting", vec![Internet]),
        ("systems", vec![Account]),
        ("website", vec![Website]),
        ("learning platform", vec![Platform]),
        ("setting's devices", vec![Device]),
        ("mobile phone use at the setting", vec![OwnPhone]),
        ("the moon", vec![Account, Device, Internet, Platform]),
    ] {
        assert_eq!(Covers::read(words), covers, "{words}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Versions, people and days in any order: whoever has signed the current version is never
    /// held; whoever has not is held after the grace, and not a day earlier.
    #[test]
    fn nobody_is_held_who_has_signed_and_nobody_passes_who_has_not(
        steps in prop::collection::vec((0..4_u8, 0..3_usize, 1..9_i64), 1..14)
    ) {
        let mut s = Scenario::with_clauses(CLAUSES);
        let people: Vec<Person> = ["Ivo Marsh", "Ada Wick", "Sol Reed"].iter().map(|name| s.person(name, &[Group::Staff])).collect();
        let mut word = 0;
        let mut issued = None;
        let mut signed = [0_u32; 3];
        for (what, who, days) in steps {
            let next = plus_days(s.today(), days);
            s.on(next.year(), next.month(), next.day());
            match what {
                0 => {
                    word += 1;
                    let intro = format!("Version {word}.");
                    // The manager signs too, so as never to be held.
                    if held(&s, MANAGER) {
                        let current = s.setting.agreements.current(Group::Staff).unwrap().says.number;
                        s.done(MANAGER, sign(Group::Staff, current));
                    }
                    s.done(MANAGER, super::act(crate::agreements::acts::Act::Issue { group: Group::Staff, intro }));
                    issued = Some((word, s.today()));
                }
                1 | 2 => if let Some((version, _)) = issued
                    && signed[who] != version {
                        s.done(people[who], sign(Group::Staff, version));
                        signed[who] = version;
                }
                _ => {}
            }
            for (place, person) in people.iter().enumerate() {
                let expected = issued.is_some_and(|(version, day)| signed[place] != version && plus_days(day, 10) < s.today());
                prop_assert_eq!(held(&s, *person), expected);
                prop_assert_eq!(sent_to(&s, *person, "/people").is_some(), expected);
            }
        }
    }
}
