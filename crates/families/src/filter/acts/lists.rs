//! Lists that the setting fetches: added by address, paused, removed, or taken although they have
//! become much shorter. Each is a change of the filter, and so takes two people.

use super::{LINE_MAX, LISTS_MAX};
use crate::{
    devices::acts::said,
    filter::{
        entries::{Subscription, What},
        kinds::KINDS,
        subscriptions::{self, FORMS},
    },
    internet::names::site,
    spine::act::{Case, no},
};
use kernel::ruling::Mistake;

/// The longest address, in characters.
const ADDRESS_MAX: usize = 500;

/// A change of a list, when it makes sense now.
pub(super) fn checked(what: &What, case: &Case<'_>) -> Result<What, Vec<Mistake>> {
    let known = subscriptions::of(&case.setting.filter, case.today);
    let is = |name: &str| {
        known
            .iter()
            .any(|own| own.list.name.eq_ignore_ascii_case(name.trim()))
    };
    let name = match what {
        What::AddList { list } => {
            if known.len() >= LISTS_MAX {
                return no("list", "There are too many lists. Remove one first");
            }
            if is(&list.name) {
                return no("list", "There is a list of this name already");
            }
            let address = list.address.trim();
            if known.iter().any(|own| own.list.address == address) {
                return no("address", "This list is fetched already");
            }
            return added(list).map(|list| What::AddList { list });
        }
        What::PauseList { name } | What::RemoveList { name } | What::TakeShorter { name } => name,
        What::OpenSite { .. }
        | What::CloseSite { .. }
        | What::OpenKind { .. }
        | What::CloseKind { .. } => return no("what", "This is not about a list"),
    };
    if !is(name) {
        return no("list", "There is no such list");
    }
    Ok(what.clone())
}

fn added(list: &Subscription) -> Result<Subscription, Vec<Mistake>> {
    if !KINDS.iter().any(|(key, _)| *key == list.kind) {
        return no("kind", "Choose what is on the list");
    }
    if !FORMS.iter().any(|(key, _)| *key == list.form) {
        return no("form", "Choose one of the forms in the list");
    }
    let address = list.address.trim();
    if !is_address(address) {
        return no(
            "address",
            "Write a whole address that begins with https:// and has a name, not a number",
        );
    }
    Ok(Subscription {
        name: said("list", &list.name, LINE_MAX)?,
        address: address.to_owned(),
        kind: list.kind.clone(),
        form: list.form.clone(),
        licence: said("licence", &list.licence, LINE_MAX)?,
        attribution: list.attribution.trim().chars().take(LINE_MAX).collect(),
    })
}

/// Whether a list may be fetched from there: encrypted, so that nobody changes it on the way, and
/// from a name, so that nothing of the setting’s own network is asked.
fn is_address(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = address.chars().all(|c| c.is_ascii_graphic());
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    address.len() <= ADDRESS_MAX
        && plain
        && !host.contains('@')
        && port.parse::<u16>().is_ok()
        && site(name).is_some_and(|known| known == name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_from_encrypted_addresses_that_have_a_name() {
        assert!(is_address("https://lists.example/casinos.txt?x=1"));
        assert!(is_address("https://lists.example:8443/casinos.txt"));
        for bad in [
            "http://lists.example/a",
            "https://192.168.1.1/a",
            "https://[::1]/a",
            "https://localhost/a",
            "https://me:secret@lists.example/a",
            "https://lists.example:x/a",
            "https://lists.example/a b",
            "lists.example/a",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
