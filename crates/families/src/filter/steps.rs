//! The steps of a check by hand: what to open on the device, and what has to come. The pages that
//! people test with are published by national bodies; nothing on them is harmful.

use crate::{devices::kinds::Users, spine::in_force::InForce};
use kernel::value::Value;

/// A step of a check by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// As the ledger has it.
    pub key: &'static str,
    /// What is tried.
    pub title: &'static str,
    /// What to do.
    pub does: &'static str,
    /// What has to come.
    pub right: &'static str,
    /// The address to type, where there is one.
    pub address: &'static str,
    /// Whether it is for children’s devices only.
    pub children: bool,
}

/// What a step about the policy’s own words begins with.
const OWN: &str = "policy:";
/// How many of the policy’s own steps a check has.
const OWN_MAX: usize = 5;

/// The steps, in order.
pub const STEPS: &[Step] = &[
    Step {
        key: "illegal-page",
        title: "Illegal images",
        does: "Open the test page and press its button to test. Look at its line about images of child abuse. The page asks for a harmless file that stands on the list.",
        right: "The line says that it is blocked.",
        address: "testfiltering.com",
        children: false,
    },
    Step {
        key: "terrorist-page",
        title: "Terrorist material",
        does: "Stay on the test page. Look at its line about unlawful terrorist material.",
        right: "The line says that it is blocked.",
        address: "testfiltering.com",
        children: false,
    },
    Step {
        key: "adult-page",
        title: "Pages for adults",
        does: "Stay on the test page. Look at its line about pages for adults.",
        right: "The line says that it is blocked.",
        address: "testfiltering.com",
        children: false,
    },
    Step {
        key: "language-page",
        title: "Offensive language",
        does: "Stay on the test page. Look at its line about offensive language.",
        right: "The line says that it is blocked, where pages are looked into. Where they are not, say that it could not be tried.",
        address: "testfiltering.com",
        children: false,
    },
    Step {
        key: "search",
        title: "Safe search",
        does: "Open the settings for safe search.",
        right: "They are on, and can’t be switched off on this device. Where search engines are closed, the block page comes.",
        address: "google.com/safesearch",
        children: false,
    },
    Step {
        key: "video",
        title: "Films",
        does: "Open the page on which the film site says how it is restricted.",
        right: "It says that restricted mode is on. Where film sites are closed, the block page comes.",
        address: "youtube.com/check_content_restrictions",
        children: true,
    },
    Step {
        key: "way-round",
        title: "A way round",
        does: "Try to open a site that promises a way round filters. The page of ways round has some by name.",
        right: "It does not open.",
        address: "",
        children: false,
    },
    Step {
        key: "number",
        title: "An address as a number",
        does: "Type this number as an address, and wait for a moment.",
        right: "No page comes, or only the block page.",
        address: "http://1.1.1.1",
        children: true,
    },
    Step {
        key: "block-page",
        title: "The block page",
        does: "Open any site that is closed for this device, such as a social network.",
        right: "A page says that it is closed, why, and how to ask for it.",
        address: "",
        children: false,
    },
    Step {
        key: "good-page",
        title: "What has to open",
        does: "On a children’s device, open the internet for it first. Then open a site that is used here.",
        right: "It opens, with its pictures.",
        address: "",
        children: false,
    },
    Step {
        key: "help-page",
        title: "Help has to open",
        does: "Open the site of a helpline.",
        right: "It opens.",
        address: "childline.org.uk",
        children: false,
    },
    Step {
        key: "monitor",
        title: "It was noticed",
        does: "Look, on your own device, at what is monitored: find what you have just tried.",
        right: "It is there, with this device and the time.",
        address: "",
        children: false,
    },
];

/// What a step is, in words that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What is tried.
    pub title: String,
    /// What to do.
    pub does: String,
    /// What has to come.
    pub right: String,
    /// The address to type.
    pub address: &'static str,
}

/// The steps of a check on a device of these people: ours, and those that the policy asks for.
#[must_use]
pub fn of(in_force: &InForce, users: Users) -> Vec<String> {
    let ours = STEPS
        .iter()
        .filter(|step| users == Users::Children || !step.children)
        .map(|step| step.key.to_owned());
    let own = in_force
        .find("filter.checks")
        .and_then(|running| running.bound.values.get("checks"))
        .map(Value::words)
        .unwrap_or_default();
    let own = own.into_iter().take(OWN_MAX);
    ours.chain(own.map(|words| format!("{OWN}{words}")))
        .collect()
}

/// A step in words.
#[must_use]
pub fn shown(key: &str) -> Shown {
    if let Some(step) = STEPS.iter().find(|step| step.key == key) {
        return Shown {
            title: step.title.to_owned(),
            does: step.does.to_owned(),
            right: step.right.to_owned(),
            address: step.address,
        };
    }
    let words = key.strip_prefix(OWN).unwrap_or(key);
    Shown {
        title: format!("Our policy: {words}"),
        does: format!("Our policy asks for this: {words}. Look at the settings of the device."),
        right: "It is so.".to_owned(),
        address: "",
    }
}
