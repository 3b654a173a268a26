//! devices.wireless: the internet is off on children’s devices except while it is used. A device or
//! room can be set so; where the policy keeps it off, a children’s device is never simply on.

use crate::{
    devices::{
        acts::Act as Devices,
        kinds::{Internet, Users},
    },
    spine::{
        act::{Act, Case},
        control::Control,
        in_force::InForce,
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Value,
};
use serde::Deserialize;

/// The control.
const CONTROL: &str = "devices.wireless";

/// The internet is off on children’s devices except while it is used.
#[derive(Deserialize)]
pub(super) struct Wireless {
    /// Off or on.
    #[serde(default)]
    default: Option<String>,
}

impl Control for Wireless {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        if self.default.as_deref().is_some_and(is_on) {
            return Ruling::Silent;
        }
        let devices = &case.setting.devices;
        let refused = match act {
            Act::Devices(Devices::SetInternet {
                device,
                internet: Internet::Always,
            }) => devices
                .find(*device)
                .is_some_and(|device| device.about.users == Users::Children),
            Act::Devices(Devices::SetRoomInternet {
                room,
                internet: Internet::Always,
            }) => devices.kept().any(|device| {
                device.about.users == Users::Children && device.about.room == Some(*room)
            }),
            // A device that becomes a children’s device must not bring an open line with it.
            Act::Devices(Devices::Change { device, about }) => {
                let was = devices.find(*device);
                about.users == Users::Children
                    && was.is_some_and(|was| was.internet == Some(Internet::Always))
            }
            _ => false,
        };
        if !refused {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "Children’s devices have no internet here unless an adult opens it.",
            AllowedBy::Nobody,
            "Open the internet for them while it is needed: it closes by itself.",
        )
        .at("internet")
    }
}

fn is_on(words: &str) -> bool {
    words.trim().eq_ignore_ascii_case("on")
}

/// Whether the internet is off on children’s devices unless it is opened: unless the policy in force
/// says that it is on.
#[must_use]
pub(crate) fn is_off(in_force: &InForce) -> bool {
    let running = in_force.find(CONTROL);
    let said = running.and_then(|running| running.bound.values.get("default"));
    !said.map(Value::in_words).is_some_and(|words| is_on(&words))
}
