//! The standards for filtering and monitoring in schools and colleges, which early-years settings use
//! as good practice.

use super::{Checklist, Row, Stands, ask, asked, not, partly, traced, yes};
use crate::{
    filter::{
        covered::{self, has_illegal_list},
        entries::evidence::Door,
    },
    roles::role::Role,
    spine::view::View,
};
use kernel::moment::{date_in_words, plus_days};

/// The standards.
pub(super) const STANDARDS: Checklist = Checklist {
    title: "Filtering and monitoring standards",
    from: "After the Department for Education’s standards for filtering and monitoring, with the change of June 2026; read in November 2026. They are written for schools and colleges; early-years settings use them as good practice. The words are ours.",
    rows: &[
        Row {
            title: "Roles",
            asks: "A governor or committee member, a leader, the safeguarding lead, whoever looks after technology and the providers each know what they do.",
            stands: roles,
        },
        Row {
            title: "Decisions",
            asks: "It is written down what is open and closed, and why.",
            stands: decisions,
        },
        Row {
            title: "Review",
            asks: "Filtering and monitoring are reviewed at least once a year, and when risk, technology or AI tools change or something happened.",
            stands: review,
        },
        Row {
            title: "Checks",
            asks: "It is checked on different devices, in different places and as different users that filtering works, and who checked what is kept.",
            stands: checks,
        },
        Row {
            title: "Not too much",
            asks: "What is harmful is closed without getting in the way of teaching.",
            stands: over_blocking,
        },
        Row {
            title: "What is illegal",
            asks: "The lists of what is illegal are in use and can’t be switched off.",
            stands: illegal,
        },
        Row {
            title: "Everybody, every device, every line",
            asks: "All users, guests too, all devices and all lines are filtered, back-up lines too.",
            stands: everything,
        },
        Row {
            title: "Age, languages, ways round",
            asks: "It fits age and ability, deals with languages, pictures and misspellings, stops ways round, and says when something was closed.",
            stands: fits,
        },
        Row {
            title: "Who tried what",
            asks: "What was closed names device, address and, where it can be, person, time and what was asked for.",
            stands: who,
        },
        Row {
            title: "Staff report",
            asks: "Staff report what is unsuitable, what should be open, topics that are coming up, failures and too much closing.",
            stands: staff,
        },
        Row {
            title: "Monitoring",
            asks: "Alerts reach people promptly, roles are clear, people are trained, and somebody looks at least once a week.",
            stands: monitoring,
        },
    ],
};

fn roles(view: &View<'_>) -> Stands {
    let wanted = [
        Role::NamedMember,
        Role::Manager,
        Role::Lead,
        Role::TechnicalLead,
    ];
    let vacant: Vec<String> = wanted
        .iter()
        .filter(|role| view.setting.roles.holders(role, view.today).is_empty())
        .map(Role::in_words)
        .collect();
    let providers = view.setting.filter.evidence().providers().count();
    if vacant.is_empty() && providers > 0 {
        return yes(format!(
            "Each role has a holder, and {providers} providers are on record."
        ));
    }
    let mut missing = vacant;
    if providers == 0 {
        missing.push("the providers".to_owned());
    }
    partly(format!("Still to be named: {}.", missing.join(", ")))
}

fn decisions(view: &View<'_>) -> Stands {
    let filter = &view.setting.filter;
    yes(format!(
        "Each kind that is closed stands with the words of the policy; each of {} changes with its reason and what was weighed up.",
        filter.changes().count()
    ))
}

fn review(view: &View<'_>) -> Stands {
    let known = view.setting.filter.evidence();
    let waiting = known.asked().count();
    let Some(last) = known.reviews().next_back() else {
        return not("Not reviewed with this program yet.");
    };
    let day = last.at.date();
    let words = format!("Last reviewed on {}.", date_in_words(day));
    if waiting > 0 {
        return partly(format!(
            "{words} {waiting} reasons for another one have come up since."
        ));
    }
    if plus_days(day, 366) < view.today {
        return not(format!("{words} That is more than a year ago."));
    }
    yes(words)
}

fn checks(view: &View<'_>) -> Stands {
    let known = view.setting.filter.evidence();
    let year = plus_days(view.today, -365);
    let done: Vec<_> = known
        .checks()
        .filter(|check| check.done().is_some_and(|at| at.date() >= year))
        .collect();
    let mut devices: Vec<Option<u32>> = done.iter().map(|check| check.begun.device).collect();
    devices.sort_unstable();
    devices.dedup();
    let mut users: Vec<_> = done.iter().map(|check| check.begun.users).collect();
    users.sort_unstable();
    users.dedup();
    let trials = known.trials().count();
    let words = format!(
        "In a year {} checks by hand, on {} devices of {} groups of users; {trials} trials by the filter itself are at hand.",
        done.len(),
        devices.len(),
        users.len()
    );
    if done.is_empty() {
        return not(words);
    }
    if users.len() < 2 {
        return partly(words);
    }
    yes(words)
}

fn over_blocking(view: &View<'_>) -> Stands {
    let filter = &view.setting.filter;
    let all = filter.requests().count();
    let open = filter
        .requests()
        .filter(|one| {
            one.answer
                .as_ref()
                .is_some_and(|answer| answer.change.is_some())
        })
        .count();
    let wait = filter.requests().filter(|one| one.answer.is_none()).count();
    let names = view
        .network
        .standing()
        .map_or(0, |standing| standing.must_stay_open);
    let words = format!(
        "Of {all} requests {open} were opened, {wait} wait. {names} names of help, learning and public bodies stay open whatever a list says."
    );
    if names == 0 {
        return partly(words);
    }
    yes(words)
}

fn illegal(view: &View<'_>) -> Stands {
    if has_illegal_list(view) {
        return yes(
            "A list is in use here or by a provider on record; nobody here can change that.",
        );
    }
    not(
        "No list is here, and no provider is on record that closes it. If one were here, nobody could switch it off.",
    )
}

fn everything(view: &View<'_>) -> Stands {
    let known = view.setting.filter.evidence();
    let not_filtered = covered::devices(view);
    let not_filtered = not_filtered
        .iter()
        .filter(|own| own.door == Door::Not && !own.apart);
    let devices = not_filtered.count();
    let lines: Vec<&str> = known
        .lines()
        .filter(|line| line.recorded.filtered == "not")
        .map(|line| line.recorded.name.as_str())
        .collect();
    if known.lines().next().is_none() {
        return partly("The lines by which devices reach the internet are not written down yet.");
    }
    if devices == 0 && lines.is_empty() {
        return yes("Each device on the network and each line on record is filtered.");
    }
    partly(format!(
        "{devices} devices on the network are not filtered. Lines that are not: {}.",
        if lines.is_empty() {
            "none".to_owned()
        } else {
            lines.join(", ")
        }
    ))
}

fn fits(view: &View<'_>) -> Stands {
    let ways = view.network.ways_round().len();
    if view.network.standing().is_none() {
        return not("No filter runs here at the moment.");
    }
    partly(format!(
        "Profiles fit age and role; {ways} ways round are closed or told; a block page says why. Pictures are not looked at, and phrases are in English first."
    ))
}

fn who(view: &View<'_>) -> Stands {
    match traced(view) {
        Some(_) => yes(
            "Each trace has device, address, time and what was asked for, and the person where the device has one.",
        ),
        None => not("No traces are kept here at the moment."),
    }
}

fn staff(view: &View<'_>) -> Stands {
    let filter = &view.setting.filter;
    yes(format!(
        "Each of these has a form for whoever works here. So far: {} pages reported, {} asked for, {} topics noted that are still coming up.",
        filter.evidence().reports().count(),
        filter.requests().count(),
        filter.topics(view.today).count()
    ))
}

fn monitoring(view: &View<'_>) -> Stands {
    match (traced(view).is_some(), asked(view, "monitor.alerts")) {
        (true, true) => yes(
            "Alerts are told at once and owed by somebody; the pages of monitoring say who looked when.",
        ),
        (true, false) => partly("Traces are kept. Our policy does not ask for alerts."),
        (false, _) => ask(
            "No filter runs here that would tell anything. Say how else you monitor: an adult who is there comes first.",
        ),
    }
}
