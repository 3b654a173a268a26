//! The questions to providers of monitoring.

use super::{Checklist, Row, Stands, ask, asked, not, partly, traced, yes};
use crate::spine::view::View;

/// The questions to providers of monitoring.
pub(super) const MONITORING: Checklist = Checklist {
    title: "Appropriate monitoring",
    from: "After the UK Safer Internet Centre’s questions to providers of monitoring, as they stood for 2025 with the changes announced for 2026; read in November 2026. The words are ours. With children under five the first way of monitoring is an adult who is there.",
    rows: &[
        Row {
            title: "Risks",
            asks: "For each risk (illegal material, bullying, grooming and exploitation, discrimination, drugs, extremism, gambling, pornography, self-harm and suicide, violence) it is said how it would be noticed.",
            stands: risks,
        },
        Row {
            title: "Fits the age",
            asks: "Rules differ by age and vulnerability.",
            stands: age,
        },
        Row {
            title: "A trail",
            asks: "Changes of the monitoring are logged, and nobody makes them alone.",
            stands: |_| {
                yes(
                    "What is watched for follows from the policy, whose versions are adopted by those whom it names. Topics that are coming up are noted with a name and a last day. Each look at traces is itself in the ledger.",
                )
            },
        },
        Row {
            title: "People’s own devices",
            asks: "It is said whether they are covered, and how people are told.",
            stands: own_devices,
        },
        Row {
            title: "How long it is kept",
            asks: "What is stored, where and for how long.",
            stands: kept,
        },
        Row {
            title: "Devices",
            asks: "On which devices it works, and what each needs.",
            stands: |_| {
                yes(
                    "Whatever asks this filter is seen, whatever its system; nothing is installed. What is not filtered is not seen: the page on what the filter covers names those devices.",
                )
            },
        },
        Row {
            title: "Flexible",
            asks: "Words are added and taken away easily.",
            stands: |view| {
                partly(format!(
                    "Topics that are coming up quiet their words until a day; {} are noted now. Themes follow the policy.",
                    view.setting.filter.topics(view.today).count()
                ))
            },
        },
        Row {
            title: "AI tools",
            asks: "It is said what is seen of questions to AI tools and of their answers.",
            stands: ai,
        },
        Row {
            title: "Groups of settings",
            asks: "Several settings can be seen together.",
            stands: |_| ask("This page speaks of one setting."),
        },
        Row {
            title: "Harmful pictures",
            asks: "It is said whether pictures are looked at.",
            stands: |_| {
                not(
                    "Pictures are not looked at by any program. An adult sits with the children and presses “We saw something”.",
                )
            },
        },
        Row {
            title: "It has an effect",
            asks: "What monitoring shows changes policy and practice.",
            stands: effect,
        },
        Row {
            title: "People are told",
            asks: "Users know that they are monitored, and why.",
            stands: told,
        },
        Row {
            title: "Languages",
            asks: "It works in the languages that people here use.",
            stands: |_| {
                partly(
                    "Names of sites are seen in any language. Words that are searched for are matched in English first.",
                )
            },
        },
        Row {
            title: "The worst comes first",
            asks: "Alerts are ordered by how severe they are, and reach people quickly.",
            stands: first,
        },
        Row {
            title: "Elsewhere",
            asks: "Devices away from the setting are monitored, too.",
            stands: |_| {
                ask(
                    "Devices that ask this filter by its encrypted address are seen anywhere; say which do.",
                )
            },
        },
        Row {
            title: "Reporting",
            asks: "Alerts are recorded, passed on, taken further and acted on.",
            stands: alerts,
        },
        Row {
            title: "Links to safeguarding records",
            asks: "What monitoring notices reaches the records of concerns.",
            stands: |_| {
                yes(
                    "An alert ends as a concern, or is dismissed with a reason; a concern takes the alert with it.",
                )
            },
        },
    ],
};

fn runs(view: &View<'_>) -> bool {
    traced(view).is_some()
}

fn risks(view: &View<'_>) -> Stands {
    let adult = "An adult is with the children whenever the internet is open for them.";
    match (runs(view), asked(view, "monitor.alerts")) {
        (true, true) => yes(format!(
            "{adult} What is closed is noticed by the kind of its site, words that are searched for by themes; the lead is told."
        )),
        (true, false) => partly(format!(
            "{adult} What was asked for is kept; our policy does not ask for alerts."
        )),
        (false, _) => partly(format!(
            "{adult} No filter runs here at the moment that would notice anything by itself."
        )),
    }
}

fn age(view: &View<'_>) -> Stands {
    if asked(view, "internet.supervised") {
        return yes(
            "For children nothing is open but in what an adult opened, with purpose, sites and minutes; the trace hangs on that. Staff, office and visitors have rules of their own.",
        );
    }
    partly(
        "Children, staff, office and visitors have rules of their own; our policy does not ask that an adult opens the internet each time.",
    )
}

fn own_devices(view: &View<'_>) -> Stands {
    let known = view.setting.filter.evidence();
    let guests = known
        .lines()
        .filter(|line| line.recorded.kind == "guests")
        .count();
    if guests > 0 {
        return partly(
            "Devices of people’s own are on the network for guests, which is written down with how it is filtered. On mobile data nothing is seen.",
        );
    }
    partly(
        "Devices of people’s own that use the network are strangers to the filter and get its strictest rules. On mobile data nothing is seen.",
    )
}

fn kept(view: &View<'_>) -> Stands {
    match traced(view) {
        Some(kept) => yes(format!(
            "Traces lie on the setting’s own machine, apart from its ledger; {} days are there now. Each day’s digest is in the ledger.",
            kept.days
        )),
        None => not("No traces are kept here at the moment."),
    }
}

fn ai(_: &View<'_>) -> Stands {
    let children = "For children AI tools are closed as all else is.";
    partly(format!(
        "{children} For others it is seen that an AI tool was used, not what was asked, unless pages are looked into."
    ))
}

fn effect(view: &View<'_>) -> Stands {
    let reviews = view.setting.filter.evidence().reviews().next_back();
    match reviews {
        Some(review) => yes(format!(
            "Last review on {}: {}",
            kernel::moment::date_in_words(review.at.date()),
            review.reviewed.changes
        )),
        None => not("Filtering and monitoring have not been reviewed with this program yet."),
    }
}

fn told(view: &View<'_>) -> Stands {
    if asked(view, "monitor.notice") {
        return yes("Our policy asks for it: agreements, notices and the block page say so.");
    }
    partly("The block page says so. Our policy does not ask for more.")
}

fn first(view: &View<'_>) -> Stands {
    if asked(view, "monitor.alerts") {
        return yes(
            "Alerts have three grades; the lead is told at once of the worst, and sees them first.",
        );
    }
    not("Our policy does not ask for alerts.")
}

fn alerts(view: &View<'_>) -> Stands {
    if asked(view, "monitor.alerts") {
        return yes(
            "Each alert is owed by somebody until it has become a concern or was dismissed with a reason.",
        );
    }
    partly(
        "What is illegal and what somebody saw opens a concern. Our policy does not ask for more alerts.",
    )
}
