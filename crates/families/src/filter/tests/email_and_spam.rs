//! filter.email-and-spam: spam and junk mail are blocked and reported.

use super::{cast, evidence};
use crate::{
    filter::{
        acts::evidence::Act,
        entries::evidence::{Dmarc, MailLookedAt, SpamReported, Spf},
    },
    spine::{
        act::Who,
        control::Standpoint,
        page::Params,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

const JUNK: &str = r#"
[[clause]]
id = "junk"
section = "Email"
text = "Junk mail is blocked, and the mail provider is told of it."
controls = ["filter.email-and-spam"]
values = { report_to = "mail provider" }
"#;

fn named(domain: &str) -> crate::spine::act::Act {
    evidence(Act::NameMail {
        domain: domain.to_owned(),
        provider: "Vale Mail".to_owned(),
        selectors: vec!["mail".to_owned()],
    })
}

#[test]
fn what_is_missing_in_the_domain_is_said_in_plain_words() {
    let (mut scenario, kit, tomos) = cast(JUNK);
    let found = || {
        evidence(Act::RecordMail(MailLookedAt {
            domain: "larkrise.example".to_owned(),
            spf: Spf::Anybody,
            dkim: Vec::new(),
            dmarc: Dmarc::None,
        }))
    };
    scenario.act(
        Who::Clock,
        found(),
        expect!["mistake in domain: This is not the domain of the setting’s mail"],
    );
    scenario.act(
        kit,
        named("larkrise"),
        expect!["mistake in domain: “larkrise” is no name of a site, such as frogs.example.org"],
    );
    scenario.act(kit, named("larkrise.example"), expect!["filter.mail-named"]);
    scenario.act(kit, found(), expect!["not allowed: the program itself may"]);
    scenario.act(Who::Clock, found(), expect!["filter.mail-looked-at"]);
    let page = scenario.page(tomos, "/filter/mail", &[]);
    for words in [
        "The domain lets everybody send in its name",
        "end the line of SPF with -all or ~all",
        "No key was found",
        "Begin with one that only watches",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let none = named("");
    scenario.done(kit, none);
    let page = scenario.page(tomos, "/filter/mail", &[]);
    assert!(page.contains("has no domain of its own"), "{page}");
}

#[test]
fn junk_that_people_report_is_kept_with_to_whom_it_went() {
    let (mut scenario, _, tomos) = cast(JUNK);
    let form = Scenario::form("filter.report-spam");
    let to = scenario.view(tomos, |view| {
        (form.start)(view, &Params::default()).answers.text("to")
    });
    assert_eq!(to.as_deref(), Some("mail provider"));
    let spam = |what: &str| {
        evidence(Act::ReportSpam(SpamReported {
            what: what.to_owned(),
            to: "mail provider".to_owned(),
            opened: false,
        }))
    };
    scenario.act(
        tomos,
        spam("moon"),
        expect!["mistake in what: Choose one of those in the list"],
    );
    scenario.act(tomos, spam("phishing"), expect!["filter.spam-reported"]);
    expect!["Somebody pretends to be somebody else | mail provider | Tomos Reed | 1 September 2026, 09:05"]
        .assert_eq(&scenario.registered("filter.email-and-spam"));
    let running = scenario.in_force.find("filter.email-and-spam").unwrap();
    let notices = running.control.notices(&Standpoint {
        setting: &scenario.setting,
        bound: &running.bound,
        today: scenario.today(),
    });
    assert!(notices[0].says[0].starts_with("Report junk mail to the mail provider,"));
    assert!(
        scenario
            .page(MANAGER, "/filter/mail", &[])
            .contains("Tomos Reed")
    );
}
