//! What a device is, whose it is, and who uses it; and network addresses in their one form.

use crate::spine::act::{Person, Room};
use core::net::IpAddr;
use kernel::moment::Date;
use serde::{Deserialize, Serialize};

/// What kind of device it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A tablet.
    Tablet,
    /// A laptop.
    Laptop,
    /// A computer that stays where it is.
    Computer,
    /// A phone.
    Phone,
    /// A camera for pictures or films.
    Camera,
    /// A board or large screen.
    Board,
    /// A toy, watch or speaker that connects.
    Toy,
    /// A memory stick or disk.
    Storage,
    /// A router, access point, printer: what the network stands on.
    Network,
    /// Anything else.
    #[default]
    Other,
}

impl Kind {
    /// All kinds: key and words.
    pub const ALL: &'static [(&'static str, &'static str)] = &[
        ("tablet", "Tablet"),
        ("laptop", "Laptop"),
        ("computer", "Computer"),
        ("phone", "Phone"),
        ("camera", "Camera"),
        ("board", "Board or large screen"),
        ("toy", "Toy, watch or speaker that connects"),
        ("storage", "Memory stick or disk"),
        ("network", "Router, access point or printer"),
        ("other", "Something else"),
    ];

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Kind> {
        Some(match key {
            "tablet" => Kind::Tablet,
            "laptop" => Kind::Laptop,
            "computer" => Kind::Computer,
            "phone" => Kind::Phone,
            "camera" => Kind::Camera,
            "board" => Kind::Board,
            "toy" => Kind::Toy,
            "storage" => Kind::Storage,
            "network" => Kind::Network,
            "other" => Kind::Other,
            _ => return None,
        })
    }

    /// Its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Kind::Tablet => "tablet",
            Kind::Laptop => "laptop",
            Kind::Computer => "computer",
            Kind::Phone => "phone",
            Kind::Camera => "camera",
            Kind::Board => "board",
            Kind::Toy => "toy",
            Kind::Storage => "storage",
            Kind::Network => "network",
            Kind::Other => "other",
        }
    }

    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        words(Kind::ALL, self.key())
    }
}

/// Who uses a device; it decides what it may reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Users {
    /// Children, with an adult.
    #[default]
    Children,
    /// Whoever works here.
    Staff,
    /// The office.
    Office,
    /// Visitors and parents.
    Visitors,
}

impl Users {
    /// All: key and words.
    pub const ALL: &'static [(&'static str, &'static str)] = &[
        ("children", "Children, with an adult"),
        ("staff", "People who work here"),
        ("office", "The office"),
        ("visitors", "Visitors and parents"),
    ];

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Users> {
        Some(match key {
            "children" => Users::Children,
            "staff" => Users::Staff,
            "office" => Users::Office,
            "visitors" => Users::Visitors,
            _ => return None,
        })
    }

    /// Its key, which is also the name of the filter's profile.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Users::Children => "children",
            Users::Staff => "staff",
            Users::Office => "office",
            Users::Visitors => "visitors",
        }
    }

    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        words(Users::ALL, self.key())
    }
}

/// Whose a device is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// The setting’s.
    #[default]
    Setting,
    /// Somebody’s own.
    Person(Person),
    /// Somebody else’s: the council, a provider of services.
    Other(String),
}

impl Owner {
    /// In words, people as marks.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Owner::Setting => "The setting".to_owned(),
            Owner::Person(person) => person.mark(),
            Owner::Other(words) => words.clone(),
        }
    }
}

/// What is known about a device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What it is called here: "Robins tablet 1".
    pub name: String,
    /// What kind of device it is.
    pub kind: Kind,
    /// Maker and model.
    #[serde(default)]
    pub make: String,
    /// The maker’s serial number.
    #[serde(default)]
    pub serial: String,
    /// The number on the setting’s own label.
    #[serde(default)]
    pub tag: String,
    /// Whose it is.
    pub owner: Owner,
    /// Who uses it.
    pub users: Users,
    /// The room where it lives.
    #[serde(default)]
    pub room: Option<Room>,
    /// Where it is kept.
    #[serde(default)]
    pub place: String,
    /// Who is responsible for it.
    #[serde(default)]
    pub keeper: Option<Person>,
    /// When it was bought or came.
    #[serde(default)]
    pub bought: Option<Date>,
    /// Whether what is on it is encrypted, as far as it is known.
    #[serde(default)]
    pub encrypted: Option<bool>,
    /// Whether it takes pictures.
    #[serde(default)]
    pub camera: bool,
    /// Whether there is a SIM in it.
    #[serde(default)]
    pub sim: bool,
    /// Its addresses on the network.
    #[serde(default)]
    pub addresses: Vec<String>,
    /// The system and programs on it.
    #[serde(default)]
    pub software: String,
}

impl About {
    /// Whether it can be told from others: by a serial number or a label of the setting.
    #[must_use]
    pub fn is_told_apart(&self) -> bool {
        !self.serial.is_empty() || !self.tag.is_empty()
    }

    /// Whether it is the setting’s.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.owner == Owner::Setting
    }
}

/// Whether the internet is there for a device by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Internet {
    /// Off, but while an adult has opened it.
    Opened,
    /// Always there, as the filter lets through.
    Always,
}

impl Internet {
    /// All: key and words.
    pub const ALL: &'static [(&'static str, &'static str)] = &[
        ("opened", "Off, unless an adult opens it"),
        ("always", "On, as far as the filter lets through"),
    ];

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Internet> {
        match key {
            "opened" => Some(Internet::Opened),
            "always" => Some(Internet::Always),
            _ => None,
        }
    }

    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Internet::Opened => "Off, unless an adult opens it",
            Internet::Always => "On, as far as the filter lets through",
        }
    }
}

/// How a device went for good.
pub const DISPOSALS: &[(&str, &str)] = &[
    ("recycled", "Wiped and recycled"),
    ("destroyed", "Destroyed"),
    ("returned", "Returned to whom it belongs"),
    ("given", "Wiped and given or sold"),
];

/// The words of a key.
#[must_use]
pub fn words(all: &'static [(&'static str, &'static str)], key: &str) -> &'static str {
    let found = all.iter().find(|(own, _)| *own == key);
    found.map_or("", |(_, words)| words)
}

/// A network address in its one form: six bytes with colons, or an address of the internet.
#[must_use]
pub fn address(text: &str) -> Option<String> {
    let text = text.trim();
    if let Ok(internet) = text.parse::<IpAddr>() {
        return Some(internet.to_canonical().to_string());
    }
    let digits: String = text
        .chars()
        .filter(|c| !":-. ".contains(*c))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if digits.len() != 12 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut address = String::with_capacity(17);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 2 == 0 {
            address.push(':');
        }
        address.push(digit);
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_form_however_it_is_written() {
        for same in ["AA-BB-CC-00-11-22", "aabb.cc00.1122", " aa:bb:cc:00:11:22"] {
            assert_eq!(address(same).as_deref(), Some("aa:bb:cc:00:11:22"));
        }
        assert_eq!(address("10.0.0.7").as_deref(), Some("10.0.0.7"));
        assert_eq!(address("FE80::1").as_deref(), Some("fe80::1"));
        for wrong in ["", "10.0.0", "aa:bb", "gg:bb:cc:00:11:22", "tablet"] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_key_is_read_back() {
        for (key, words) in Kind::ALL {
            assert_eq!(Kind::from_key(key).map(Kind::key), Some(*key));
            assert!(!words.is_empty());
        }
        for (key, _) in Users::ALL {
            assert_eq!(Users::from_key(key).map(Users::key), Some(*key));
        }
        for (key, words) in Internet::ALL {
            assert_eq!(
                Internet::from_key(key).map(Internet::in_words),
                Some(*words)
            );
        }
    }
}
