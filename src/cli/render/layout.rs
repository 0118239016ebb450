//! How the rows of a table fit into a width: what stands beside what, what goes under its row, what is left out.
//!
//! Floor 6. Where there is room nothing gives way, and what is piped has all the room there is. On a narrow terminal
//! first the headings wrap, then names are shortened with an ellipsis, then sentences wrap; what still does not fit
//! goes under its row, then the columns that say least are left out and named; at last each row becomes lines of its
//! own. An
//! id, an amount, a date is never broken, and no sentence is ever cut.

use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::table::{Column, Kind};
use crate::text::abridged;

/// A rule under the header and under the rows, and nothing else that would have to be read past.
const RULES: TableStyle = TableStyle::new()
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));
/// Columns between two columns of a table that has room.
const GAP: usize = 3;
/// Columns between two columns of a table that has not.
const NARROW_GAP: usize = 2;
/// A name is shortened to no less.
const NAME_MIN: usize = 12;
/// A sentence that stands beside others is given no less.
const SENTENCE_MIN: usize = 28;
/// How far what stands under its row is set in.
const INDENT: usize = 4;

/// The cells of a table as text, and the room there is.
pub(super) struct Sheet<'a> {
    /// What stands in each column.
    pub(super) columns: &'a [Column],
    /// The rows.
    pub(super) rows: Vec<Vec<String>>,
    /// The totals row.
    pub(super) totals: Option<Vec<String>>,
    /// The width; none is all that is needed.
    pub(super) room: Option<usize>,
    /// Whether the heading is bold.
    pub(super) bold: bool,
}

/// A table as it is shown.
pub(super) struct Shown {
    /// Its lines.
    pub(super) lines: Vec<String>,
    /// The columns that were left out though something stood in them.
    pub(super) left_out: Vec<&'static str>,
}

/// Where everything goes.
struct Plan {
    /// The columns that stand beside each other, with their widths.
    beside: Vec<(usize, usize)>,
    /// The columns that stand under their row.
    under: Vec<usize>,
    gap: usize,
}

impl Sheet<'_> {
    /// Lays the table out.
    pub(super) fn show(&self) -> Shown {
        let every: Vec<usize> = (0..self.columns.len()).collect();
        let Some(room) = self.room else {
            let beside = every.iter().map(|at| (*at, self.natural(*at).max(self.heading(*at).width())));
            let plan = Plan { beside: beside.collect(), under: Vec::new(), gap: GAP };
            return Shown { lines: self.table(&plan), left_out: Vec::new() };
        };
        let wide: Vec<(usize, usize)> =
            every.iter().map(|at| (*at, self.natural(*at).max(self.heading(*at).width()))).collect();
        if total(wide.iter().map(|(_, width)| *width), GAP).saturating_add(GAP - 1) <= room {
            let plan = Plan { beside: wide, under: Vec::new(), gap: GAP };
            return Shown { lines: self.table(&plan), left_out: Vec::new() };
        }
        let mut ranks: Vec<u8> =
            self.columns.iter().map(|column| column.minor).filter(|rank| *rank > 0).collect();
        ranks.sort_unstable();
        ranks.dedup();
        for below in std::iter::once(0).chain(ranks) {
            let kept = |at: &&usize| {
                let minor = self.columns.get(**at).map_or(0, |column| column.minor);
                minor == 0 || (minor > below && self.says_something(**at))
            };
            let kept: Vec<usize> = every.iter().filter(kept).copied().collect();
            if let Some(plan) = self.fit(&kept, room) {
                let gone = every.iter().filter(|at| !kept.contains(at) && self.says_something(**at));
                let left_out = gone.filter_map(|at| self.columns.get(*at)).map(|column| column.name);
                return Shown { lines: self.table(&plan), left_out: left_out.collect() };
            }
        }
        Shown { lines: self.stacked(room), left_out: Vec::new() }
    }

    /// Returns a column's heading.
    fn heading(&self, at: usize) -> String {
        self.columns.get(at).map_or_else(String::new, |column| column.name.replace('_', " "))
    }

    fn kind(&self, at: usize) -> Kind {
        self.columns.get(at).map_or(Kind::Text, |column| column.kind)
    }

    fn cells(&self, at: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().chain(&self.totals).filter_map(move |row| row.get(at)).map(String::as_str)
    }

    fn says_something(&self, at: usize) -> bool {
        self.rows.iter().filter_map(|row| row.get(at)).any(|cell| !cell.is_empty())
    }

    /// Returns the width of the widest cell.
    fn natural(&self, at: usize) -> usize {
        self.cells(at).map(UnicodeWidthStr::width).max().unwrap_or(0)
    }

    /// Fits columns into the room, sentences beside the rest or under their rows.
    fn fit(&self, kept: &[usize], room: usize) -> Option<Plan> {
        let sentences = |at: &usize| self.kind(*at) == Kind::Prose;
        if let Some(beside) = self.widths(kept, room) {
            return Some(Plan { beside, under: Vec::new(), gap: NARROW_GAP });
        }
        let (under, rest): (Vec<usize>, Vec<usize>) = kept.iter().partition(|at| sentences(at));
        if under.is_empty() || rest.is_empty() {
            return None;
        }
        let beside = self.widths(&rest, room)?;
        Some(Plan { beside, under, gap: NARROW_GAP })
    }

    /// Shares the room out: what cannot give way has what it needs, sentences and names share the rest.
    fn widths(&self, kept: &[usize], room: usize) -> Option<Vec<(usize, usize)>> {
        let word = |at: usize| self.heading(at).split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
        let full = |at: usize| self.natural(at).max(word(at));
        let least = |at: usize| match self.kind(at) {
            Kind::Text => self.natural(at).min(NAME_MIN).max(word(at)),
            Kind::Prose => self.natural(at).min(SENTENCE_MIN).max(word(at)),
            Kind::Id | Kind::Money | Kind::Count | Kind::Day => full(at),
        };
        let mut widths: Vec<(usize, usize)> = kept.iter().map(|at| (*at, least(*at))).collect();
        let used = total(widths.iter().map(|(_, width)| *width), NARROW_GAP);
        let mut left = room.checked_sub(used)?;
        // Names first: they need little, and a sentence reads well on two lines.
        for kind in [Kind::Text, Kind::Prose] {
            for (at, width) in widths.iter_mut().filter(|(at, _)| self.kind(*at) == kind) {
                let more = full(*at).saturating_sub(*width).min(left);
                *width = width.saturating_add(more);
                left = left.saturating_sub(more);
            }
        }
        Some(widths)
    }

    /// Draws the columns that stand beside each other, and puts what stands under a row there.
    fn table(&self, plan: &Plan) -> Vec<String> {
        let headings = self.headings(plan);
        let rows: Vec<Vec<String>> =
            self.rows.iter().chain(&self.totals).map(|row| self.row(row, plan)).collect();
        let heights: Vec<usize> = rows.iter().map(|row| height(row)).collect();
        let drawn = self.draw(&headings, rows, plan);
        let mut drawn = drawn.lines().map(str::trim_end);
        let mut lines: Vec<String> = drawn.by_ref().take(height(&headings)).map(str::to_owned).collect();
        let rule: String =
            drawn.next().unwrap_or_default().chars().take(self.room.unwrap_or(usize::MAX)).collect();
        lines.push(rule.clone());
        for (number, (row, height)) in self.rows.iter().chain(&self.totals).zip(heights).enumerate() {
            // The totals stand below the second rule.
            if number == self.rows.len() {
                lines.push(rule.clone());
            }
            lines.extend(drawn.by_ref().take(height).map(str::to_owned));
            lines.extend(self.under(row, plan));
        }
        if self.totals.is_none() {
            lines.push(rule);
        }
        lines
    }

    fn draw(&self, headings: &[String], rows: Vec<Vec<String>>, plan: &Plan) -> String {
        let mut table = Table::new();
        table.load_style(RULES).set_content_arrangement(ContentArrangement::Disabled);
        if self.bold {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        table.set_header(headings.iter().map(|heading| Cell::new(heading).add_attribute(Attribute::Bold)));
        for row in rows {
            table.add_row(row);
        }
        // Between two columns stands a blank of the library's own.
        let padding = u16::try_from(plan.gap.saturating_sub(1)).unwrap_or(u16::MAX);
        for (number, (column, (at, _))) in (1..).zip(table.column_iter_mut().zip(&plan.beside)) {
            // Behind the last column blanks would be wrapped by a terminal that is just as wide as the table.
            let last = self.room.is_some() && number == plan.beside.len();
            column.set_padding((0, if last { 0 } else { padding }));
            match self.kind(*at) {
                Kind::Money | Kind::Count => {
                    column.set_cell_alignment(CellAlignment::Right);
                }
                Kind::Text | Kind::Id | Kind::Prose | Kind::Day => {}
            }
        }
        table.to_string()
    }

    /// Returns the headings, each of as many lines as the highest: one-line headings stand on the rule.
    fn headings(&self, plan: &Plan) -> Vec<String> {
        let cells: Vec<String> =
            plan.beside.iter().map(|(at, width)| wrapped(&self.heading(*at), *width).join("\n")).collect();
        let highest = height(&cells);
        cells
            .into_iter()
            .map(|cell| "\n".repeat(highest.saturating_sub(cell.lines().count())) + &cell)
            .collect()
    }

    /// Returns the cells of a row that stand beside each other.
    fn row(&self, row: &[String], plan: &Plan) -> Vec<String> {
        let cell = |at: usize| row.get(at).map_or("", String::as_str);
        plan.beside
            .iter()
            .map(|(at, width)| match self.kind(*at) {
                Kind::Prose => wrapped(cell(*at), *width).join("\n"),
                Kind::Text | Kind::Id | Kind::Money | Kind::Count | Kind::Day => {
                    abridged(cell(*at), *width).into_owned()
                }
            })
            .collect()
    }

    /// Returns the lines that stand under a row.
    fn under(&self, row: &[String], plan: &Plan) -> Vec<String> {
        let cell = |at: usize| row.get(at).map_or("", String::as_str);
        let room = self.room.unwrap_or(usize::MAX).saturating_sub(INDENT);
        let told = plan.under.iter().filter(|at| !cell(**at).is_empty());
        told.flat_map(|at| wrapped(&format!("{}: {}", self.heading(*at), cell(*at)), room))
            .map(|line| format!("{}{line}", " ".repeat(INDENT)))
            .collect()
    }

    /// Writes each row as lines of its own, one for each cell that says something.
    fn stacked(&self, room: usize) -> Vec<String> {
        let label = (0..self.columns.len()).map(|at| self.heading(at).width()).max().unwrap_or(0);
        let left = room.saturating_sub(label.saturating_add(NARROW_GAP)).max(NAME_MIN);
        let mut lines = Vec::new();
        for row in self.rows.iter().chain(&self.totals) {
            if !lines.is_empty() {
                lines.push("─".repeat(label));
            }
            for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let text = match self.kind(at) {
                    Kind::Prose => wrapped(cell, left),
                    Kind::Text => vec![abridged(cell, left).into_owned()],
                    Kind::Id | Kind::Money | Kind::Count | Kind::Day => vec![cell.clone()],
                };
                for (number, line) in text.iter().enumerate() {
                    let name = if number == 0 { self.heading(at) } else { String::new() };
                    let gap = " ".repeat(label.saturating_sub(name.width()).saturating_add(NARROW_GAP));
                    lines.push(format!("{name}{gap}{line}"));
                }
            }
        }
        lines
    }
}

/// Returns how many lines the highest of a row's cells has.
fn height(cells: &[String]) -> usize {
    cells.iter().map(|cell| cell.lines().count().max(1)).max().unwrap_or(1)
}

/// Returns the width of columns beside each other.
fn total(widths: impl Iterator<Item = usize>, gap: usize) -> usize {
    let mut columns = 0_usize;
    let sum = widths.fold(0_usize, |sum, width| {
        columns = columns.saturating_add(1);
        sum.saturating_add(width)
    });
    sum.saturating_add(columns.saturating_sub(1).saturating_mul(gap))
}

/// Breaks a text into lines at its blanks; only a word wider than a line is broken itself.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0_usize);
    for word in text.split(' ') {
        let long = word.width();
        if !line.is_empty() && used.saturating_add(1).saturating_add(long) <= width {
            line.push(' ');
            line.push_str(word);
            used = used.saturating_add(1).saturating_add(long);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for letter in word.chars() {
            let wide = letter.width().unwrap_or(0);
            if used.saturating_add(wide) > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(letter);
            used = used.saturating_add(wide);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_break_at_blanks_only() {
        assert_eq!(wrapped("the partner must sign", 12), ["the partner", "must sign"]);
        assert_eq!(wrapped("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped("株式会社 x", 4), ["株式", "会社", "x"]);
    }
}
