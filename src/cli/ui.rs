//! Talking with the person at the terminal: notes, warnings, consent, the typed total, progress.
//!
//! Floor 6. Everything here goes to standard error; answers never do. Nothing is ever asked where nobody
//! sits: without a terminal a missing flag or consent is a refusal that names the flag (CONTRACT.md). The
//! terminal check is ours, for keys are read from `/dev/tty` even when the input is a pipe.

mod prompt;

use std::io;
use std::time::Duration;

use dialoguer::theme::SimpleTheme;
use dialoguer::{Confirm, Select};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::cli::failure::{Exit, Failure};
use crate::cli::streams::talk;
use crate::money::{Currency, Money};
use crate::text::{counted, json_escaped, shown};

/// How the program may talk, and whether it may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag or a fact of its own; none excludes another"
)]
pub struct Ui {
    /// Whether a person can be asked: input and error are both terminals.
    pub can_ask: bool,
    /// Whether progress may be drawn.
    pub can_draw: bool,
    /// Whether errors and warnings are read by a program.
    pub json: bool,
    /// Whether only warnings and errors are wanted.
    pub quiet: bool,
    /// Whether more is wanted.
    pub verbose: bool,
    /// Whether consent was given in advance.
    pub yes: bool,
}

/// What moves when a payment is approved or sent: what the person has to type.
#[derive(Debug, Clone, Copy)]
pub struct Total {
    /// The run's total.
    pub amount: Money,
    /// Its currency.
    pub currency: Currency,
    /// How many partners are paid.
    pub payees: usize,
    /// What is done with it, as in `to pay`; of a payment with the world it goes through.
    pub deed: &'static str,
}

impl Ui {
    /// Says something a person may like to know; not to programs, and not when quiet.
    pub fn note(&self, text: &str) {
        if !self.quiet && !self.json {
            talk(&shown(text));
        }
    }

    /// Says something about how it is being done, where that was asked for.
    pub fn detail(&self, text: &str) {
        if self.verbose && !self.json {
            talk(&shown(text));
        }
    }

    /// Warns; a program gets an object of its own on one line.
    pub fn warn(&self, text: &str) {
        if self.json {
            talk(&json_escaped(&json!({ "warning": { "message": text } }).to_string()));
        } else {
            talk(&format!("warning: {}", shown(text)));
        }
    }

    /// Asks for consent to a change; `--yes` gives it in advance.
    ///
    /// # Errors
    /// Declined, or nobody to ask: exit 4, nothing changed.
    pub fn confirm(&self, question: &str) -> Result<(), Failure> {
        if self.yes {
            return Ok(());
        }
        if !self.can_ask {
            return Err(unconfirmed(format!("not confirmed, nothing was changed: {question}"))
                .hint("there is no terminal to ask on; give --yes to consent"));
        }
        // The question stands on lines of its own: what is drawn again at each key must be short.
        talk(&shown(question));
        let answer = Confirm::with_theme(&SimpleTheme).with_prompt("Do it?").default(false).interact_opt();
        match answer.map_err(asked_in_vain)? {
            Some(true) => Ok(()),
            Some(false) | None => Err(unconfirmed("declined, nothing was changed")),
        }
    }

    /// Has a person type the total that is about to be approved or sent, or compares `--expect-total` with it.
    /// On a terminal a plain `--yes` is not enough; without one both flags are needed.
    ///
    /// # Errors
    /// Another total, to the cent, or nobody to ask: exit 4, nothing changed.
    pub fn type_the_total(&self, total: Total, expected: Option<&str>) -> Result<(), Failure> {
        let Total { amount, currency, payees, deed } = total;
        let run = amount.major(currency);
        if let Some(given) = expected {
            if !is_exactly(given, &run) {
                return Err(other_total(given, &run, currency));
            }
            if self.yes {
                return Ok(());
            }
        }
        if !self.can_ask {
            return Err(unconfirmed(format!(
                "not confirmed, nothing was changed: the total {deed} is {run} {currency} for {}",
                partners(payees)
            ))
            .hint(format!(
                "there is no terminal to type the total on; when it is right, give --yes --expect-total {run}"
            )));
        }
        let question = format!("Type the total {deed} ({run} {currency} for {})", partners(payees));
        let typed = self.prompt(&question)?;
        if typed.is_empty() {
            return Err(unconfirmed("not confirmed, nothing was changed: no total was typed"));
        }
        // To the letter, plain or as the register shows it: no blanks, no shorter form. Who copies it has read it.
        if typed == run || typed == amount.grouped(currency) {
            Ok(())
        } else {
            Err(other_total(&typed, &run, currency))
        }
    }

    /// Asks for the value of a flag that was left out.
    ///
    /// # Errors
    /// Nobody to ask: usage, exit 2, with the flag to give. Blanks for an answer: exit 4.
    pub fn ask(&self, flag: &str, question: &str) -> Result<String, Failure> {
        if !self.can_ask {
            return Err(missing(flag));
        }
        let answer = self.prompt(question)?;
        let trimmed = answer.trim();
        if trimmed.is_empty() {
            return Err(unconfirmed(format!("{flag} must say something; nothing was changed")));
        }
        Ok(trimmed.to_owned())
    }

    /// Says why something is asked again. It belongs to the question, so that nothing silences it.
    pub fn say_again(&self, failure: &Failure) {
        debug_assert!(self.can_ask, "prompts are for terminals");
        talk(&shown(&failure.message));
        failure.hint.iter().for_each(|hint| talk(&shown(hint)));
    }

    /// Has one of several values chosen for a flag that was left out; returns its place among them.
    ///
    /// # Errors
    /// Nobody to ask: usage, exit 2, with the flag to give. Nothing chosen: exit 4.
    pub fn choose(&self, flag: &str, question: &str, choices: &[&str]) -> Result<usize, Failure> {
        if !self.can_ask {
            return Err(missing(flag));
        }
        talk(&shown(question));
        let choices: Vec<_> = choices.iter().map(|choice| shown(choice)).collect();
        // Nothing is marked before a key is pressed, so that Enter alone chooses nothing.
        let chosen = Select::with_theme(&SimpleTheme)
            .with_prompt("Arrows and Enter choose, Esc gives up")
            .items(&choices)
            .interact_opt();
        chosen.map_err(asked_in_vain)?.ok_or_else(|| unconfirmed("nothing was chosen, nothing was changed"))
    }

    /// Has a line typed; Esc and Ctrl-D are as good as nothing.
    fn prompt(self, question: &str) -> Result<String, Failure> {
        debug_assert!(self.can_ask, "prompts are for terminals");
        Ok(prompt::line(question).map_err(terminal_failed)?.unwrap_or_default())
    }

    /// Starts a progress bar; an invisible one where nothing may be drawn. `steps` is `None` where nobody
    /// knows how many there are.
    #[must_use]
    pub fn progress(&self, what: &str, steps: Option<u64>) -> Progress {
        if !self.can_draw {
            return Progress(ProgressBar::hidden());
        }
        let (bar, form) = match steps {
            Some(steps) => (ProgressBar::new(steps), "{msg} {wide_bar} {human_pos}/{human_len} {eta} left"),
            None => (ProgressBar::new_spinner(), "{spinner} {msg} {human_pos}"),
        };
        let style = ProgressStyle::with_template(form).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = bar.with_style(style).with_message(shown(what).into_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        Progress(bar)
    }

    /// Starts a count of steps that draws only when it is told of one, and nothing by itself: between a request to
    /// PayPal and the commit of its answer not a byte leaves (PROMISES A4).
    #[must_use]
    pub fn count(&self) -> Progress {
        if !self.can_draw {
            return Progress(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{msg} {human_pos} of {human_len}");
        Progress(ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }
}

/// Returns whether a figure is a total to the letter: with the currency's digits, or without any where all of them are
/// zero. A sign, a blank, a further zero or one digit too few is another figure.
fn is_exactly(given: &str, total: &str) -> bool {
    let whole = total.split_once('.').filter(|(_, digits)| digits.bytes().all(|digit| digit == b'0'));
    given == total || whole.is_some_and(|(whole, _)| given == whole)
}

/// A progress bar, which goes away when it is dropped.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Says how many steps are done.
    pub fn at(&self, steps: u64) {
        self.0.set_position(steps);
    }

    /// Says how many steps of how many are done, and of what.
    pub fn at_of(&self, what: &'static str, steps: u64, of: u64) {
        self.0.set_message(what);
        self.0.set_length(of);
        self.0.set_position(steps);
        self.0.tick();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn partners(count: usize) -> String {
    counted(count, "partner", "partners")
}

fn unconfirmed(message: impl Into<String>) -> Failure {
    Failure::new(Exit::Unconfirmed, "not_confirmed", message)
}

fn other_total(given: &str, run: &str, currency: Currency) -> Failure {
    Failure::new(
        Exit::Unconfirmed,
        "other_total",
        format!("the total is {run} {currency}, not {given:?}; nothing was changed"),
    )
    .hint("look at the run again with partners payout show before typing another figure")
}

fn missing(flag: &str) -> Failure {
    Failure::usage("missing_flag", format!("{flag} is needed"))
        .hint(format!("there is no terminal to ask on; give {flag}"))
}

/// Takes it by value, for `map_err`.
fn asked_in_vain(error: dialoguer::Error) -> Failure {
    let dialoguer::Error::IO(inner) = error;
    terminal_failed(inner)
}

/// Takes it by value, for `map_err`.
fn terminal_failed(error: io::Error) -> Failure {
    unconfirmed(format!("the terminal gave no answer, nothing was changed: {error}"))
}

/// Shows the cursor again when the program is interrupted during a prompt or a progress bar, then lets the
/// signal end the program as it would have.
#[cfg(unix)]
#[expect(unsafe_code, reason = "signal handlers are set through the C library")]
pub fn restore_cursor_on_interrupt() {
    extern "C" fn restore(signal: libc::c_int) {
        const SHOW_CURSOR: &[u8] = b"\x1b[?25h\n";
        // SAFETY: write, signal and raise are async-signal-safe, and the bytes are static.
        unsafe {
            if libc::isatty(libc::STDERR_FILENO) == 1 {
                let _unheard =
                    libc::write(libc::STDERR_FILENO, SHOW_CURSOR.as_ptr().cast(), SHOW_CURSOR.len());
            }
            libc::signal(signal, libc::SIG_DFL);
            libc::raise(signal);
        }
    }
    let handler: extern "C" fn(libc::c_int) = restore;
    for signal in [libc::SIGINT, libc::SIGTERM] {
        // SAFETY: the handler calls only what a signal handler may. A signal that the caller had ignored, as
        // `nohup` and shells do for jobs in the background, stays ignored.
        unsafe {
            if libc::signal(signal, libc::SIG_IGN) != libc::SIG_IGN {
                #[expect(clippy::as_conversions, reason = "the C library takes a handler as a number")]
                libc::signal(signal, handler as *const () as libc::sighandler_t);
            }
        }
    }
}

/// Does nothing where there are no such signals.
#[cfg(not(unix))]
pub fn restore_cursor_on_interrupt() {}

#[cfg(test)]
mod tests {
    use super::*;

    const CRON: Ui =
        Ui { can_ask: false, can_draw: false, json: false, quiet: false, verbose: false, yes: false };
    const TOTAL: Total =
        Total { amount: Money::from_minor(123_456), currency: Currency::USD, payees: 17, deed: "to pay" };

    #[test]
    fn without_a_terminal_consent_is_a_flag() {
        let refused = CRON.confirm("Cancel run 2026-11-27?").expect_err("nobody consented");
        assert_eq!((refused.exit, refused.code), (Exit::Unconfirmed, "not_confirmed"));
        assert_eq!(Ui { yes: true, ..CRON }.confirm("Cancel run 2026-11-27?"), Ok(()));
    }

    #[test]
    fn without_a_terminal_the_total_needs_both_flags_and_every_cent() {
        let yes = Ui { yes: true, ..CRON };
        assert_eq!(yes.type_the_total(TOTAL, Some("1234.56")), Ok(()));
        for (ui, expected) in [
            (CRON, None),
            (yes, None),
            (CRON, Some("1234.56")),
            (yes, Some("1234.55")),
            (yes, Some("-1234.56")),
            (yes, Some("+1234.56")),
            (yes, Some("01234.56")),
            (yes, Some("1234.560")),
            (yes, Some("1,234.56")),
            (yes, Some(" 1234.56")),
            (yes, Some("1234.56 ")),
            (yes, Some("1234")),
            (yes, Some("")),
        ] {
            let refused = ui.type_the_total(TOTAL, expected).expect_err("not confirmed");
            assert_eq!(refused.exit, Exit::Unconfirmed, "{expected:?}");
        }
    }

    #[test]
    fn a_total_without_decimals_is_said_where_they_are_zero() {
        for fine in ["300.00", "300"] {
            assert!(is_exactly(fine, "300.00"), "{fine}");
        }
        for other in ["300.0", "300.", "0300", "3e2", "300.000", "USD 300", "\u{663}\u{660}\u{660}", "-300"] {
            assert!(!is_exactly(other, "300.00"), "{other}");
        }
        assert!(is_exactly("300", "300") && !is_exactly("300.00", "300") && !is_exactly("300", "300.10"));
    }

    #[test]
    fn without_a_terminal_a_missing_flag_is_named() {
        let asked = CRON.ask("--reason", "Why").expect_err("nobody to ask");
        assert_eq!((asked.exit, asked.message.as_str()), (Exit::Usage, "--reason is needed"));
        let chosen = CRON.choose("--form", "Which form", &["w9"]).expect_err("nobody to ask");
        assert_eq!((chosen.exit, chosen.message.as_str()), (Exit::Usage, "--form is needed"));
    }
}
