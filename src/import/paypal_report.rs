//! The report that PayPal lets finance download, as a list of payments to compare with what was sent.
//!
//! Floor 3; opens nothing. PayPal documents no layout, so columns are found by a list of names that have been seen
//! (FORMATS.md e.9), and any other name can be mapped. What is not understood refuses the file: an outcome that is
//! guessed is worse than none. Amounts leave as positive numbers, exactly as written otherwise.

use std::io::Read;

use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord};
use thiserror::Error;

use super::damage::Damage;
use super::guard::Guard;
use crate::dates::Day;
use crate::ids::{Email, ItemId};
use crate::money::{Currency, Money};
use crate::reconcile::{Listed, Quoted, Status, StatusWord};
use crate::words;

/// Rows that a report of one run may have; a run has at most 15,000 payments a part.
const ROWS_MAX: usize = 200_000;

words!(
    /// What a column of a report holds, by its name in `--map`.
    ReportColumn, "column of a report" {
        /// Our id of the payment.
        Item = "item",
        /// The address.
        Email = "email",
        /// The amount, without the fee.
        Amount = "amount",
        /// The currency.
        Currency = "currency",
        /// What became of it.
        Status = "status",
        /// What PayPal charged us.
        Fee = "fee",
        /// Amount and fee together.
        Net = "net",
        /// PayPal's id of the payment.
        Transaction = "transaction",
        /// PayPal's id of the item.
        PayoutItem = "payout_item",
        /// Why it was not paid.
        Reason = "reason",
        /// What kind of movement the row is.
        Type = "type",
        /// The day of the movement.
        Date = "date",
    }
);

impl ReportColumn {
    /// Returns the header words, in lower case, under which the column has been seen; the first that is there counts.
    const fn seen_as(self) -> &'static [&'static str] {
        match self {
            Self::Item => &[
                "sender_item_id",
                "item",
                "item id",
                "customer id",
                "unique id",
                "custom number",
                "invoice number",
            ],
            Self::Email => &[
                "to email address",
                "receiver",
                "recipient",
                "recipient email",
                "recipient identifier",
                "paypal_email",
                "email",
            ],
            Self::Amount => &["gross", "amount", "amount.value", "payment amount"],
            Self::Currency => &["currency", "amount.currency", "currency code"],
            Self::Status => &["transaction_status", "status", "payment status"],
            Self::Fee => &["fee", "fees", "payout_item_fee.value", "fee amount"],
            Self::Net => &["net"],
            Self::Transaction => &["transaction id", "transaction_id"],
            Self::PayoutItem => &["payout_item_id"],
            Self::Reason => &["reason code", "reason", "errors.name", "error"],
            Self::Type => &["type"],
            Self::Date => &["date", "transaction date", "payment date", "time_processed", "date/time"],
        }
    }
}

/// Says why a report cannot be used; nothing of it was.
#[derive(Debug, Error)]
pub enum ReportError {
    /// The bytes are damaged.
    #[error(transparent)]
    Damage(#[from] Damage),
    /// A needed column was not found.
    #[error(
        "the header has no column for {0} ({1}); name it with --map {0}=THE-REPORT'S-WORD; the header says: {2}"
    )]
    NoColumn(ReportColumn, String, String),
    /// A mapped column is not in the header.
    #[error("the header has no column {0:?}, which --map names; it says: {1}")]
    NotThere(String, String),
    /// A row that cannot be understood.
    #[error("line {line}: {what}")]
    Row {
        /// The physical line, from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// More rows than a report of one run has.
    #[error("more than {ROWS_MAX} rows; this is not the report of one run")]
    TooLong,
}

/// One payment of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// The physical line, from 1.
    pub line: u64,
    /// The latest day that its date can mean, where there is a column for it: day and month may be either way round.
    pub dated: Option<Day>,
    /// What it says.
    pub listed: Listed,
}

/// What a report says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The payments, in the order of the rows.
    pub payments: Vec<ReportRow>,
    /// Rows of another kind than payouts, which were not looked at.
    pub others: usize,
}

/// Reads a report; `map` names columns that are called otherwise than known, and `currency` stands where there is no
/// column for it.
///
/// # Errors
/// Damage, a missing column, a row that cannot be understood.
pub fn read(
    bytes: impl Read,
    map: &[(ReportColumn, String)],
    currency: Currency,
) -> Result<Report, ReportError> {
    let mut csv = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(Guard::new(bytes));
    let mut record = StringRecord::new();
    if !csv.read_record(&mut record).map_err(Damage::from_csv)? {
        return Err(Damage::Empty.into());
    }
    csv.get_mut().next_frame();
    let places = Places::find(&record, map)?;
    let cells = record.len();
    let mut report = Report::default();
    let mut incoming = Vec::new();
    let mut outgoing = false;
    while csv.read_record(&mut record).map_err(Damage::from_csv)? {
        let line = csv.get_mut().next_frame().map_or(0, |frame| frame.line);
        let row = Row { line, record: &record, places: &places };
        if record.len() != cells {
            return Err(row.wrong(format!("the row holds {} of the header's {cells} cells", record.len())));
        }
        match row.kind() {
            Kind::Payout => {}
            Kind::Return => return Err(row.brings_back("it is a return by its type")),
            Kind::Other => {
                report.others = report.others.saturating_add(1);
                continue;
            }
        }
        let is_negative = row.cell(ReportColumn::Amount).starts_with('-');
        outgoing |= is_negative;
        if !is_negative && places.signed {
            return Err(row.brings_back("the gross amount has no minus"));
        }
        if !is_negative {
            incoming.push(line);
        }
        report.payments.push(ReportRow { line, dated: row.dated()?, listed: row.payment(currency)? });
        if report.payments.len() > ROWS_MAX {
            return Err(ReportError::TooLong);
        }
    }
    // Where money that goes out has a minus, a row without one brings money back, and is no payment.
    match incoming.first() {
        Some(line) if outgoing => Err(ReportError::Row {
            line: *line,
            what:
                "the amount has no minus, where other rows have one: it is money that comes back; leave only \
                   the payments in the report, with their latest status"
                    .to_owned(),
        }),
        _ => Ok(report),
    }
}

/// Where each of our columns stands in a report.
struct Places {
    at: [Option<usize>; ReportColumn::ALL.len()],
    /// Whether amounts carry the direction of the money, as gross and net do in an activity download: without a minus,
    /// it comes in.
    signed: bool,
}

/// What kind of movement a row is.
enum Kind {
    /// Money that goes out to a partner.
    Payout,
    /// Money of a payout that comes back.
    Return,
    /// Anything else that an account does.
    Other,
}

impl Places {
    fn find(header: &StringRecord, map: &[(ReportColumn, String)]) -> Result<Self, ReportError> {
        let names: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
        let position = |wanted: &str| names.iter().position(|name| name == wanted);
        let mut places = [None; ReportColumn::ALL.len()];
        for (column, place) in ReportColumn::ALL.iter().zip(&mut places) {
            let mapped = map.iter().find(|(ours, _)| ours == column);
            *place = match mapped {
                // An empty name says that there is no such column.
                Some((_, name)) if name.is_empty() => None,
                Some((_, name)) => Some(
                    position(&name.to_lowercase())
                        .ok_or_else(|| ReportError::NotThere(name.clone(), names.join(", ")))?,
                ),
                None => column.seen_as().iter().find_map(|name| position(name)),
            };
        }
        let is_gross = places_of(&places, ReportColumn::Amount)
            .and_then(|place| names.get(place))
            .is_some_and(|name| name == "gross");
        let signed = is_gross && places_of(&places, ReportColumn::Net).is_some();
        let places = Self { at: places, signed };
        for needed in [ReportColumn::Amount, ReportColumn::Status, ReportColumn::Email] {
            if places.of(needed).is_none() {
                let known = needed.seen_as().join(", ");
                return Err(ReportError::NoColumn(needed, known, names.join(", ")));
            }
        }
        Ok(places)
    }

    fn of(&self, column: ReportColumn) -> Option<usize> {
        places_of(&self.at, column)
    }
}

fn places_of(places: &[Option<usize>], column: ReportColumn) -> Option<usize> {
    ReportColumn::ALL.iter().zip(places).find(|(ours, _)| **ours == column).and_then(|(_, place)| *place)
}

/// One row of a report.
struct Row<'a> {
    line: u64,
    record: &'a StringRecord,
    places: &'a Places,
}

impl Row<'_> {
    fn cell(&self, column: ReportColumn) -> &str {
        self.places.of(column).and_then(|place| self.record.get(place)).unwrap_or_default().trim()
    }

    fn given(&self, column: ReportColumn) -> Option<String> {
        Some(self.cell(column)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn wrong(&self, what: String) -> ReportError {
        ReportError::Row { line: self.line, what }
    }

    fn brings_back(&self, why: &str) -> ReportError {
        self.wrong(format!(
            "{why}: it is money that comes back, and no payment; leave only the payments in the report, with their \
             latest status"
        ))
    }

    /// Tells payouts from what comes back of them, and from everything else: an activity download holds every movement
    /// of the account.
    fn kind(&self) -> Kind {
        let kind = self.cell(ReportColumn::Type).to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| kind.contains(word));
        if self.places.of(ReportColumn::Type).is_none() {
            Kind::Payout
        } else if !says(&["payout", "mass pay", "masspay"]) {
            Kind::Other
        } else if says(&["revers", "return", "refund", "cancel", "chargeback"]) {
            Kind::Return
        } else if says(&["fee", "hold"]) {
            Kind::Other
        } else {
            Kind::Payout
        }
    }

    /// Returns the latest day that the row's date can mean.
    fn dated(&self) -> Result<Option<Day>, ReportError> {
        let Some(text) = self.given(ReportColumn::Date) else { return Ok(None) };
        latest_day(&text).map(Some).ok_or_else(|| {
            self.wrong(format!(
                "{text:?} is not a date; name the column of dates with --map date=THE-REPORT'S-WORD, or none \
                 with --map \
                 date="
            ))
        })
    }

    fn payment(&self, currency: Currency) -> Result<Listed, ReportError> {
        let currency_word = self.given(ReportColumn::Currency).unwrap_or_else(|| currency.code().to_owned());
        let quoted = |column| {
            let value = magnitude(self.cell(column));
            Quoted { value, currency: currency_word.clone() }
        };
        let amount = quoted(ReportColumn::Amount);
        let fee = self.given(ReportColumn::Fee).map(|_| quoted(ReportColumn::Fee));
        let money = |quote: &Quoted, column: ReportColumn| {
            quote.money().filter(|money| !money.is_negative()).ok_or_else(|| {
                self.wrong(format!("{column} {:?} is not an amount in {currency_word:?}", self.cell(column)))
            })
        };
        let gross = money(&amount, ReportColumn::Amount)?;
        let charged = fee.as_ref().map_or(Ok(Money::ZERO), |fee| money(fee, ReportColumn::Fee))?;
        if self.given(ReportColumn::Net).is_some() {
            let net = money(&quoted(ReportColumn::Net), ReportColumn::Net)?;
            if gross.plus(charged) != Ok(net) {
                return Err(self.wrong(format!(
                    "amount {} and fee {} do not add up to the net {}",
                    self.cell(ReportColumn::Amount),
                    self.cell(ReportColumn::Fee),
                    self.cell(ReportColumn::Net)
                )));
            }
        }
        Ok(Listed {
            item: self.given(ReportColumn::Item).map(ItemId),
            receiver: Email::new(self.cell(ReportColumn::Email)),
            amount,
            status: status(self.cell(ReportColumn::Status)),
            reason: self.given(ReportColumn::Reason),
            fee,
            transaction_id: self.given(ReportColumn::Transaction),
            payout_item_id: self.given(ReportColumn::PayoutItem),
            processed_at: None,
        })
    }
}

/// Reads a date as a report may write it, a time behind it or not; of two ways to read it, the later day.
fn latest_day(text: &str) -> Option<Day> {
    const WITH_MONTH_NAMES: [&str; 4] = ["%b %d, %Y", "%d %b %Y", "%B %d, %Y", "%d %B %Y"];
    let named = WITH_MONTH_NAMES.iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok());
    if named.is_some() {
        return named;
    }
    let date = text.split(['T', ' ']).next()?;
    let numbers: Vec<u32> =
        date.split(['/', '.', '-']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, third] = numbers.as_slice() else { return None };
    let day = |year: u32, month, day| {
        let year = if year < 100 { year.saturating_add(2_000) } else { year };
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    };
    if *first > 31 {
        return day(*first, *second, *third);
    }
    // None is before every day.
    day(*third, *second, *first).max(day(*third, *first, *second))
}

/// Returns an amount without its minus and without commas between groups of three; anything else stays as it is.
fn magnitude(text: &str) -> String {
    let text = text.strip_prefix('-').unwrap_or(text).trim();
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',')
        && (1..=3).contains(&first.len())
        && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    if grouped { format!("{}{rest}", whole.replace(',', "")) } else { text.to_owned() }
}

/// Reads a report's word for a status: those of the API, and those of the website.
fn status(word: &str) -> Status {
    match word.to_lowercase().as_str() {
        "completed" | "paid" => Status::Known(StatusWord::Success),
        "held" | "on hold" => Status::Known(StatusWord::OnHold),
        "processing" => Status::Known(StatusWord::Pending),
        _ => Status::read(Some(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Report, ReportError> {
        read(text.as_bytes(), &[], Currency::USD)
    }

    #[test]
    fn an_activity_download_is_understood() {
        let report = read_text(
            "Date,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address,Transaction ID\n\
             11/27/2026,Mass Pay Payment,Completed,USD,\"-1,250.00\",-20.00,\"-1,270.00\",us@example.com,\
             ann@example.com,7XY\n\
             11/27/2026,General Withdrawal,Completed,USD,-5.00,0.00,-5.00,us@example.com,,8XY\n\
             11/27/2026,Mass Pay Payment,Unclaimed,USD,-80.00,-1.60,-81.60,us@example.com,bob@example.com,9XY\n",
        )
        .expect("a report");
        assert_eq!((report.payments.len(), report.others), (2, 1));
        let ann = &report.payments[0].listed;
        assert_eq!(ann.amount.money(), Some(Money::from_minor(1250_00)));
        assert_eq!(ann.fee.as_ref().and_then(Quoted::money), Some(Money::from_minor(20_00)));
        assert_eq!(ann.status, Status::Known(StatusWord::Success));
        assert_eq!(report.payments[1].listed.status, Status::Known(StatusWord::Unclaimed));
        assert_eq!(report.payments[1].listed.transaction_id.as_deref(), Some("9XY"));
    }

    #[test]
    fn what_does_not_add_up_or_is_not_there_is_refused_with_its_line() {
        let says = |text: &str| read_text(text).expect_err("refused").to_string();
        assert!(
            says("Recipient,Amount,Status,Fee,Net\na@example.com,-10.00,Completed,-0.20,-10.21\n")
                .starts_with("line 2: amount -10.00 and fee -0.20 do not add up")
        );
        assert!(
            says("Recipient,Amount,Status\na@example.com,ten,Completed\n")
                .starts_with("line 2: amount \"ten\"")
        );
        assert!(says("Recipient,Amount,Status\na@example.com,10.00\n").contains("2 of the header's 3 cells"));
        assert!(says("Recipient,Betrag,Status\n").contains("--map amount="));
        assert!(
            says("Recipient,Amount,Status\na@example.com,-10.00,Completed\nb@example.com,10.00,Completed\n")
                .starts_with("line 3: the amount has no minus")
        );
        // Money that comes back is no payment, whether its type says so or its amount.
        for row in [
            "Mass Pay Reversal,Completed,USD,10.00,0.00,10.00",
            "Payout Refund,Completed,USD,-10.00,0,-10.00",
            "Mass Pay Payment,Completed,USD,10.00,0.00,10.00",
        ] {
            let text = format!("Type,Status,Currency,Gross,Fee,Net,To Email Address\n{row},a@example.com\n");
            assert!(says(&text).starts_with("line 2: ") && says(&text).contains("comes back"), "{row}");
        }
        assert!(
            says("Recipient,Amount,Status,Date\na@example.com,10.00,Completed,soon\n")
                .contains("--map date=")
        );
        assert!(says("").contains("empty"));
        let mapped = read(
            "Wer,Betrag,Lage\na@example.com,10.00,SUCCESS\n".as_bytes(),
            &[
                (ReportColumn::Email, "wer".into()),
                (ReportColumn::Amount, "Betrag".into()),
                (ReportColumn::Status, "LAGE".into()),
            ],
            Currency::USD,
        );
        assert_eq!(mapped.expect("mapped").payments.len(), 1);
    }

    #[test]
    fn a_date_is_read_as_late_as_it_can_mean() {
        for (text, latest) in [
            ("2026-11-27", "2026-11-27"),
            ("2026-11-27T10:00:00Z", "2026-11-27"),
            ("2026-11-27 10:00:00 PST", "2026-11-27"),
            ("11/27/2026", "2026-11-27"),
            ("27/11/2026", "2026-11-27"),
            ("27.11.26", "2026-11-27"),
            ("04/12/2026", "2026-12-04"),
            ("12/04/2026", "2026-12-04"),
            ("Nov 27, 2026", "2026-11-27"),
            ("27 Nov 2026", "2026-11-27"),
        ] {
            assert_eq!(latest_day(text).map(|day| day.to_string()).as_deref(), Some(latest), "{text}");
        }
        for none in ["", "soon", "31/31/2026", "2026-13-01", "1/2", "20261127"] {
            assert_eq!(latest_day(none), None, "{none}");
        }
    }

    #[test]
    fn only_commas_between_groups_of_three_are_taken_away() {
        for (text, plain) in
            [("-1,234.56", "1234.56"), ("12,34", "12,34"), ("1,23.00", "1,23.00"), ("-0.50", "0.50")]
        {
            assert_eq!(magnitude(text), plain);
        }
    }
}
