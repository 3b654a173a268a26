//! What an act would open, so that each control that closes something judges the same.

use crate::{
    devices::kinds::Users,
    filter::{acts::Act as Filter, entries::What, kinds},
    internet::{acts::Act as Internet, names::site_to_close},
    spine::{
        act::{Act, Case},
        in_force::InForce,
    },
};

/// The kinds of sites that an act would open, and for whom.
pub(in crate::filter) fn opens(act: &Act, case: &Case<'_>) -> Option<(Vec<String>, Vec<Users>)> {
    let act = match act {
        Act::Filter(act) => act,
        Act::Internet(act) => return Some((opened_with(act, case)?, vec![Users::Children])),
        _ => return None,
    };
    match act {
        Filter::Propose { what, users, .. } => Some((kinds_of(what)?, users.clone())),
        Filter::Decide {
            change,
            approve: true,
            ..
        } => {
            let proposed = &case.setting.filter.change(*change)?.proposed;
            Some((kinds_of(&proposed.what)?, proposed.users.clone()))
        }
        Filter::Answer {
            request,
            open_until: Some(_),
            needs,
            ..
        } => {
            let asked = &case.setting.filter.request(*request)?.asked;
            let what = What::OpenSite {
                site: asked.site.clone(),
                needs: needs.clone(),
            };
            Some((kinds_of(&what)?, vec![asked.users]))
        }
        _ => None,
    }
}

/// The kinds that an adult would open for children with a bundle: when it is put together, and when
/// it is opened, since the policy may have closed them in between.
fn opened_with(act: &Internet, case: &Case<'_>) -> Option<Vec<String>> {
    match act {
        Internet::LookAt { sites, needs, .. } => Some(of_names(sites.iter().chain(needs))),
        Internet::Open(opening) => {
            let internet = &case.setting.internet;
            let bundles = opening.bundles.iter();
            let bundles = bundles.filter_map(|number| internet.bundle(*number));
            let names = bundles.flat_map(|one| one.about.sites.iter().chain(&one.about.needs));
            Some(of_names(names))
        }
        _ => None,
    }
}

fn of_names<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let names = names.filter_map(|text| site_to_close(text));
    let kinds = names.filter_map(|name| kinds::of_name(&name));
    kinds.map(str::to_owned).collect()
}

fn kinds_of(what: &What) -> Option<Vec<String>> {
    match what {
        What::OpenKind { kind } => Some(vec![kind.clone()]),
        What::OpenSite { site: own, needs } => Some(of_names(std::iter::once(own).chain(needs))),
        What::CloseSite { .. }
        | What::CloseKind { .. }
        | What::AddList { .. }
        | What::PauseList { .. }
        | What::RemoveList { .. }
        | What::TakeShorter { .. } => None,
    }
}

/// The first kind that an act would open for somebody for whom a control closes it.
pub(in crate::filter) fn against(
    act: &Act,
    case: &Case<'_>,
    own: &[&str],
) -> Option<(String, Users)> {
    let (kinds, users) = opens(act, case)?;
    let in_force: &InForce = case.in_force;
    let kind = kinds
        .into_iter()
        .find(|kind| own.contains(&kind.as_str()))?;
    let closed = |users: &Users| {
        let closed = crate::filter::profiles::closed_by_policy(in_force, *users);
        closed.contains_key(kind.as_str())
    };
    let users = users.into_iter().find(closed)?;
    Some((kind, users))
}
