//! Whether the filter does what it says: clauses that ask for it, providers, lines and devices beside
//! it, checks by hand of which one found something, trials of the filter itself, a list by two
//! people, junk mail, a page that was reported, and the yearly review.

use super::{
    calendar::Days,
    names,
    stage::{By, Story},
};
use anyhow::Context;
use families::{
    devices::kinds::Users,
    filter::{
        acts::{Act as Filter, evidence::Act as Evidence},
        entries::{
            Subscription, What,
            evidence::{
                Accredited, Came, Dmarc, Door, ListFound, ListsFound, MailLookedAt, Part, Provider,
                SpamReported, Spf, Tested,
            },
        },
    },
    policy::acts::Act as Policy,
    spine::act::Act,
};
use kernel::moment::{Moment, plus_days};

const MANAGER: By = By::Person(names::MANAGER);
const LEAD: By = By::Person(names::DEPUTY_MANAGER);
const TECHNICAL: By = By::Person(names::TECHNICAL_LEAD);

const SECTION: &str = "7.3 Filtering and monitoring";

/// Words, control, values.
const CLAUSES: [(&str, &str, &str); 4] = [
    (
        "Where the filter sees pages, it also judges what they say: self-harm, suicide, hatred, extremism and sexual content are closed to children.",
        "filter.content",
        "themes = self-harm; suicide; hatred; extremism; sexual content\nthreshold = 80",
    ),
    (
        "Ways round the filter are closed to children, and tried again every night.",
        "filter.ways-round",
        "",
    ),
    (
        "When the filter fails, nothing opens, and the safeguarding lead is told.",
        "filter.closed-on-failure",
        "",
    ),
    (
        "We know what our filter covers and what it does not, and review it with the committee every year.",
        "filter.coverage",
        "",
    ),
];

/// Adds the clauses to the draft.
pub(super) fn clauses(story: &mut Story, at: Moment) {
    for (minute, (text, control, values)) in (0_i64..).zip(CLAUSES) {
        let at = at.plus_minutes(minute * 4);
        story.act(at, MANAGER, move |_| {
            Ok(Act::Policy(Policy::AddClause {
                section: SECTION.to_owned(),
                text: text.to_owned(),
                after: None,
            }))
        });
        story.look(at.plus_minutes(2), MANAGER, move |view, _| {
            let draft = view.setting.policy.draft().context("there is no draft")?;
            let mut all = draft.document.clauses.iter();
            let found = all.find(|clause| clause.text == text);
            let clause = found.context("the draft has no such clause")?.id.clone();
            let values = Some(values.to_owned()).filter(|values| !values.is_empty());
            Ok(vec![Act::Policy(Policy::Bind {
                clause,
                controls: vec![control.to_owned()],
                values,
            })])
        });
    }
}

/// What was done since.
pub(super) fn tell(story: &mut Story, days: &Days) {
    providers(story, days);
    lines(story, days);
    lists(story, days);
    trials(story, days);
    checks(story, days);
    mail(story, days);
    reported(story, days);
    reviewed(story, days);
}

fn act(story: &mut Story, at: Moment, by: By, act: Evidence) {
    story.act(at, by, move |_| Ok(Act::Filter(Filter::Evidence(act))));
}

fn providers(story: &mut Story, days: &Days) {
    let until = |days_on: i64| plus_days(days.today, days_on);
    let standing = |what: &str, days_on: i64| Accredited {
        what: what.to_owned(),
        until: until(days_on),
    };
    let all = [
        (
            Provider {
                name: "Marrowfield Broadband".to_owned(),
                does: vec!["broadband".to_owned(), "filtering".to_owned()],
                contact: "01632 960 870, weekdays from 7 to 19".to_owned(),
                contract: "HL-22".to_owned(),
                until: Some(until(200)),
                standings: vec![
                    standing("iwf", 31),
                    standing("iwf-list", 200),
                    standing("ctiru", 200),
                    standing("uksic", 120),
                ],
                named: "broadband provider".to_owned(),
            },
            190,
        ),
        (
            Provider {
                name: "Quarry Street Computers".to_owned(),
                does: vec!["support".to_owned()],
                contact: "01632 960 871".to_owned(),
                contract: "By the hour".to_owned(),
                standings: vec![standing("cyber-essentials", 250)],
                named: "county schools ICT support".to_owned(),
                ..Provider::default()
            },
            189,
        ),
        (
            Provider {
                name: "Larch Mail".to_owned(),
                does: vec!["mail".to_owned()],
                contact: "help@larchmail.example".to_owned(),
                until: Some(until(420)),
                ..Provider::default()
            },
            188,
        ),
    ];
    for (about, ago) in all {
        let name = Evidence::NameProvider {
            provider: None,
            about: Box::new(about),
        };
        act(story, days.ago(ago, 11, 30), MANAGER, name);
    }
    let review = Evidence::ReviewProvider {
        provider: 1,
        found: "Rang their desk. What they close fits children under five; they sent the new certificate. Back-up line is not filtered by them.".to_owned(),
    };
    act(story, days.ago(40, 10, 40), MANAGER, review);
}

fn lines(story: &mut Story, days: &Days) {
    let line = |name: &str, kind: &str, filtered: &str, how: &str| Evidence::RecordLine {
        name: name.to_owned(),
        kind: kind.to_owned(),
        filtered: filtered.to_owned(),
        how: how.to_owned(),
    };
    let all = [
        line(
            "Fibre of Marrowfield Broadband",
            "broadband",
            "here",
            "The router gives our filter as the only name server.",
        ),
        line(
            "Wifi for visitors",
            "guests",
            "here",
            "On its own network, with the rules for visitors.",
        ),
        line(
            "Hot spot of the outings phone",
            "hotspot",
            "not",
            "Switched off. Only for ringing home from an outing; no child’s device knows its password.",
        ),
    ];
    for (minute, act_of_line) in (0_i64..).zip(all) {
        let at = days.ago(186, 14, 0).plus_minutes(minute * 5);
        act(story, at, TECHNICAL, act_of_line);
    }
    let doors = [
        (
            1,
            Door::Inspected,
            "Set up by Callum; the tablet trusts our authority",
        ),
        (5, Door::Names, ""),
        (8, Door::Not, "Has its own SIM; in the safe but for outings"),
    ];
    for (minute, (device, door, note)) in (0_i64..).zip(doors) {
        let record = Evidence::RecordDoor {
            device,
            door,
            note: note.to_owned(),
        };
        let at = days.ago(185, 10, 0).plus_minutes(minute * 10);
        act(story, at, TECHNICAL, record);
    }
}

/// A list that two people chose, and one whose newer version is held back.
fn lists(story: &mut Story, days: &Days) {
    for (number, (name, kind, ago)) in (0_i64..).zip([
        ("Casinos of Hazel Lists", "gambling", 28),
        ("Piracy of Hazel Lists", "piracy", 27),
    ]) {
        let list = Subscription {
            name: name.to_owned(),
            address: format!("https://hazel-lists.example/{kind}.txt"),
            kind: kind.to_owned(),
            form: "plain".to_owned(),
            licence: "CC BY 4.0".to_owned(),
            attribution: "Hazel Lists".to_owned(),
        };
        let propose = Filter::Propose {
            what: What::AddList { list },
            users: Vec::new(),
            until: None,
            reason: "What comes with the filter has few names of this kind.".to_owned(),
            risk: "Callum tried it against the sites that we use: none is on it.".to_owned(),
        };
        let at = days.ago(ago, 9, 30).plus_minutes(number);
        story.act(at, TECHNICAL, move |_| Ok(Act::Filter(propose)));
        story.look(at.plus_minutes(150), MANAGER, |view, _| {
            let waiting = view.setting.filter.waiting().next();
            let change = waiting.context("no change waits")?.proposed.change;
            Ok(vec![Act::Filter(Filter::Decide {
                change,
                approve: true,
                why: "Looked at it with Callum".to_owned(),
            })])
        });
    }
    let found = |at: Moment, held: Option<&str>| {
        let list = |name: &str, kind: &str, names: u64, held: Option<&str>| ListFound {
            name: name.to_owned(),
            kind: kind.to_owned(),
            names,
            fetched: Some(at.plus_hours(-2)),
            checked: Some(at.plus_hours(-1)),
            held: held.map(str::to_owned),
        };
        Evidence::RecordLists(Box::new(ListsFound {
            at,
            lists: vec![
                list("Casinos of Hazel Lists", "gambling", 9_412, None),
                list("Piracy of Hazel Lists", "piracy", 2_660, held),
            ],
        }))
    };
    let before = days.ago(20, 3, 0);
    act(story, before, By::Filter, found(before, None));
    let now = days.ago(0, 3, 0);
    let short = "It is much shorter than before: 41 names, and had 2,660";
    act(story, now, By::Filter, found(now, Some(short)));
}

/// The filter tried itself: each night of the last weeks, once with a fault.
fn trials(story: &mut Story, days: &Days) {
    for ago in (0..21).rev() {
        let at = days.ago(ago, 2, 10);
        let wrong = u64::from(ago == 13);
        act(story, at, By::Filter, trial(at, "night", wrong));
        if wrong > 0 {
            // It was a list that had lost a name; the next one was whole again.
            let at = at.plus_minutes(400);
            act(story, at, By::Filter, trial(at, "asked", 0));
        }
    }
}

fn trial(at: Moment, occasion: &str, wrong: u64) -> Evidence {
    let part = |profile: &str, what: &str, tried: u64, wrong: u64| Part {
        profile: profile.to_owned(),
        what: what.to_owned(),
        tried,
        wrong,
    };
    let kinds = [
        "gambling",
        "piracy",
        "social",
        "chat",
        "personal-mail",
        "ai",
    ];
    let mut parts: Vec<Part> = ["children", "staff", "office", "visitors"]
        .into_iter()
        .flat_map(|profile| kinds.map(|kind| part(profile, kind, 25, 0)))
        .collect();
    parts.extend([
        part("children", "video", 25, wrong),
        part("children", "ways-round", 286, 0),
        part("children", "safe-search", 24, 0),
        part("children", "must-stay-open", 612, 0),
    ]);
    Evidence::RecordTrial(Box::new(Tested {
        at,
        occasion: occasion.to_owned(),
        tried: 5_214,
        wrong,
        findings: (0..wrong)
            .map(|_| "films.example is open for 'children'".to_owned())
            .collect(),
        not_covered: vec!["'hate' for 'children'".to_owned()],
        over_blocked: Vec::new(),
        faults: Some((212, 211)),
        parts,
        millis: 6_900,
        lists: 31,
    }))
}

/// Checks by hand: of a tablet, where a film site was not restricted; of it again; of a laptop.
fn checks(story: &mut Story, days: &Days) {
    let all = [
        (75, 1, Some("video")),
        (71, 1, None),
        (26, 2, None),
        (22, 6, None),
    ];
    for (ago, device, wrong) in all {
        let at = days.ago(ago, 16, 45);
        act(story, at, LEAD, Evidence::BeginCheck { device });
        story.look(at.plus_minutes(7), LEAD, move |view, _| {
            let known = view.setting.filter.evidence();
            let check = known.checks().next_back().context("no check was begun")?;
            let steps = check.begun.steps.iter();
            let take = steps.map(|step| {
                let (came, note) = match step.as_str() {
                    own if wrong == Some(own) => (
                        Came::Wrong,
                        "Restricted mode was off: the app of the site asks another name",
                    ),
                    "language-page" => (Came::NotTried, "Pages are not looked into here"),
                    _ => (Came::Right, ""),
                };
                Act::Filter(Filter::Evidence(Evidence::TakeStep {
                    check: check.begun.check,
                    step: step.clone(),
                    came,
                    note: note.to_owned(),
                }))
            });
            Ok(take.collect())
        });
    }
}

fn mail(story: &mut Story, days: &Days) {
    let name = Evidence::NameMail {
        domain: "hollyhocklane.example".to_owned(),
        provider: "Larch Mail".to_owned(),
        selectors: vec!["larch".to_owned()],
    };
    act(story, days.ago(187, 11, 0), MANAGER, name);
    let found = |dmarc: Dmarc| {
        Evidence::RecordMail(MailLookedAt {
            domain: "hollyhocklane.example".to_owned(),
            spf: Spf::Soft,
            dkim: vec!["larch".to_owned()],
            dmarc,
        })
    };
    act(story, days.ago(187, 11, 15), By::Filter, found(Dmarc::None));
    act(story, days.ago(5, 11, 15), By::Filter, found(Dmarc::Watch));
    for (ago, what, by) in [
        (52, "phishing", names::PRACTITIONER),
        (17, "junk", names::ROOM_LEADER),
    ] {
        let report = Evidence::ReportSpam(SpamReported {
            what: what.to_owned(),
            to: "Larch Mail".to_owned(),
            opened: false,
        });
        act(story, days.ago(ago, 13, 5), By::Person(by), report);
    }
}

/// Pages that should be closed: one was, one waits.
fn reported(story: &mut Story, days: &Days) {
    let report = |site: &str, why: &str| Evidence::ReportPage {
        site: site.to_owned(),
        users: Users::Staff,
        why: why.to_owned(),
    };
    let dice = report(
        "lucky-dice.example",
        "It came up beside a recipe, and is a casino.",
    );
    act(
        story,
        days.ago(30, 12, 50),
        By::Person(names::PRACTITIONER),
        dice,
    );
    let answer = Evidence::AnswerReport {
        report: 1,
        close: true,
        why: "It is one. Told the makers of the list.".to_owned(),
    };
    act(story, days.ago(30, 14, 10), MANAGER, answer);
    let quiz = report(
        "quiz-of-the-day.example",
        "It asks for the name and the school of children.",
    );
    act(
        story,
        days.ago(0, 8, 20),
        By::Person(names::ROOM_LEADER),
        quiz,
    );
}

fn reviewed(story: &mut Story, days: &Days) {
    story.act(days.ago(160, 17, 0), MANAGER, |cast| {
        let people = [names::MANAGER, names::DEPUTY_MANAGER, names::TECHNICAL_LEAD, names::CHAIR]
            .into_iter()
            .map(|name| cast.of(name))
            .collect::<anyhow::Result<Vec<_>>>()?;
        Ok(Act::Filter(Filter::Evidence(Evidence::Review {
            people,
            found: "We read the national checklists row by row. The hot spot was not written down; the film site was closed for children too late.".to_owned(),
            changes: "Callum writes all lines down; a second device is checked each month.".to_owned(),
        })))
    });
    let ask = Evidence::AskReview {
        why: "ai-tool".to_owned(),
        what: "The journal offers to write observations with an AI tool.".to_owned(),
    };
    act(story, days.ago(3, 15, 30), TECHNICAL, ask);
}
