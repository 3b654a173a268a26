//! devices.setting-owned: only the setting’s equipment is used with children and for what the clause
//! names. What is somebody else’s is neither handed out nor made known as a device for that work,
//! unless those allow it whom the policy names, until a day.

use crate::{
    devices::{acts::Act as Devices, register::Device},
    people::group::Group,
    policy::approver::Approver,
    spine::{
        act::{Act, Case},
        control::{Audience, Control, Notice, Standpoint},
        permit,
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// Only the setting’s equipment is used.
#[derive(Deserialize)]
pub(super) struct SettingOwned {
    /// What it is used for.
    #[serde(default)]
    r#for: Words,
    /// Who can allow something else.
    #[serde(default)]
    exceptions: Words,
}

impl Control for SettingOwned {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let device = match act {
            Act::Devices(Devices::HandOut { device, .. } | Devices::Enrol { device }) => *device,
            Act::Internet(act) => match act.opens_on() {
                Some(device) => device,
                None => return Ruling::Silent,
            },
            Act::Devices(Devices::AllowUse { .. }) => return self.judge_exception(case),
            _ => return Ruling::Silent,
        };
        let found = case.setting.devices.find(device);
        let fits = |device: &Device| device.may_be_used(case.today);
        if found.is_none_or(fits) {
            return Ruling::Silent;
        }
        let what = match self.r#for.0.as_slice() {
            [] => "work with children".to_owned(),
            all => all.join(", "),
        };
        let instead = if self.exceptions.is_empty() {
            "Take a device of the setting."
        } else {
            "Take a device of the setting, or ask them to allow it on the page of the device, until a day."
        };
        Ruling::refuse(
            format!(
                "This device is not the setting’s. Only the setting’s own are used for: {what}."
            ),
            self.allowed_by(),
            instead,
        )
        .at("device")
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let what = match self.r#for.0.as_slice() {
            [] => "Work with children is done on the setting’s own devices only.".to_owned(),
            all => format!("On the setting’s own devices only: {}.", all.join(", ")),
        };
        let allowed = match self.allowed_by() {
            AllowedBy::Roles(who) => {
                format!(
                    "Something else is used only when allowed before, until a day, by: {}.",
                    who.join(", ")
                )
            }
            AllowedBy::Nobody => "There is no exception.".to_owned(),
        };
        vec![Notice {
            to: Audience::Group(Group::Staff),
            title: "Use the setting’s own devices".to_owned(),
            says: vec![
                what,
                allowed,
                "The register of devices says which are the setting’s.".to_owned(),
            ],
            clauses: from
                .bound
                .clauses
                .iter()
                .map(|clause| clause.id.clone())
                .collect(),
        }]
    }
}

impl SettingOwned {
    fn allowed_by(&self) -> AllowedBy {
        if self.exceptions.is_empty() {
            return AllowedBy::Nobody;
        }
        let named = self.exceptions.iter().map(Approver::read);
        AllowedBy::Roles(named.map(|one| one.in_words()).collect())
    }

    fn judge_exception(&self, case: &Case<'_>) -> Ruling {
        let may = |words: &str| {
            let need = Approver::read(words).need();
            permit::permit(case.who, &need, case.setting, case.today).is_ok()
        };
        if self.exceptions.iter().any(may) {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "Whether something else than the setting’s equipment is used is not yours to allow.",
            self.allowed_by(),
            "Take a device of the setting.",
        )
    }
}
