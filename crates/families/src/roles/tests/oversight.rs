//! roles.oversight: the committee or governors are kept informed.

use super::{make, meet, meeting, present, report};
use crate::{
    people::group::Group,
    roles::{acts::NewReport, entries::Listener, role::Role},
    spine::{
        act::Person,
        control::Standpoint,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::standing::Standing;

const CLAUSES: &str = r#"
[[clause]]
id = "report"
section = "Committee"
text = "The named committee member gives the committee a report every 3 months."
controls = ["roles.oversight"]
values = { report_every = "3 months", to = "committee", by = "named committee member for safeguarding" }

[[clause]]
id = "meet"
section = "Committee"
text = "The lead and the named committee member sit down together regularly."
controls = ["roles.oversight"]
values = { meet_every = "regularly", to = "named committee member for safeguarding" }
"#;

fn with_committee() -> (Scenario, Person) {
    let mut scenario = Scenario::with_clauses(CLAUSES);
    let named = scenario.holder("Ada Moss", Group::Committee, Role::NamedMember);
    (scenario, named)
}

#[test]
fn a_report_is_owed_on_schedule_by_whom_the_policy_names() {
    let (mut scenario, _) = with_committee();
    scenario.on(2026, 11, 2);
    assert_eq!(scenario.standing("report"), Standing::Met);
    scenario.on(2026, 11, 3);
    assert_eq!(scenario.standing("report"), Standing::Due);
    expect![[r#"
        Choose the period between meetings for “The committee or governors are kept informed” by 2026-09-29: Maya Lin (late)
        Make the oversight report by 2026-12-01: Ada Moss"#]].assert_eq(&scenario.owed("roles.oversight"));
    scenario.on(2026, 12, 2);
    assert_eq!(scenario.standing("report"), Standing::Breached);
}

#[test]
fn a_report_that_was_made_is_presented_and_what_was_decided_is_kept() {
    let (mut scenario, named) = with_committee();
    scenario.on(2026, 11, 10);
    scenario.act(named, make(report()), expect!["roles.report-made"]);
    expect![[r#"
        Choose the period between meetings for “The committee or governors are kept informed” by 2026-09-29: Maya Lin (late)
        Present report 1 to the committee, governors or trustees and record what was decided by 2026-12-08: Ada Moss"#]].assert_eq(&scenario.owed("roles.oversight"));
    scenario.act(
        named,
        make(report()),
        expect!["mistake in to: There is a report up to this day already. Choose a later day"],
    );
    scenario.act(
        named,
        present(7, Listener::Committee, "x"),
        expect!["mistake in report: There is no report of this number"],
    );
    scenario.act(
        named,
        present(1, Listener::Management, "Nothing."),
        expect!["roles.report-presented"],
    );
    assert_eq!(scenario.standing("report"), Standing::Due);
    scenario.act(
        named,
        present(1, Listener::Committee, "Buy locks."),
        expect!["roles.report-presented"],
    );
    scenario.act(
        named,
        present(1, Listener::Committee, "Buy locks."),
        expect!["mistake in to: It is recorded already that this report was presented to them"],
    );
    assert_eq!(scenario.standing("report"), Standing::Met);
    let page = scenario.page(named, "/reports/oversight/{number}", &[("number", "1")]);
    assert!(page.contains("Buy locks."));
}

#[test]
fn the_report_never_changes_after_it_was_made() {
    let (mut scenario, named) = with_committee();
    scenario.on(2026, 11, 10);
    scenario.done(named, make(report()));
    let page = |scenario: &Scenario| {
        scenario.page(named, "/reports/oversight/{number}", &[("number", "1")])
    };
    let then = page(&scenario);
    scenario.on(2027, 3, 1);
    scenario.holder("Sam Reed", Group::Staff, Role::DeputyLead);
    scenario.done(named, meet(meeting(MANAGER, named)));
    assert_eq!(page(&scenario), then);
}

#[test]
fn no_child_is_named_in_a_report() {
    let (mut scenario, named) = with_committee();
    scenario.person("Anna Fell", &[Group::Child]);
    let says = |says: &str| {
        make(NewReport {
            says: Some(says.to_owned()),
            ..NewReport::default()
        })
    };
    scenario.act(named, says("Anna  FELL saw a picture."), expect!["mistake in says: This names a child. The committee does not need to know who it is: write “a child” instead"]);
    scenario.act(
        named,
        says("A child saw a picture."),
        expect!["roles.report-made"],
    );
    scenario.act(
        named,
        present(1, Listener::Committee, "Talk to anna fell."),
        expect!["mistake in decided: This names a child. The committee does not need to know who it is: write “a child” instead"],
    );
    let page = scenario.page(MANAGER, "/reports/oversight/{number}", &[("number", "1")]);
    assert!(page.contains("A child saw a picture.") && !page.contains("Anna"));
}

#[test]
fn the_report_shows_what_is_there_and_nothing_else() {
    let (mut scenario, named) = with_committee();
    scenario.on(2026, 11, 10);
    scenario.done(named, meet(meeting(MANAGER, named)));
    scenario.done(
        named,
        make(NewReport {
            asks: Some("Buy locks\nMeet monthly".to_owned()),
            ..report()
        }),
    );
    let text = scenario.view(named, |view| {
        let report = view.setting.roles.report(1).unwrap();
        let source = crate::roles::report::document::Source::made(report, None);
        format!(
            "{:#?}",
            crate::roles::report::document::document(view, &source).blocks
        )
    });
    expect![[r#"
        [
            Heading(
                "In short",
            ),
            Paragraph(
                "Of 2 clauses, 0 are met.",
            ),
            Paragraph(
                "One thing is late.",
            ),
            Heading(
                "How the policy stands",
            ),
            Table(
                Table {
                    caption: "Clauses by part of the policy and standing",
                    head: [
                        "Part of the policy",
                        "Clauses",
                        "Breached",
                        "Due",
                        "Needs a person’s word",
                        "Met",
                        "Not in use",
                        "Not in this version",
                    ],
                    rows: [
                        [
                            "People and roles",
                            "2",
                            "1",
                            "1",
                            "0",
                            "0",
                            "0",
                            "0",
                        ],
                    ],
                    numeric: [
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7,
                    ],
                },
            ),
            Heading(
                "What happened to the policy",
            ),
            List(
                [
                    "1 September 2026: version 1 was adopted",
                ],
            ),
            Heading(
                "What is owed",
            ),
            Paragraph(
                "2 to do, 1 of it late.",
            ),
            Table(
                Table {
                    caption: "What is owed, the most urgent first",
                    head: [
                        "What",
                        "Who",
                        "By",
                        "Standing",
                    ],
                    rows: [
                        [
                            "Choose the period between meetings for “The committee or governors are kept informed”",
                            "Manager",
                            "29 September 2026",
                            "Late",
                        ],
                        [
                            "Make the oversight report",
                            "Committee member for safeguarding",
                            "1 December 2026",
                            "In time",
                        ],
                    ],
                    numeric: [],
                },
            ),
            Heading(
                "Who leads",
            ),
            Table(
                Table {
                    caption: "Roles and who held them when the report was made",
                    head: [
                        "Role",
                        "Who",
                    ],
                    rows: [
                        [
                            "Manager",
                            "Maya Lin",
                        ],
                        [
                            "Designated safeguarding lead",
                            "Maya Lin",
                        ],
                        [
                            "Committee member for safeguarding",
                            "Ada Moss",
                        ],
                    ],
                    numeric: [],
                },
            ),
            Heading(
                "Meetings of the lead and the committee",
            ),
            List(
                [
                    "10 November 2026: Maya Lin and Ada Moss",
                ],
            ),
            Heading(
                "Who is here",
            ),
            Facts(
                [
                    (
                        "Staff",
                        "1",
                    ),
                    (
                        "Committee",
                        "1",
                    ),
                    (
                        "Grown-ups who came in this time",
                        "2",
                    ),
                    (
                        "Grown-ups who left in this time",
                        "0",
                    ),
                ],
            ),
            Heading(
                "Decisions asked for",
            ),
            Numbered(
                [
                    "Buy locks",
                    "Meet monthly",
                ],
            ),
            Heading(
                "Where this comes from",
            ),
            Facts(
                [
                    (
                        "Ledger",
                        "Entry 10",
                    ),
                ],
            ),
        ]"#]].assert_eq(&text);
}

#[test]
fn the_lead_and_the_committee_member_meet_and_record_it() {
    let (mut scenario, named) = with_committee();
    let joe = scenario.person("Joe Fell", &[Group::Parent]);
    scenario.on(2026, 12, 1);
    expect![[r#"
        Choose the period between meetings for “The committee or governors are kept informed” by 2026-09-29: Maya Lin (late)
        Make the oversight report by 2026-12-01: Ada Moss"#]].assert_eq(&scenario.owed("roles.oversight"));
    scenario.act(joe, meet(meeting(MANAGER, named)), expect!["not allowed: the manager, the deputy manager, the designated safeguarding lead, the deputy safeguarding lead, the chair of the committee or the committee member for safeguarding may"]);
    scenario.act(named, meet(meeting(named, named)), expect!["mistake in lead: Choose somebody who leads on safeguarding or online safety, or manages"]);
    scenario.act(
        named,
        meet(meeting(MANAGER, joe)),
        expect!["mistake in with: Choose a member of the committee"],
    );
    scenario.act(
        named,
        meet(meeting(MANAGER, named)),
        expect!["roles.meeting-recorded"],
    );
    expect![[r#"
        Choose the period between meetings for “The committee or governors are kept informed” by 2026-09-29: Maya Lin (late)
        Make the oversight report by 2026-12-01: Ada Moss"#]].assert_eq(&scenario.owed("roles.oversight"));
    // How often "regularly" is still has to be chosen.
    assert_eq!(scenario.standing("meet"), Standing::Breached);
}

#[test]
fn the_register_keeps_reports_and_meetings_in_order() {
    let (mut scenario, named) = with_committee();
    scenario.done(named, meet(meeting(MANAGER, named)));
    scenario.done(named, make(report()));
    scenario.done(named, present(1, Listener::Committee, "Nothing."));
    let running = scenario.in_force.find("roles.oversight").unwrap();
    let register = running
        .control
        .register(&Standpoint {
            setting: &scenario.setting,
            bound: &running.bound,
            today: scenario.today(),
        })
        .unwrap();
    assert_eq!(register.rows.len(), 3);
    assert!(register.rows.is_sorted_by_key(|row| row.seq));
}

#[test]
fn the_number_of_everything_that_stands_in_a_report_adds_up() {
    for template in crate::policy::templates::TEMPLATES {
        let mut scenario = Scenario::with_template(template.name);
        let standings = scenario.standings();
        let open = standings
            .duties
            .iter()
            .filter(|owed| owed.duty.is_open(scenario.today()))
            .count();
        scenario.done(MANAGER, make(report()));
        let facts = &scenario.setting.roles.report(1).unwrap().facts;
        let all: u32 = facts.clauses.values().sum();
        assert_eq!(
            all,
            u32::try_from(scenario.in_force.document.clauses.len()).unwrap()
        );
        assert_eq!(facts.open + facts.late, u32::try_from(open).unwrap());
    }
}
