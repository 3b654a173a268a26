//! Monitoring: the clauses that ask for it, the impact assessment, checks by hand that chance picked,
//! looks with their reasons, who looked through them, and alerts. What was asked for itself is made
//! where the filter of the demo is.

use super::{
    calendar::Days,
    names,
    stage::{By, Story},
};
use anyhow::Context;
use families::{
    monitor::{
        acts::{Act as Monitor, NewLook, Raise, is_own},
        entries::{Assessed, Outcome},
        kinds::Severity,
    },
    policy::acts::Act as Policy,
    spine::{act::Act, view::View},
};
use kernel::moment::{Moment, plus_days};

const MANAGER: By = By::Person(names::MANAGER);
const LEAD: By = By::Person(names::DEPUTY_MANAGER);
const DEPUTY_LEAD: By = By::Person(names::DEPUTY_LEAD);
const CHAIR: By = By::Person(names::CHAIR);

const SECTION: &str = "12 Monitoring";

/// Words, control, values.
const CLAUSES: [(&str, &str, &str); 6] = [
    (
        "What is asked for on our devices and our network is kept for two months, and the lead looks through the reports every month.",
        "monitor.use",
        "keep = 2 months\nreview_every = month",
    ),
    (
        "What may be a sign of risk reaches the safeguarding lead at once; somebody looks at it within half an hour.",
        "monitor.alerts",
        "within = 30 minutes",
    ),
    (
        "Everybody who uses our devices or our wifi is told that it is monitored, why, and for how long it is kept.",
        "monitor.notice",
        "groups = staff; volunteers; students; parents and carers; visitors",
    ),
    (
        "The manager looks at a device, an account or the shared folders every month, as chance has it; online safety is an item of our staff meetings.",
        "monitor.hand-checks",
        "by = manager\nevery = month\nchecked = the shared folders; the memory cards of the cameras\ntalk_in = staff meetings",
    ),
    (
        "Monitoring keeps to data protection law. Nobody looks at their own, and the chair looks at whoever leads.",
        "monitor.privacy",
        "laws = data protection",
    ),
    (
        "Those who monitor are looked after: the chair looks through their work every term and asks how they are.",
        "monitor.monitors",
        "by = chair of the committee\nevery = term",
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
            Ok(vec![Act::Policy(Policy::Bind {
                clause,
                controls: vec![control.to_owned()],
                values: Some(values.to_owned()),
            })])
        });
    }
}

/// What was done since.
pub(super) fn tell(story: &mut Story, days: &Days) {
    assessed(story, days);
    checked(story, days);
    looked(story, days);
    alerts(story, days);
}

fn act(story: &mut Story, at: Moment, by: By, act: Monitor) {
    story.act(at, by, move |_| Ok(Act::Monitor(act)));
}

fn assessed(story: &mut Story, days: &Days) {
    let words = |words: &str| words.to_owned();
    let assessed = Assessed {
        purpose: words(
            "Keeping children safe online, which the early-years framework asks of us; public task.",
        ),
        need: words(
            "Adults stay beside the children, and children open only what we looked at. What slips through has to be found: names of sites are enough for that, and pages are not read.",
        ),
        risks: words(
            "Somebody could look out of curiosity. Staff could feel watched in their breaks. Families use our wifi and do not expect it.",
        ),
        measures: words(
            "A reason for each look, kept with the name; the chair looks through some. Two months, then gone. A notice at the door and on the wifi. No names in reports.",
        ),
        asked: words("The team at the staff meeting, the committee, two parents."),
        review: plus_days(days.today, 160),
    };
    let at = days.ago(205, 11, 0);
    act(story, at, MANAGER, Monitor::Assess(Box::new(assessed)));
    for (ago, found) in [
        (170, "Nothing stands out. Advertising is closed most."),
        (
            139,
            "A library of plans was closed as a game: we opened it.",
        ),
        (
            108,
            "Music is asked for at tidy-up time, which is as planned.",
        ),
        (
            77,
            "Two phones of visitors asked for video at pick-up time. The sign at the door is larger now.",
        ),
        (46, "Nothing stands out."),
        (
            16,
            "A shop for toys was asked for and was closed by mistake; the request was answered on the day.",
        ),
    ] {
        let found = found.to_owned();
        act(
            story,
            days.ago(ago, 15, 30),
            LEAD,
            Monitor::ReviewUse { found },
        );
    }
    for (ago, about) in [
        (
            190,
            "What to do when something comes up on a tablet, played through in pairs.",
        ),
        (95, "What the filter keeps, who may look, and why."),
        (
            26,
            "The alert of last month, without names: how an advertisement leads on.",
        ),
    ] {
        let at = days.ago(ago, 17, 0);
        let talk = Monitor::Talk {
            place: "staff meetings".to_owned(),
            on: at.date(),
            about: about.to_owned(),
        };
        act(story, at, MANAGER, talk);
    }
}

/// The check that is open, unless it is this reader’s own.
fn open(view: &View<'_>) -> Option<u32> {
    let check = view.setting.monitor.checks().next_back()?;
    let own = view
        .person()
        .is_some_and(|person| is_own(check, person, view.setting));
    (check.done.is_none() && !own).then_some(check.picked.check)
}

/// Chance picks each month; the manager looks, and the lead at what is the manager’s own.
fn checked(story: &mut Story, days: &Days) {
    let results = [
        (190, Outcome::Fine, ""),
        (
            155,
            Outcome::PutRight,
            "Not everything was as we had agreed: put right on the day.",
        ),
        (120, Outcome::Fine, ""),
        (
            85,
            Outcome::PutRight,
            "It was not up to date: brought up to date.",
        ),
        (50, Outcome::Fine, ""),
    ];
    for (ago, outcome, note) in results {
        act(story, days.ago(ago, 8, 0), By::Filter, Monitor::PickCheck);
        for (hours, by) in [(1, MANAGER), (2, LEAD)] {
            let at = days.ago(ago - 6, 12, 0).plus_hours(hours);
            story.look(at, by, move |view, _| {
                let check = open(view).map(|check| Monitor::Check {
                    check,
                    outcome,
                    note: note.to_owned(),
                });
                Ok(check.map(Act::Monitor).into_iter().collect())
            });
        }
    }
    act(story, days.ago(6, 8, 0), By::Filter, Monitor::PickCheck);
}

/// Who looked, for which reason, and who looked through that.
fn looked(story: &mut Story, days: &Days) {
    let looks = [
        (
            24,
            LEAD,
            names::PRACTITIONER,
            "An alert about a way round the filter on the laptop that she had: was it she, or an advertisement?",
        ),
        (
            19,
            DEPUTY_LEAD,
            names::SUCCESSOR,
            "He asks which site it was that he read about treasure baskets on, and can’t find it again.",
        ),
        (
            14,
            CHAIR,
            names::MANAGER,
            "Once a year the committee looks at what the manager asked for, as agreed with her.",
        ),
    ];
    for (ago, by, whose, why) in looks {
        let at = days.ago(ago, 10, 20);
        story.act(at, by, move |cast| {
            Ok(Act::Monitor(Monitor::Look(Box::new(NewLook {
                person: Some(cast.of(whose)?),
                device: None,
                has: String::new(),
                first: plus_days(at.date(), -2),
                last: at.date(),
                why: why.to_owned(),
                concern: None,
            }))))
        });
    }
    let found =
        "The reasons hold. One look spanned more days than it needed; I said so.".to_owned();
    act(
        story,
        days.ago(11, 19, 0),
        CHAIR,
        Monitor::ReviewMonitors { found },
    );
    story.act(days.ago(11, 19, 10), CHAIR, |cast| {
        Ok(Act::Monitor(Monitor::Support {
            person: cast.of(names::DEPUTY_MANAGER)?,
            how: "We talked for an hour. She takes the afternoon after a hard alert off, and has the number of the council’s counselling.".to_owned(),
        }))
    });
}

/// One that was an advertisement, and one that waits.
fn alerts(story: &mut Story, days: &Days) {
    let raise = |at: Moment, series: &str, theme: &str, what: &str| {
        Monitor::Raise(Box::new(Raise {
            series: series.to_owned(),
            theme: theme.to_owned(),
            severity: Severity::Medium,
            device: Some(5),
            person: None,
            room: None,
            session: None,
            what: what.to_owned(),
            words: false,
            open: false,
            first: at,
            last: at,
            count: 1,
        }))
    };
    let at = days.ago(25, 13, 12);
    let first = raise(at, "demo-1", "ways-round", "free-tunnel.example");
    act(story, at, By::Filter, first);
    story.look(at.plus_minutes(18), LEAD, |view, _| {
        let alert = view.setting.monitor.alerts().next_back();
        let case = alert.context("there is no alert")?.number;
        Ok(vec![Act::Monitor(Monitor::Dismiss {
            case,
            why: "It was in an advertisement beside a weather report, three times within a second. Nobody pressed on it.".to_owned(),
        })])
    });
    let at = days.ago(1, 12, 47);
    let second = raise(at, "demo-2", "hate", "angry-voices.example");
    act(story, at, By::Filter, second);
}
