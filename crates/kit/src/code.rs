//! A code that a telephone reads with its camera, and the address that it holds, in words beside it.
//! The squares are put in where the address of the program is known.

use maud::{Markup, html};

/// White squares around it, without which it can't be read.
const QUIET: u16 = 4;

/// A code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// Where it leads, within this program: `/concerns/report`.
    pub path: String,
    /// The whole address, when it is known.
    pub address: String,
    /// How many squares it has on each side, without the white around it.
    pub side: u16,
    /// The dark squares, in rows: across, down, how many.
    pub dark: Vec<(u16, u16, u16)>,
}

impl Code {
    /// A code that leads to a path.
    #[must_use]
    pub fn to(path: impl Into<String>) -> Code {
        Code {
            path: path.into(),
            ..Code::default()
        }
    }

    /// How many squares it has on each side, with the white around it.
    #[must_use]
    pub fn whole(&self) -> u16 {
        self.side.saturating_add(2 * QUIET)
    }

    /// The dark squares within the whole.
    pub fn squares(&self) -> impl Iterator<Item = (u16, u16, u16)> {
        let inside = |(across, down, many): &(u16, u16, u16)| {
            (
                across.saturating_add(QUIET),
                down.saturating_add(QUIET),
                *many,
            )
        };
        self.dark.iter().map(inside)
    }

    /// The address, or as much of it as is known.
    #[must_use]
    pub fn words(&self) -> &str {
        if self.address.is_empty() {
            &self.path
        } else {
            &self.address
        }
    }

    /// As a part of a page.
    #[must_use]
    pub fn draw(&self) -> Markup {
        let mut path = String::new();
        for (across, down, many) in self.squares() {
            path.push_str(&format!("M{across} {down}h{many}v1h-{many}z"));
        }
        html! {
            @if !self.dark.is_empty() {
                svg class="sg-qr" viewBox={ "0 0 " (self.whole()) " " (self.whole()) } width="280" height="280" role="img" aria-label=(self.words()) {
                    path d=(path) fill="#000" {}
                }
            }
            p class="govuk-body sg-key" dir="ltr" { (self.words()) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_stands_beside_the_code_and_white_around_it() {
        let code = Code {
            address: "https://x.example/y".to_owned(),
            side: 21,
            dark: vec![(0, 0, 7)],
            ..Code::to("/y")
        };
        let drawn = code.draw().into_string();
        assert!(drawn.contains("M4 4h7v1h-7z") && drawn.contains("viewBox=\"0 0 29 29\""));
        assert!(drawn.contains("https://x.example/y"));
    }
}
