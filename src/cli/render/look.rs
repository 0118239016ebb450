//! How answers are to look: their form, and what the stream they go to can show.
//!
//! Floor 6. `settings` fills it in; the tables and the answer read it.

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: tables and sentences
    Table,
    /// For scripts: one JSON object
    Json,
    /// For spreadsheets: comma-separated values with a header row
    Csv,
}

/// How answers are to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The form.
    pub format: Format,
    /// The terminal's width in columns; `None` when piped, and then nothing is cut or wrapped.
    pub columns: Option<u16>,
    /// Whether standard output may be coloured.
    pub colour: bool,
    /// Whether accounts of routine success are left out.
    pub quiet: bool,
}
