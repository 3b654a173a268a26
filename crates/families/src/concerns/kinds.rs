//! What a concern is about. The four risks online are those of the United Kingdom's guidance for
//! schools and settings (Keeping children safe in education, 2025: content, contact, conduct, commerce).

use serde::{Deserialize, Serialize};

/// What a concern is about.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The reporter does not know, or did not say.
    #[default]
    Unsure,
    /// A child may be harmed or neglected.
    Harm,
    /// Somebody has approached or groomed a child online.
    Grooming,
    /// A sexual image of a child.
    IndecentImage,
    /// Something unsuitable was seen on a screen.
    Unsuitable,
    /// Bullying.
    Bullying,
    /// Hate.
    Hate,
    /// Somebody is being drawn into extremism.
    Radicalisation,
    /// Money, advertising, gambling, fraud.
    Money,
    /// How an adult behaves who works here.
    Adult,
    /// Personal data was lost or shown.
    Data,
}

/// A risk online.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// What a child sees.
    Content,
    /// Who gets in touch.
    Contact,
    /// How somebody behaves.
    Conduct,
    /// Money.
    Commerce,
    /// Not a risk online.
    Other,
}

/// Kinds for forms: key and label.
pub const KINDS: &[(&str, &str)] = &[
    ("unsure", "I am not sure"),
    ("harm", "A child may be harmed or neglected"),
    ("grooming", "Somebody has approached a child online"),
    ("indecent-image", "A sexual image of a child"),
    ("unsuitable", "Something unsuitable on a screen"),
    ("bullying", "Bullying"),
    ("hate", "Hate"),
    ("radicalisation", "Somebody is being drawn into extremism"),
    ("money", "Money, advertising or fraud"),
    ("adult", "How an adult behaves who works here"),
    ("data", "Personal data was lost or shown"),
];

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 11] = [
        Kind::Unsure,
        Kind::Harm,
        Kind::Grooming,
        Kind::IndecentImage,
        Kind::Unsuitable,
        Kind::Bullying,
        Kind::Hate,
        Kind::Radicalisation,
        Kind::Money,
        Kind::Adult,
        Kind::Data,
    ];

    /// As forms and the ledger write it.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.row().0
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Kind::Unsure => "Not said yet",
            _ => self.row().1,
        }
    }

    fn row(self) -> (&'static str, &'static str) {
        let place = Kind::ALL.iter().position(|kind| *kind == self);
        let row = place.and_then(|place| KINDS.get(place));
        row.copied().unwrap_or_default()
    }

    /// The kind with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The risk online that it belongs to.
    #[must_use]
    pub fn category(self) -> Category {
        match self {
            Kind::IndecentImage | Kind::Unsuitable | Kind::Hate | Kind::Radicalisation => {
                Category::Content
            }
            Kind::Grooming => Category::Contact,
            Kind::Bullying => Category::Conduct,
            Kind::Money => Category::Commerce,
            Kind::Unsure | Kind::Harm | Kind::Adult | Kind::Data => Category::Other,
        }
    }
}

impl Category {
    /// All of them.
    pub const ALL: [Category; 5] = [
        Category::Content,
        Category::Contact,
        Category::Conduct,
        Category::Commerce,
        Category::Other,
    ];

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Category::Content => "Content",
            Category::Contact => "Contact",
            Category::Conduct => "Conduct",
            Category::Commerce => "Commerce",
            Category::Other => "Not a risk online",
        }
    }
}

/// Places on the body, for marks that were seen: key and label. The same as on the outline beside the
/// list; left and right are the child’s own.
pub const PLACES: &[(&str, &str)] = &[
    ("face", "Face"),
    ("head-back", "Back of the head"),
    ("neck-front", "Neck, front"),
    ("neck-back", "Neck, back"),
    ("ear-left", "Ear, child’s left"),
    ("ear-right", "Ear, child’s right"),
    ("shoulder-left-front", "Shoulder, child’s left, front"),
    ("shoulder-left-back", "Shoulder, child’s left, back"),
    ("shoulder-right-front", "Shoulder, child’s right, front"),
    ("shoulder-right-back", "Shoulder, child’s right, back"),
    ("arm-left-front", "Arm, child’s left, front"),
    ("arm-left-back", "Arm, child’s left, back"),
    ("arm-right-front", "Arm, child’s right, front"),
    ("arm-right-back", "Arm, child’s right, back"),
    ("hand-left-palm", "Hand, child’s left, palm"),
    ("hand-left-back", "Hand, child’s left, back of the hand"),
    ("hand-right-palm", "Hand, child’s right, palm"),
    ("hand-right-back", "Hand, child’s right, back of the hand"),
    ("chest", "Chest"),
    ("belly", "Belly"),
    ("back", "Back"),
    ("hips", "Hips, front"),
    ("bottom", "Bottom"),
    ("leg-left-front", "Leg, child’s left, front"),
    ("leg-left-back", "Leg, child’s left, back"),
    ("leg-right-front", "Leg, child’s right, front"),
    ("leg-right-back", "Leg, child’s right, back"),
    ("foot-left-top", "Foot, child’s left, top"),
    ("foot-left-sole", "Foot, child’s left, heel and sole"),
    ("foot-right-top", "Foot, child’s right, top"),
    ("foot-right-sole", "Foot, child’s right, heel and sole"),
];

/// Places as earlier releases asked for them, without the side: they are read for ever.
const EARLIER: &[(&str, &str)] = &[
    ("head", "Head or face"),
    ("ear", "Ear"),
    ("neck", "Neck"),
    ("shoulder", "Shoulder"),
    ("arm", "Arm"),
    ("hand", "Hand"),
    ("leg", "Leg"),
    ("foot", "Foot"),
];

/// The words for places, in the order of the list.
#[must_use]
pub fn places_in_words(marks: &[String]) -> Vec<&'static str> {
    let all = PLACES.iter().chain(EARLIER);
    let chosen = all.filter(|(key, _)| marks.iter().any(|mark| mark == key));
    chosen.map(|(_, label)| *label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_labels_stand_in_the_order_of_the_kinds() {
        for kind in Kind::ALL {
            assert_eq!(
                serde_json::to_string(&kind).unwrap(),
                format!("\"{}\"", kind.key())
            );
            assert_eq!(Kind::from_key(kind.key()), Some(kind));
        }
        assert_eq!(Kind::ALL.len(), KINDS.len());
    }

    #[test]
    fn marks_of_earlier_releases_are_read_too() {
        let marks = ["arm", "bottom", "arm-left-front"].map(str::to_owned);
        assert_eq!(
            places_in_words(&marks),
            ["Arm, child’s left, front", "Bottom", "Arm"]
        );
    }
}
