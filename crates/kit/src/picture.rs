//! Simple pictures for whoever can't read yet, drawn here with a few lines each, and the outline of a
//! body on which a place is pressed. They are hidden from those who listen: the words beside them say
//! the same.

use maud::{Markup, html};

/// A part of a picture.
enum Part {
    /// A line.
    Line(&'static str),
    /// A filled shape.
    Filled(&'static str),
}

use Part::{Filled, Line};

const FACE: Part = Line("M40 8a32 32 0 1 0 0 64a32 32 0 1 0 0-64z");
const EYES: Part = Filled("M28 30a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM52 30a4 4 0 1 0 0 8a4 4 0 1 0 0-8z");
const SMALL_ONE: Part =
    Line("M24 26a8 8 0 1 0 0 16a8 8 0 1 0 0-16zM24 42v18M24 60l-8 14M24 60l8 14M12 50h24");

/// The picture with this name; a bubble with a question where there is none.
#[must_use]
pub fn picture(name: &str) -> Markup {
    let parts: &[Part] = match name {
        "me" => &[
            Line("M40 10a11 11 0 1 0 0 22a11 11 0 1 0 0-22zM40 32v22M40 54l-10 20M40 54l10 20"),
            Line("M40 42L24 34M40 42l10 4l-8 2"),
            Filled("M40 36a5 5 0 1 0 0 10a5 5 0 1 0 0-10z"),
        ],
        "child" => &[
            SMALL_ONE,
            Filled("M56 26a8 8 0 1 0 0 16a8 8 0 1 0 0-16z"),
            Line("M56 42v18M56 60l-8 14M56 60l8 14M44 50h24"),
        ],
        "adult" => &[
            SMALL_ONE,
            Filled("M54 4a10 10 0 1 0 0 20a10 10 0 1 0 0-20z"),
            Line("M54 24v28M54 52l-10 22M54 52l10 22M38 34h32"),
        ],
        "online" => &[
            Line("M6 12h68v44H6zM30 68h20M40 56v12"),
            Filled("M40 18a8 8 0 1 0 0 16a8 8 0 1 0 0-16zM26 52c0-20 28-20 28 0z"),
        ],
        "hurt" => &[
            Line("M18 34l28-20l18 26l-28 20zM26 42l12-9M44 29l8-6"),
            Filled("M38 32a3 3 0 1 0 0 6zM44 36a3 3 0 1 0 0 6zM40 42a3 3 0 1 0 0 6z"),
        ],
        "unkind" => &[
            Line("M8 10h64v42H36L22 68V52H8z"),
            Line("M18 36l8-14l8 14l8-14l8 14l8-14l6 12"),
        ],
        "screen" => &[
            Line("M12 8h56v64H12zM36 64h8"),
            Filled("M37 18h6l-1 24h-4zM40 46a3 3 0 1 0 0 6a3 3 0 1 0 0-6z"),
        ],
        "secret" => &[FACE, EYES, Line("M30 54h20M40 42v24")],
        "touch" => &[
            Line("M24 74V44L14 34M24 44V16M34 40V8M44 40V8M54 42V14M54 42v18c0 8-6 14-12 14"),
            Line("M24 16v26M34 8v32M44 8v32M54 14v28"),
        ],
        "home" => &[
            Line("M8 40L40 10l32 30M16 34v38h48V34"),
            Filled("M34 50h12v22H34z"),
        ],
        "sad" => &[FACE, EYES, Line("M26 58c6-12 22-12 28 0")],
        "scared" => &[
            FACE,
            EYES,
            Line("M20 24l12-4M60 24l-12-4M40 48a8 9 0 1 0 0 18a8 9 0 1 0 0-18z"),
        ],
        "angry" => &[FACE, EYES, Line("M20 22l14 6M60 22l-14 6M26 56h28")],
        "worried" => &[
            FACE,
            EYES,
            Line("M20 28l12-6M60 28l-12-6M24 54l6-5l6 5l6-5l6 5l6-5"),
        ],
        "thanks" => &[FACE, EYES, Line("M24 48c6 14 26 14 32 0")],
        _ => &[
            Line("M8 10h64v44H40L26 70V54H8z"),
            Line("M32 26c0-12 16-12 16-1c0 7-8 6-8 13"),
            Filled("M40 42a3 3 0 1 0 0 6a3 3 0 1 0 0-6z"),
        ],
    };
    html! {
        svg class="sg-picture-of" viewBox="0 0 80 80" width="96" height="96" aria-hidden="true" focusable="false" {
            @for part in parts {
                @match part {
                    Line(path) => path class="sg-picture-of__line" d=(path) {},
                    Filled(path) => path class="sg-picture-of__filled" d=(path) {},
                }
            }
        }
    }
}

/// The places of a body, seen from the front and from behind: the key of a place, and its shape. The
/// one in front has a face. Left and right are those of the child: in front, its left is on the right.
const BODY: &[(&str, &str)] = &[
    ("face", "M60 8a20 22 0 1 0 0 44a20 22 0 1 0 0-44z"),
    ("neck-front", "M52 50h16v12h-16z"),
    ("ear-right", "M38 24a6 8 0 1 0 0 16z"),
    ("ear-left", "M82 24a6 8 0 1 1 0 16z"),
    ("shoulder-right-front", "M44 62h-10a12 12 0 0 0-12 12v4h22z"),
    ("shoulder-left-front", "M76 62h10a12 12 0 0 1 12 12v4h-22z"),
    ("arm-right-front", "M22 78h16v54h-16z"),
    ("arm-left-front", "M82 78h16v54h-16z"),
    (
        "hand-right-palm",
        "M30 132a10 11 0 1 0 0 22a10 11 0 1 0 0-22z",
    ),
    (
        "hand-left-palm",
        "M90 132a10 11 0 1 0 0 22a10 11 0 1 0 0-22z",
    ),
    ("leg-right-front", "M42 152h17v74h-17z"),
    ("leg-left-front", "M61 152h17v74h-17z"),
    ("foot-right-top", "M38 226h21v16h-25z"),
    ("foot-left-top", "M61 226h21l4 16h-25z"),
    ("chest", "M44 62h32v34H44z"),
    ("belly", "M44 96h32v32H44z"),
    ("hips", "M42 128h36v24H42z"),
    ("head-back", "M180 8a20 22 0 1 0 0 44a20 22 0 1 0 0-44z"),
    ("neck-back", "M172 50h16v12h-16z"),
    ("ear-left", "M158 24a6 8 0 1 0 0 16z"),
    ("ear-right", "M202 24a6 8 0 1 1 0 16z"),
    ("shoulder-left-back", "M164 62h-10a12 12 0 0 0-12 12v4h22z"),
    ("shoulder-right-back", "M196 62h10a12 12 0 0 1 12 12v4h-22z"),
    ("arm-left-back", "M142 78h16v54h-16z"),
    ("arm-right-back", "M202 78h16v54h-16z"),
    (
        "hand-left-back",
        "M150 132a10 11 0 1 0 0 22a10 11 0 1 0 0-22z",
    ),
    (
        "hand-right-back",
        "M210 132a10 11 0 1 0 0 22a10 11 0 1 0 0-22z",
    ),
    ("leg-left-back", "M162 152h17v74h-17z"),
    ("leg-right-back", "M181 152h17v74h-17z"),
    ("foot-left-sole", "M158 226h21v16h-25z"),
    ("foot-right-sole", "M181 226h21l4 16h-25z"),
    ("back", "M164 62h32v66h-32z"),
    ("bottom", "M162 128h36v24h-36z"),
];

/// The outline of a body, from the front and from behind. A script lets each place be pressed, which
/// ticks its box in the list beside it; without one only the list is there.
pub(crate) fn body() -> Markup {
    html! {
        svg class="sg-body__outline" viewBox="12 0 220 248" width="330" height="372" aria-hidden="true" focusable="false" {
            @for (place, path) in BODY { path class="sg-body__place" data-place=(place) d=(path) {} }
            path class="sg-body__face" d="M52 26a2.500 2.500 0 1 0 0 5a2.500 2.500 0 1 0 0-5zM68 26a2.500 2.500 0 1 0 0 5a2.500 2.500 0 1 0 0-5zM52 40c4 4 12 4 16 0l-1-1c-4 3-10 3-14 0z" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_hidden_from_those_who_listen_and_each_name_has_its_own() {
        let names = [
            "me", "child", "adult", "online", "hurt", "unkind", "screen", "secret", "touch",
            "home", "sad", "scared", "angry", "worried", "thanks", "else",
        ];
        let drawn: std::collections::BTreeSet<String> = names
            .iter()
            .map(|name| picture(name).into_string())
            .collect();
        assert_eq!(drawn.len(), names.len());
        assert!(drawn.iter().all(|svg| svg.contains("aria-hidden=\"true\"")));
    }
}
