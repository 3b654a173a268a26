//! The controls of this family, in the order of the catalogue.

mod age_appropriate;
mod breach;
mod changes;
pub(in crate::filter) mod checks;
mod closed_on_failure;
mod content;
mod coverage;
mod email_and_spam;
mod illegal;
mod inappropriate;
mod over_blocking;
mod personal_mail;
mod provider;
mod social_media;
mod ways_round;

use crate::spine::control::Kind;

/// The controls of this family.
pub(super) const CONTROLS: &[Kind] = &[
    Kind::of::<age_appropriate::AgeAppropriate>("filter.age-appropriate"),
    Kind::of::<inappropriate::Inappropriate>("filter.inappropriate"),
    Kind::of::<illegal::Illegal>("filter.illegal"),
    Kind::of::<social_media::SocialMedia>("filter.social-media"),
    Kind::of::<personal_mail::PersonalMail>("filter.personal-mail"),
    Kind::of::<over_blocking::OverBlocking>("filter.over-blocking"),
    Kind::of::<changes::Changes>("filter.changes"),
    Kind::of::<checks::Checks>("filter.checks"),
    Kind::of::<breach::Breach>("filter.breach"),
    Kind::of::<email_and_spam::EmailAndSpam>("filter.email-and-spam"),
    Kind::of::<provider::Provider>("filter.provider"),
    Kind::of::<content::Content>("filter.content"),
    Kind::of::<ways_round::WaysRound>("filter.ways-round"),
    Kind::of::<closed_on_failure::ClosedOnFailure>("filter.closed-on-failure"),
    Kind::of::<coverage::Coverage>("filter.coverage"),
];
