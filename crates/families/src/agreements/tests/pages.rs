//! Pages of agreements: who sees what, and what is signed without a log-in.

use super::{CLAUSES, act, issue, open_kiosk};
use crate::{
    agreements::{acts::Act as Agreements, texts},
    people::group::Group,
    spine::{
        act::Who,
        page::Params,
        scenario::{MANAGER, Scenario},
    },
};

fn issued() -> Scenario {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, issue(Group::Staff));
    s.done(MANAGER, issue(Group::Visitor));
    s
}

#[test]
fn a_parent_reads_the_childrens_agreement_and_not_that_of_staff() {
    let mut s = issued();
    s.done(MANAGER, issue(Group::Child));
    let ada = s.person("Ada Finch", &[Group::Parent]);
    let page = |group| s.page(ada, "/agreements/{group}", &[("group", group)]);
    assert_eq!(page("staff"), "nothing here");
    assert!(page("child").contains("We") || page("child").contains("I am kind."));
    let list = s.page(ada, "/agreements", &[]);
    assert!(!list.contains("The agreement of each group"), "{list}");
}

#[test]
fn a_code_opens_what_its_owner_signs_and_names_nobody() {
    let mut s = issued();
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    let code = texts::digest("ABCD23");
    s.done(MANAGER, act(Agreements::GiveCode { person: ivo, code }));
    let page = |code| s.page(Who::Nobody, "/sign", &[("code", code)]);
    assert!(page("abcd-23").contains("I work here"));
    assert!(!page("abcd-23").contains("Ivo"));
    assert!(page("abcd-24").contains("does not fit"));
    let form = Scenario::form("agreements.sign-with-code");
    let opens = |code: &str, group: &str| {
        let words = [("code", code), ("group", group)];
        let params = Params(
            words
                .map(|(name, word)| (name.to_owned(), word.to_owned()))
                .into(),
        );
        s.view(Who::Nobody, |view| !(form.start)(view, &params).not_here)
    };
    assert!(opens("ABCD 23", "staff"));
    assert!(!opens("ABCD23", "visitor") && !opens("ABCD24", "staff"));
}

#[test]
fn the_kiosk_offers_each_agreement_and_nothing_else() {
    let mut s = issued();
    open_kiosk(&mut s);
    let page = s.page(Who::Kiosk(1), "/kiosk/sign", &[]);
    assert!(
        page.contains("I am visiting") && page.contains("I work here"),
        "{page}"
    );
    assert!(!page.contains("Maya"), "{page}");
    assert_eq!(s.page(MANAGER, "/kiosk/sign", &[]), "not allowed");
    assert_eq!(s.page(Who::Kiosk(1), "/agreements", &[]), "not allowed");
}

#[test]
fn every_page_is_drawn_with_and_without_agreements() {
    let bare = Scenario::new();
    let full = issued();
    for s in [&bare, &full] {
        for page in super::super::pages::PAGES {
            for group in ["staff", "visitor", "nonsense"] {
                let params = [
                    ("group", group),
                    ("version", "1"),
                    ("seq", "2"),
                    ("person", "1"),
                    ("event", "1"),
                ];
                let drawn = s.page(MANAGER, page.path, &params);
                assert!(!drawn.is_empty(), "{}", page.path);
            }
        }
    }
}
