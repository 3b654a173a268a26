//! devices.quarantine: a device that may hold evidence is secured. It goes out of use and off the
//! network at once; it comes back when the police have said so and two people release it, the first
//! of them whoever the policy names. Nobody is asked to open, copy or send what is on it.

use crate::{
    devices::{
        acts::{Act as Devices, custody::Act as Custody},
        register::custody::Custody as Record,
    },
    policy::approver::Approver,
    roles::role::Role,
    spine::{
        act::{Act, Case},
        control::{Control, Procedure, Register, Standpoint},
        permit::{self, Need},
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// A device that may hold evidence is secured.
#[derive(Deserialize)]
pub(super) struct Quarantine {
    /// Who asks for its release.
    #[serde(default)]
    released_by: Words,
}

impl Control for Quarantine {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Devices(Devices::Custody(act)) = act else {
            return Ruling::Silent;
        };
        let (Custody::AskRelease { custody, .. } | Custody::Release { custody }) = act else {
            return Ruling::Silent;
        };
        let Some(record) = case.setting.devices.custodies().find(*custody) else {
            return Ruling::Silent;
        };
        if !record.may_go() {
            return Ruling::refuse(
                "The police have not said yet that the device may be released.",
                AllowedBy::Nobody,
                "Ask the police, and write down what they say and who said it. Until then it stays sealed where it is.",
            );
        }
        match act {
            Custody::AskRelease { .. } => self.judge_asking(record, case),
            _ => judge_second(record, case),
        }
    }

    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart("Custody of devices that may hold evidence"))
    }

    fn procedure(&self) -> Option<Procedure> {
        let who: Vec<String> = self.releasing().iter().map(Approver::in_words).collect();
        Some(Procedure {
            title: "A device that may hold evidence".to_owned(),
            steps: steps(&permit::or(who)),
            never: NEVER.iter().map(|words| (*words).to_owned()).collect(),
        })
    }
}

/// What nobody does with a device that may hold evidence.
pub(in crate::devices) const NEVER: &[&str] = &[
    "do not switch it on or off, unlock it or look at what is on it",
    "do not copy, print, send or photograph what is on it, not even to show it to the lead",
    "do not delete or wipe anything, and do not let it run out of sight",
    "do not tell the person whose use it is about, before the police or the council say that you may",
];

/// What to do, in order.
pub(in crate::devices) fn steps(releasing: &str) -> Vec<String> {
    vec![
        "If somebody is in danger now, ring 999 first.".to_owned(),
        "Leave it as it is: on stays on, off stays off. If it is on, turn the screen face down.".to_owned(),
        "Take it to a place that locks. Put it in a bag or envelope, seal it, write the number of the seal on it.".to_owned(),
        "Secure it here: it goes out of use and off the network at once.".to_owned(),
        "Print the label and put it on the bag.".to_owned(),
        "Whoever gets it from you signs for it, and so do you: here, each under their own name.".to_owned(),
        "Write down what the police say, and who said it.".to_owned(),
        format!("It comes back when the police have said so: {releasing} asks for it, and a second person releases it."),
    ]
}

impl Quarantine {
    fn releasing(&self) -> Vec<Approver> {
        if self.released_by.is_empty() {
            return vec![Approver::read(Role::Lead.key())];
        }
        self.released_by.iter().map(Approver::read).collect()
    }

    /// Whoever the policy names, or stands in their place where they are not on the case.
    fn judge_asking(&self, record: &Record, case: &Case<'_>) -> Ruling {
        let named = self.releasing();
        let may = |one: &Approver| {
            permit::permit(case.who, &one.need(), case.setting, case.today).is_ok()
        };
        let knows = |one: &Approver| {
            let mut here = case.setting.people.here(case.today);
            here.any(|person| {
                let has = |need: Need| permit::is_one_of(person, &need, case.setting, case.today);
                has(one.need()) && has(record.need())
            })
        };
        if named.iter().any(may) || !named.iter().any(knows) {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "You are not the one who asks for the release.",
            AllowedBy::Roles(named.iter().map(Approver::in_words).collect()),
            "Tell them that the police have answered.",
        )
    }
}

fn judge_second(record: &Record, case: &Case<'_>) -> Ruling {
    let by = record.asked.as_ref().map(|asked| asked.by);
    if by.is_none() || by != Some(case.person()) {
        return Ruling::Silent;
    }
    Ruling::refuse(
        "You asked for the release, so somebody else has to give it.",
        AllowedBy::Roles(vec!["a second person who knows of it".to_owned()]),
        "Ask them to read the record and to release the device.",
    )
}
