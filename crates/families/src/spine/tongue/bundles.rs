//! The message files of each language, read once, when the first message is asked for.

use super::{Tongue, Value};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::LazyLock;

/// The files of a language: the same names in each.
macro_rules! files {
    ($code:literal) => {
        &[
            include_str!(concat!("../../../words/", $code, "/frame.ftl")),
            include_str!(concat!("../../../words/", $code, "/agreements.ftl")),
            include_str!(concat!("../../../words/", $code, "/pages.ftl")),
            include_str!(concat!("../../../words/", $code, "/forms.ftl")),
            include_str!(concat!("../../../words/", $code, "/phrases.ftl")),
            include_str!(concat!("../../../words/", $code, "/notices.ftl")),
            include_str!(concat!("../../../words/", $code, "/account.ftl")),
            include_str!(concat!("../../../words/", $code, "/policy.ftl")),
            include_str!(concat!("../../../words/", $code, "/said.ftl")),
            include_str!(concat!("../../../words/", $code, "/help.ftl")),
            include_str!(concat!("../../../words/", $code, "/monitor.ftl")),
        ]
    };
}

/// The sentences that are known by their English.
pub(super) const PHRASES: [&str; 3] = [
    include_str!("../../../words/en/phrases.ftl"),
    include_str!("../../../words/en/said.ftl"),
    include_str!("../../../words/en/help.ftl"),
];

/// What is in the message files of a language.
pub(super) const fn sources(tongue: Tongue) -> &'static [&'static str] {
    match tongue {
        Tongue::En => files!("en"),
        Tongue::Pl => files!("pl"),
        Tongue::Ur => files!("ur"),
        Tongue::Ar => files!("ar"),
        Tongue::Ro => files!("ro"),
        Tongue::Uk => files!("uk"),
    }
}

type Bundle = FluentBundle<FluentResource>;

fn read(tongue: Tongue) -> Bundle {
    let language = tongue.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Between words from right to left, a name from left to right needs marks around it, and the
    // other way round; where all is from left to right they would only be in the way.
    bundle.set_use_isolating(tongue.is_right_to_left());
    for source in sources(tongue) {
        // What can't be read is left out, and said in English; a test finds it.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn bundle(tongue: Tongue) -> &'static Bundle {
    static EN: LazyLock<Bundle> = LazyLock::new(|| read(Tongue::En));
    static PL: LazyLock<Bundle> = LazyLock::new(|| read(Tongue::Pl));
    static UR: LazyLock<Bundle> = LazyLock::new(|| read(Tongue::Ur));
    static AR: LazyLock<Bundle> = LazyLock::new(|| read(Tongue::Ar));
    static RO: LazyLock<Bundle> = LazyLock::new(|| read(Tongue::Ro));
    static UK: LazyLock<Bundle> = LazyLock::new(|| read(Tongue::Uk));
    match tongue {
        Tongue::En => &EN,
        Tongue::Pl => &PL,
        Tongue::Ur => &UR,
        Tongue::Ar => &AR,
        Tongue::Ro => &RO,
        Tongue::Uk => &UK,
    }
}

/// A message of this language, or a part of one; `None` when it does not have it whole.
pub(super) fn say(tongue: Tongue, id: &str, values: &[(&str, Value<'_>)]) -> Option<String> {
    let bundle = bundle(tongue);
    let (message, part) = match id.split_once('.') {
        Some((message, part)) => (message, Some(part)),
        None => (id, None),
    };
    let message = bundle.get_message(message)?;
    let pattern = match part {
        Some(part) => message.get_attribute(part)?.value(),
        None => message.value()?,
    };
    let mut arguments = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        let value = match value {
            Value::Words(words) => FluentValue::from(*words),
            Value::Number(number) => FluentValue::from(*number),
        };
        arguments.set(*name, value);
    }
    let mut wrong = Vec::new();
    let said = bundle.format_pattern(pattern, Some(&arguments), &mut wrong);
    wrong.is_empty().then(|| said.into_owned())
}

/// Whether this language has a message, or a part of one.
pub(super) fn has(tongue: Tongue, id: &str) -> bool {
    let bundle = bundle(tongue);
    match id.split_once('.') {
        None => bundle
            .get_message(id)
            .is_some_and(|message| message.value().is_some()),
        Some((message, part)) => bundle
            .get_message(message)
            .is_some_and(|message| message.get_attribute(part).is_some()),
    }
}
