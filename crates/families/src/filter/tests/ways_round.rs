//! filter.ways-round: ways round the filter are closed or raised.

use super::{cast, checks::tested, decide, evidence, open_site, propose};
use crate::{
    devices::kinds::Users,
    filter::{
        acts::evidence::Act,
        entries::What,
        kinds::{self, WAYS_ROUND},
        network::{Came, Network, Replay, Standing, Way},
        plan,
    },
    spine::{act::Who, scenario::MANAGER},
};
use expect_test::expect;

const CLOSED: &str = r#"
[[clause]]
id = "round"
section = "Filtering"
text = "Ways round the filter are closed."
controls = ["filter.ways-round"]
"#;

/// A way round that everybody knows.
const WAY: &str = "dns.google";

#[test]
fn no_way_round_is_opened_for_children_and_for_others_two_people_open_one() {
    assert_eq!(kinds::of_name(WAY), Some(WAYS_ROUND));
    let (mut scenario, kit, _) = cast(CLOSED);
    scenario.act(kit, propose(open_site(WAY), &[Users::Children]), expect!["refused by filter.ways-round (round): This leads round the filter, so it is not opened for children. Nobody can allow it. If somebody who works here needs it, propose it for them alone, with a last day."]);
    scenario.act(
        kit,
        propose(open_site(WAY), &[Users::Office]),
        expect!["filter.proposed"],
    );
    scenario.done(MANAGER, decide(1, true));
    let plan = plan::of(&scenario.setting, &scenario.in_force, scenario.now());
    let open = plan.exceptions.iter().find(|own| own.name == WAY);
    assert_eq!(
        open.map(|own| own.profiles.as_slice()),
        Some(["office".to_owned()].as_slice())
    );
    let page = scenario.page(kit, "/filter/ways-round", &[]);
    assert!(
        page.contains(WAY) && page.contains("It is needed for planning"),
        "{page}"
    );
}

#[test]
fn what_a_trial_found_open_is_owed_until_it_is_closed() {
    let (mut scenario, ..) = cast(CLOSED);
    let bad = tested(scenario.now(), 2);
    scenario.done(Who::Clock, evidence(Act::RecordTrial(Box::new(bad))));
    expect!["Close the 2 ways round that the filter found open by 2026-09-01: Kit Moor"]
        .assert_eq(&scenario.owed("filter.ways-round"));
    scenario.later(30);
    let good = tested(scenario.now(), 0);
    scenario.done(Who::Clock, evidence(Act::RecordTrial(Box::new(good))));
    assert_eq!(scenario.owed("filter.ways-round"), "");
}

struct Known;

impl Network for Known {
    fn standing(&self) -> Option<Standing> {
        None
    }

    fn ways_round(&self) -> Vec<Way> {
        let way = |name: &str, kind: &str, closed: bool| Way {
            name: name.to_owned(),
            what: "A way round".to_owned(),
            kind: kind.to_owned(),
            closed,
            how: "As it is".to_owned(),
        };
        vec![way("vpn.example", "vpn", true), way("", "hot-spot", false)]
    }

    fn doors(&self) -> Vec<Came> {
        Vec::new()
    }

    fn replay(&self, _: &What, _: &[Users]) -> Option<Replay> {
        None
    }
}

#[test]
fn the_catalogue_says_which_is_closed_and_which_is_told() {
    let (mut scenario, _, tomos) = cast(CLOSED);
    scenario.network = Box::new(Known);
    let page = scenario.page(tomos, "/filter/ways-round", &[]);
    for words in [
        "vpn.example",
        "Private networks (VPN)",
        "A hot spot, or mobile data",
        "Told",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}
