//! The people of the scenarios about concerns and procedures.

use crate::{
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person},
        scenario::{MANAGER, Scenario},
    },
};

/// A setting with a lead who is not the manager, a deputy, a chair and two practitioners.
pub(crate) struct Cast {
    pub(crate) scenario: Scenario,
    pub(crate) lead: Person,
    pub(crate) deputy: Person,
    pub(crate) chair: Person,
    pub(crate) rosa: Person,
    pub(crate) tomos: Person,
}

/// They come into a setting.
pub(crate) fn cast_in(mut scenario: Scenario) -> Cast {
    let lead = scenario.holder("Lena Hart", Group::Staff, Role::Lead);
    let give_up = crate::roles::acts::Act::End {
        role: Role::Lead,
        person: MANAGER,
        last: None,
    };
    scenario.done(MANAGER, AnyAct::Roles(give_up));
    let deputy = scenario.holder("Dov Marsh", Group::Staff, Role::DeputyLead);
    let chair = scenario.holder("Cora Pitt", Group::Committee, Role::Chair);
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    Cast {
        scenario,
        lead,
        deputy,
        chair,
        rosa,
        tomos,
    }
}
