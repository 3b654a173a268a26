//! The controls of this family, in the order of the catalogue.

mod age_appropriate;
mod breach;
mod changes;
mod illegal;
mod over_blocking;
mod personal_mail;
mod social_media;

use crate::spine::control::Kind;

/// The controls of this family.
pub(super) const CONTROLS: &[Kind] = &[
    Kind::of::<age_appropriate::AgeAppropriate>("filter.age-appropriate"),
    Kind::of::<illegal::Illegal>("filter.illegal"),
    Kind::of::<social_media::SocialMedia>("filter.social-media"),
    Kind::of::<personal_mail::PersonalMail>("filter.personal-mail"),
    Kind::of::<over_blocking::OverBlocking>("filter.over-blocking"),
    Kind::of::<changes::Changes>("filter.changes"),
    Kind::of::<breach::Breach>("filter.breach"),
];
