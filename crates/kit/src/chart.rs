//! Charts, drawn as SVG. Colour is never alone: areas have patterns, lines have marks, and the same
//! figures stand in a table behind a line.

mod bars;
mod over_time;
mod paint;

use crate::{document, words};
use maud::{Markup, html};

pub use paint::Look;

/// At most so many points in time, or bars, are drawn; more are left to the table.
pub const POINTS_MAX: usize = 400;

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What it shows, as a title.
    pub title: String,
    /// What there is to see, in a sentence: for those who can't see it, and for those who can.
    pub says: String,
    /// What kind of chart.
    pub kind: Kind,
    /// The names along the bottom: days, months, kinds.
    pub along: Vec<String>,
    /// What the names along the bottom are: "Month".
    pub along_is: String,
    /// The series.
    pub series: Vec<Series>,
}

/// What kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Areas on top of each other, over time: parts of a whole that changes.
    Stacked,
    /// Lines over time.
    Lines,
    /// Bars beside each other, one group for each name.
    Bars,
}

/// One series: its name, its look, and one number for each name along the bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// How it is painted.
    pub look: Look,
    /// Its numbers.
    pub numbers: Vec<u64>,
}

/// How things stood over time: areas on top of each other.
#[must_use]
pub fn over_time(
    title: impl Into<String>,
    says: impl Into<String>,
    days: Vec<String>,
    series: Vec<Series>,
) -> Chart {
    let (title, says) = (title.into(), says.into());
    Chart {
        title,
        says,
        kind: Kind::Stacked,
        along: days,
        along_is: "Day".to_owned(),
        series,
    }
}

/// Lines over time.
#[must_use]
pub fn lines(
    title: impl Into<String>,
    says: impl Into<String>,
    days: Vec<String>,
    series: Vec<Series>,
) -> Chart {
    Chart {
        kind: Kind::Lines,
        ..over_time(title, says, days, series)
    }
}

/// Bars: how many of each.
#[must_use]
pub fn bars(
    title: impl Into<String>,
    says: impl Into<String>,
    names: Vec<String>,
    series: Vec<Series>,
) -> Chart {
    let along_is = "Kind".to_owned();
    Chart {
        kind: Kind::Bars,
        along_is,
        ..over_time(title, says, names, series)
    }
}

impl Series {
    /// A series.
    #[must_use]
    pub fn new(name: impl Into<String>, look: Look, numbers: Vec<u64>) -> Series {
        Series {
            name: name.into(),
            look,
            numbers,
        }
    }
}

impl Chart {
    /// What the names along the bottom are: "Month".
    #[must_use]
    pub fn along_is(self, along_is: impl Into<String>) -> Chart {
        Chart {
            along_is: along_is.into(),
            ..self
        }
    }

    /// The chart with its key and, behind a line, its figures. `id` begins the ids of its parts and
    /// must be the only one of its kind on the page.
    #[must_use]
    pub fn draw(&self, id: &str) -> Markup {
        let drawing = match self.kind {
            Kind::Stacked => over_time::stacked(self, id),
            Kind::Lines => over_time::lines(self),
            Kind::Bars => bars::bars(self, id),
        };
        html! {
            figure class="sg-chart" {
                figcaption class="sg-chart__caption" {
                    span class="govuk-heading-s sg-chart__title" { (self.title) }
                    @if !self.says.is_empty() { span class="govuk-body" { (self.says) } }
                }
                @if self.has_numbers() {
                    (paint::key(self, id))
                    div class="sg-chart__drawing" {
                        svg viewBox={ "0 0 " (paint::WIDTH) " " (paint::HEIGHT) } role="img"
                            aria-labelledby={ (id) "-title " (id) "-says" } focusable="false" {
                            title id={ (id) "-title" } { (self.title) }
                            desc id={ (id) "-says" } { (self.says) }
                            (paint::patterns(self, id))
                            (paint::scale(self))
                            (drawing)
                        }
                    }
                    details class="govuk-details" {
                        summary class="govuk-details__summary" {
                            span class="govuk-details__summary-text" {
                                (words::ENGLISH.figures) span class="govuk-visually-hidden" { ": " (self.title) }
                            }
                        }
                        div class="govuk-details__text" { (document::to_table(&self.figures(), false)) }
                    }
                } @else { p class="govuk-body" { "There is nothing to draw yet." } }
            }
        }
    }

    /// The same figures as a table.
    #[must_use]
    pub fn figures(&self) -> document::Table {
        let head = std::iter::once(self.along_is.clone())
            .chain(self.series.iter().map(|one| one.name.clone()));
        let row = |(place, name): (usize, &String)| {
            let numbers = self.series.iter().map(|one| one.at(place).to_string());
            std::iter::once(name.clone()).chain(numbers).collect()
        };
        document::Table {
            caption: self.title.clone(),
            head: head.collect(),
            rows: self.along.iter().enumerate().map(row).collect(),
            numeric: (1..=self.series.len()).collect(),
        }
    }

    fn has_numbers(&self) -> bool {
        !self.along.is_empty() && self.series.iter().any(|one| !one.numbers.is_empty())
    }

    /// How many names along the bottom are drawn.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.along.len().min(POINTS_MAX)
    }

    /// Where the scale ends: a round number that all fits under.
    #[must_use]
    pub fn top(&self) -> u64 {
        paint::nice(self.largest())
    }

    /// The largest number that the drawing must hold.
    fn largest(&self) -> u64 {
        let at = |place: usize| {
            let numbers = self.series.iter().map(|one| one.at(place));
            if self.kind == Kind::Stacked {
                numbers.fold(0, u64::saturating_add)
            } else {
                numbers.max().unwrap_or(0)
            }
        };
        (0..self.shown()).map(at).max().unwrap_or(0).max(1)
    }
}

impl Series {
    /// The number at a place along the bottom; nought where there is none.
    #[must_use]
    pub fn at(&self, place: usize) -> u64 {
        self.numbers.get(place).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
