//! Our mark, and the small shapes that stand beside words. All drawn here, with classes for their
//! colours, hidden from those who listen: the words say the same.

use kernel::standing::Standing;
use maud::{Markup, html};

/// A gate, and the stair behind it.
pub(crate) fn mark() -> Markup {
    html! {
        svg class="sg-mark" viewBox="1 9 39 38" width="44" height="43" aria-hidden="true" focusable="false" {
            path class="sg-mark__stair" d="M25 45V34h7V23h7V12h7v33z" {}
            path class="sg-mark__gate" d="M4 44V20M20 44V20M4 26H20M4 39H20M9.330 26V39M14.670 26V39" {}
        }
    }
}

/// The shape of a standing: each is another outline, so that colour is not needed.
pub(crate) fn standing(standing: Standing) -> Markup {
    let (outline, inner) = match standing {
        // A disc with a tick.
        Standing::Met => (
            "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0z",
            "M4 8.300l2.700 2.700L12 5.500",
        ),
        // A ring with the hands of a clock.
        Standing::Due => (
            "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm0 2.200a5.800 5.800 0 1 1 0 11.600A5.800 5.800 0 0 1 8 2.200z",
            "M8 4.600V8l2.400 1.700",
        ),
        // A triangle with a mark.
        Standing::Breached => ("M8 .500L16 15.500H0z", "M8 5.500v4.300M8 12v1.600"),
        // A square with a line through the middle.
        Standing::NotInUse => ("M0 0h16v16H0z", "M4 8h8"),
        // A speech bubble.
        Standing::NeedsWord => (
            "M0 1h16v10.500H8L4 15.500v-4H0z",
            "M4 6.200h1.500M7.250 6.200h1.500M10.500 6.200H12",
        ),
        // A diamond, hollow.
        Standing::NotInVersion => ("M8 0l8 8-8 8-8-8zM8 3L3 8l5 5 5-5z", "M8 7v2"),
    };
    html! {
        svg class="sg-shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" {
            path class="sg-shape__outline" fill-rule="evenodd" d=(outline) {}
            path class="sg-shape__inner" fill="none" d=(inner) {}
        }
    }
}

/// A tick, for what to do.
pub(crate) fn tick() -> Markup {
    html! {
        svg class="sg-tick" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false" {
            path fill="none" stroke="currentColor" stroke-width="3" d="M3 10.500l5 5L17 5" {}
        }
    }
}

/// A cross, for what not to do.
pub(crate) fn cross() -> Markup {
    html! {
        svg class="sg-cross" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false" {
            path fill="none" stroke="currentColor" stroke-width="3" d="M4 4l12 12M16 4L4 16" {}
        }
    }
}
