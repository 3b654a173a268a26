//! filter.provider: the connection and its filtering are provided and maintained by named parties.

use super::{cast, evidence};
use crate::{
    filter::{
        acts::evidence::Act,
        entries::evidence::{Accredited, Provider},
    },
    spine::act::Act as AnyAct,
};
use expect_test::expect;
use kernel::moment::Date;

const NAMED: &str = r#"
[[clause]]
id = "named"
section = "Filtering"
text = "A broadband provider supplies the connection; its filtering was accredited in 2007."
controls = ["filter.provider"]
values = { providers = ["broadband provider"], accredited_by = "BECTA", review_every = "six months" }
"#;

fn vale(standings: &[(&str, Date)]) -> AnyAct {
    let about = Provider {
        name: "Vale Broadband".to_owned(),
        does: vec!["broadband".to_owned(), "filtering".to_owned()],
        contact: "01632 960 500".to_owned(),
        contract: "VB-7".to_owned(),
        until: Some(Date::constant(2027, 8, 31)),
        standings: standings
            .iter()
            .map(|(what, until)| Accredited {
                what: (*what).to_owned(),
                until: *until,
            })
            .collect(),
        named: "broadband provider".to_owned(),
    };
    evidence(Act::NameProvider {
        provider: None,
        about: Box::new(about),
    })
}

#[test]
fn each_provider_that_the_policy_names_is_put_on_record() {
    let (mut scenario, kit, tomos) = cast(NAMED);
    expect!["Record who our “broadband provider” is by 2026-09-15: Maya Lin"]
        .assert_eq(&scenario.owed("filter.provider"));
    let page = scenario.page(tomos, "/filter/providers", &[]);
    assert!(
        page.contains("nobody has said who they are: broadband provider"),
        "{page}"
    );
    scenario.act(kit, vale(&[]), expect!["filter.provider-named"]);
    // What the policy says of an accreditation is looked at, since it was long ago.
    expect!["Record what Vale Broadband is accredited for now; our policy speaks of BECTA by 2026-09-15: Maya Lin"]
        .assert_eq(&scenario.owed("filter.provider"));
    let none = evidence(Act::NameProvider {
        provider: None,
        about: Box::new(Provider {
            name: "Nobody".to_owned(),
            contact: "–".to_owned(),
            ..Provider::default()
        }),
    });
    scenario.act(
        kit,
        none,
        expect!["mistake in does: Choose what they provide"],
    );
}

#[test]
fn what_ends_is_asked_about_before_and_each_is_looked_back_on() {
    let (mut scenario, kit, tomos) = cast(NAMED);
    scenario.done(kit, vale(&[("iwf", Date::constant(2026, 11, 30))]));
    assert_eq!(scenario.owed("filter.provider"), "");
    scenario.on(2026, 11, 1);
    expect!["Ask Vale Broadband whether it goes on: member of the Internet Watch Foundation by 2026-11-30: Maya Lin"]
        .assert_eq(&scenario.owed("filter.provider"));
    scenario.on(2027, 2, 1);
    expect![[r#"
        Ask Vale Broadband whether it goes on: member of the Internet Watch Foundation by 2026-11-30: Maya Lin (late)
        Review the connection and its filtering with Vale Broadband by 2027-03-01: Maya Lin"#]]
    .assert_eq(&scenario.owed("filter.provider"));
    let page = scenario.page(tomos, "/filter/providers", &[]);
    assert!(page.contains("Over"), "{page}");
    let review = evidence(Act::ReviewProvider {
        provider: 1,
        found: "Nothing is to change".to_owned(),
    });
    scenario.act(kit, review, expect!["filter.provider-reviewed"]);
    let end = evidence(Act::EndProvider {
        provider: 1,
        why: "The contract is over".to_owned(),
    });
    scenario.act(kit, end.clone(), expect!["filter.provider-ended"]);
    scenario.act(
        kit,
        end,
        expect!["mistake in provider: There is no such provider"],
    );
    expect!["Vale Broadband | The broadband line; Filtering | 01632 960 500 | VB-7 | 2027-08-31 | Member of the Internet Watch Foundation, until 30 November 2026 | 1 February 2027, 09:00 | 1 February 2027, 09:01"]
        .assert_eq(&scenario.registered("filter.provider"));
}
