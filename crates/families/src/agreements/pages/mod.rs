//! Pages and forms of this family: what I have to sign, the agreement of each group with its
//! versions, what goes in, who has signed; induction; events.

mod copy;
mod event_copy;
mod event_forms;
mod events;
mod forms;
mod group;
mod induction;
mod known_by;
mod list;
mod points;
mod reading;
mod sign;
mod signatures;

use crate::{
    people::group::Group,
    spine::{
        page::{Form, Page, Params},
        permit::Need,
        view::View,
    },
};

/// Its pages.
pub const PAGES: &[Page] = &[
    list::PAGE,
    group::PAGE,
    group::VERSION,
    points::PAGE,
    signatures::ALL,
    copy::PAGE,
    signatures::SCAN,
    sign::WITH_CODE,
    sign::AT_KIOSK,
    induction::PAGE,
    induction::ONE,
    events::PAGE,
    events::ONE,
    event_copy::PAGE,
];

/// Its forms.
pub const FORMS: &[Form] = &[
    forms::SIGN,
    forms::ISSUE,
    points::LEAVE_OUT,
    points::PUT_IN,
    forms::TRANSLATE,
    forms::GIVE_CODE,
    forms::RECORD_PAPER,
    sign::SIGN_WITH_CODE,
    sign::SIGN_AT_KIOSK,
    sign::TOGETHER,
    induction::DONE,
    induction::SEEN,
    event_forms::PLAN,
    event_forms::CALL_OFF,
    event_forms::ANSWER,
    event_forms::RECORD,
    event_forms::SIGN,
    event_forms::SIGN_WITH_CODE,
    event_forms::SIGN_AT_KIOSK,
    event_forms::PAPER,
    event_forms::READ_OUT,
];

/// The group of an address.
fn group_of(params: &Params) -> Option<Group> {
    Group::from_key(params.get("group"))
}

/// Whether the reader may read the agreement of a group: whoever is of it, works here, sits on the
/// committee, or, for the children's, is a parent or carer.
fn may_read(view: &View<'_>, group: Group) -> bool {
    let mut groups = vec![group, Group::Committee];
    groups.extend(Group::TEAM);
    if group == Group::Child {
        groups.push(Group::Parent);
    }
    view.has(&Need::AnyOf(vec![Need::Of(groups), Need::leadership()]))
}

/// Whether the reader sees who has signed.
fn sees_who(view: &View<'_>) -> bool {
    view.has(&Need::leadership())
}

/// Whether the reader works here or sits on the committee.
fn works_here(view: &View<'_>) -> bool {
    let mut groups = vec![Group::Committee];
    groups.extend(Group::TEAM);
    view.has(&Need::AnyOf(vec![Need::Of(groups), Need::leadership()]))
}

/// Whether the reader issues agreements.
fn issues(view: &View<'_>) -> bool {
    view.has(&Need::management())
}

/// The page of a group's agreement.
fn at(group: Group, rest: &str) -> String {
    format!("/agreements/{}{rest}", group.key())
}
