//! Tables. On a phone a wide table scrolls inside its own region, which the keyboard reaches.

use maud::{Markup, Render, html};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Whether it holds numbers, which stand on the right.
    pub is_numeric: bool,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    caption: String,
    caption_unseen: bool,
    columns: Vec<Column>,
    rows: Vec<Vec<Markup>>,
    first_cell_heads: bool,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn words(heading: impl Into<String>) -> Column {
        Column {
            heading: heading.into(),
            is_numeric: false,
        }
    }

    /// A column of numbers.
    #[must_use]
    pub fn numbers(heading: impl Into<String>) -> Column {
        Column {
            heading: heading.into(),
            is_numeric: true,
        }
    }
}

impl Table {
    /// A table with what it shows, and its columns.
    #[must_use]
    pub fn new(caption: impl Into<String>, columns: impl Into<Vec<Column>>) -> Table {
        Table {
            caption: caption.into(),
            caption_unseen: false,
            columns: columns.into(),
            rows: Vec::new(),
            first_cell_heads: false,
        }
    }

    /// The caption is for those who listen only; a heading above says the same.
    #[must_use]
    pub fn caption_unseen(self) -> Table {
        Table {
            caption_unseen: true,
            ..self
        }
    }

    /// The first cell of each row names the row.
    #[must_use]
    pub fn first_cell_heads(self) -> Table {
        Table {
            first_cell_heads: true,
            ..self
        }
    }

    /// Adds a row, one cell for each column.
    #[must_use]
    pub fn row(mut self, cells: impl Into<Vec<Markup>>) -> Table {
        self.rows.push(cells.into());
        self
    }

    /// Adds rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Markup>>) -> Table {
        self.rows.extend(rows);
        self
    }

    fn is_numeric(&self, column: usize) -> bool {
        self.columns
            .get(column)
            .is_some_and(|column| column.is_numeric)
    }

    fn cell(&self, place: usize, content: &Markup) -> Markup {
        let numeric = self.is_numeric(place);
        html! {
            @if place == 0 && self.first_cell_heads {
                th scope="row" class="govuk-table__header" { (content) }
            } @else if numeric {
                td class="govuk-table__cell govuk-table__cell--numeric" { (content) }
            } @else {
                td class="govuk-table__cell" { (content) }
            }
        }
    }

    pub(crate) fn bare(&self) -> Markup {
        let caption = if self.caption_unseen {
            "govuk-table__caption govuk-visually-hidden"
        } else {
            "govuk-table__caption govuk-table__caption--m"
        };
        html! {
            table class="govuk-table" {
                @if !self.caption.is_empty() { caption class=(caption) { (self.caption) } }
                @if !self.columns.is_empty() {
                    thead class="govuk-table__head" {
                        tr class="govuk-table__row" {
                            @for column in &self.columns {
                                th scope="col" class={
                                    "govuk-table__header"
                                    @if column.is_numeric { " govuk-table__header--numeric" }
                                } { (column.heading) }
                            }
                        }
                    }
                }
                tbody class="govuk-table__body" {
                    @for row in &self.rows {
                        tr class="govuk-table__row" {
                            @for (place, content) in row.iter().enumerate() { (self.cell(place, content)) }
                        }
                    }
                }
            }
        }
    }
}

impl Render for Table {
    fn render(&self) -> Markup {
        html! {
            div class="sg-scroll" role="region" aria-label=(self.caption) tabindex="0" { (self.bare()) }
        }
    }
}
