//! Getting the policy to the people whom it binds, and the policies beside it.

use super::{Came, LinkedPolicy, in_force, no, no_now};
use crate::{
    people::group::Group,
    policy::entries::{Acknowledged, Entry, LinkedKept, LinkedRemoved, PublicSet, Sent},
    spine::act::Case,
};
use jiff::ToSpan;
use kernel::{moment::Date, ruling::Mistake};

/// The longest linked policy, in bytes.
pub(in crate::policy) const LINKED_BYTES_MAX: usize = 200_000;
/// The most linked policies.
const LINKED_MAX: usize = 200;

pub(super) fn acknowledge(version: u32, case: &Case<'_>) -> Came {
    let person = case
        .person()
        .ok_or_else(|| vec![Mistake::new("Sign in first")])?;
    let current = in_force(case)?;
    if current.number != version {
        return no("version", "This is not the version in force. Read that one");
    }
    if case.setting.policy.has_read(person, version).is_some() {
        return no_now("You have said already that you have read this version");
    }
    Ok(Entry::Acknowledged(Acknowledged { version, person }))
}

pub(super) fn sent(way: &str, groups: &[Group], on: Option<Date>, case: &Case<'_>) -> Came {
    let current = in_force(case)?;
    if groups.is_empty() {
        return no("groups", "Choose to whom it was sent");
    }
    let on = on.unwrap_or(case.today);
    if on > case.today {
        return no(
            "on",
            "This day is in the future. Record it when it has been sent",
        );
    }
    if on < current.at.date() {
        return no(
            "on",
            "This day is before the version in force was adopted, so it was not this version",
        );
    }
    Ok(Entry::Sent(Sent {
        version: current.number,
        way: way.to_owned(),
        groups: groups.to_vec(),
        on,
    }))
}

pub(super) fn set_public(public: bool, case: &Case<'_>) -> Came {
    if case.setting.policy.is_public() == public {
        return no_now(if public {
            "The policy is on the public page already"
        } else {
            "The policy is not on the public page"
        });
    }
    Ok(Entry::PublicSet(PublicSet { public }))
}

pub(super) fn keep(linked: &LinkedPolicy, case: &Case<'_>) -> Came {
    let policy = &case.setting.policy;
    let name = linked.name.trim();
    if name.is_empty() {
        return no("name", "Fill in the name of the policy");
    }
    if policy.linked(name).is_none() && policy.all_linked().count() >= LINKED_MAX {
        return no(
            "name",
            format!("There are {LINKED_MAX} linked policies already"),
        );
    }
    let far = case.today.checked_add(10.years()).unwrap_or(Date::MAX);
    if linked.review_on < case.today || linked.review_on > far {
        return no(
            "review_on",
            "Choose a day from today on, at most ten years away",
        );
    }
    if linked.kept_at.is_none() && linked.address.is_none() && linked.text.is_none() {
        return no(
            "kept_at",
            "Say where the policy is kept, or give its address or its words",
        );
    }
    if let Some(address) = &linked.address
        && !is_address(address)
    {
        return no(
            "address",
            "Enter a web address that begins with https://, such as https://www.example.org/policy",
        );
    }
    if linked
        .text
        .as_ref()
        .is_some_and(|text| text.len() > LINKED_BYTES_MAX)
    {
        return no("text", "The words are too long. Give its address instead");
    }
    Ok(Entry::LinkedKept(LinkedKept {
        name: name.to_owned(),
        owner: linked.owner.key().to_owned(),
        review_on: linked.review_on,
        kept_at: linked.kept_at.clone().unwrap_or_default(),
        address: linked.address.clone(),
        text: linked.text.clone(),
    }))
}

pub(super) fn remove(name: &str, why: &str, case: &Case<'_>) -> Came {
    let Some(linked) = case.setting.policy.linked(name) else {
        return no("name", "There is no such policy on file");
    };
    Ok(Entry::LinkedRemoved(LinkedRemoved {
        name: linked.name.clone(),
        why: why.to_owned(),
    }))
}

/// Only addresses that are safe to follow: never a script, never another program.
fn is_address(address: &str) -> bool {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.')
            && !host.contains('@')
            && !rest
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || "<>\"\\".contains(c))
    })
}
