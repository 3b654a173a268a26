//! The words of the parts of pages in each language, put together once.

use super::{Tongue, Value};
use kit::words::{ENGLISH, Words};
use std::sync::LazyLock;

/// The words that the parts of a page say, in a language.
#[must_use]
pub fn words(tongue: Tongue) -> &'static Words {
    static PL: LazyLock<Words> = LazyLock::new(|| read(Tongue::Pl));
    static UR: LazyLock<Words> = LazyLock::new(|| read(Tongue::Ur));
    static AR: LazyLock<Words> = LazyLock::new(|| read(Tongue::Ar));
    static RO: LazyLock<Words> = LazyLock::new(|| read(Tongue::Ro));
    static UK: LazyLock<Words> = LazyLock::new(|| read(Tongue::Uk));
    match tongue {
        Tongue::En => ENGLISH,
        Tongue::Pl => &PL,
        Tongue::Ur => &UR,
        Tongue::Ar => &AR,
        Tongue::Ro => &RO,
        Tongue::Uk => &UK,
    }
}

/// The parts fill their places in themselves, so each place gets its own mark.
fn read(tongue: Tongue) -> Words {
    Words::of(|id| {
        // The scripts of pages write a place in another way.
        let count = if id == "part-left" || id == "part-too-many" {
            "%{count}"
        } else {
            "{count}"
        };
        let values = [
            ("name", Value::Words("{name}")),
            ("label", Value::Words("{label}")),
            ("count", Value::Words(count)),
        ];
        tongue.say_with(id, &values)
    })
}
