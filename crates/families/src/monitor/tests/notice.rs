//! monitor.notice: people are told that use is monitored.

use super::cast;
use crate::spine::{
    act::{Actor, Who},
    scenario::{MANAGER, Scenario},
    tongue::Tongue,
    view::View,
};

const NOTICE: &str = r#"
[[clause]]
id = "told"
section = "Monitoring"
text = "Every user is told that use may be monitored."
controls = ["monitor.notice", "monitor.use"]
values = { groups = ["staff", "children"], reasons = ["unusual activity", "network management"], covers = ["email"], keep = "30 days" }
"#;

#[test]
fn everybody_can_read_that_use_is_monitored_in_their_language() {
    let (s, _) = cast(NOTICE);
    for tongue in Tongue::ALL {
        let page = s.view(Who::Nobody, |view| {
            let who = Actor {
                tongue,
                ..view.who.clone()
            };
            let view = View { who: &who, ..*view };
            let line = crate::monitor::pages::line_for_signing_in(&view);
            let page = crate::families::pages()
                .find(|page| page.path == "/monitor/notice")
                .unwrap();
            let shown = (page.show)(&view, &crate::spine::page::Params::default());
            let crate::spine::page::Shown::Page(title, content) = shown else {
                panic!("a page")
            };
            format!("{}{title}{}", line.into_string(), content.into_string())
        });
        let title = tongue.say("monitor-notice-title");
        assert!(page.contains(&title), "{}: {page}", tongue.code());
        assert!(
            page.contains("30") && page.contains("network management") && page.contains("email"),
            "{page}"
        );
        assert!(page.contains(&tongue.say("monitor-sign-in")), "{page}");
    }
    let paper = s.page(Who::Nobody, "/monitor/notice/print", &[]);
    assert!(
        paper.contains("Larkrise Preschool") && paper.contains("wifi"),
        "{paper}"
    );
}

#[test]
fn where_nothing_is_monitored_nothing_is_said_of_it() {
    let s = Scenario::new();
    let line = s.view(Who::Nobody, |view| {
        crate::monitor::pages::line_for_signing_in(view).into_string()
    });
    assert!(line.is_empty());
    assert_eq!(
        s.page(Who::Nobody, "/monitor/notice/print", &[]),
        "nothing here"
    );
}

#[test]
fn the_groups_that_the_policy_names_are_told_why() {
    let (s, cast) = cast(NOTICE);
    let page = s.page(
        cast.tomos,
        "/policy/controls/{control}",
        &[("control", "monitor.notice")],
    );
    for said in [
        "unusual activity",
        "Our policy monitors too: email",
        "traced to you",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let page = s.page(
        MANAGER,
        "/policy/controls/{control}",
        &[("control", "monitor.notice")],
    );
    assert!(page.contains("children"), "{page}");
}
