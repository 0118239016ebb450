//! A row of the links file: a referral code and whose it is.
//!
//! Floor 3. A link belongs to a partner, or waits under the e-mail of the customer who took it (R4.2).

use super::Setting;
use super::cells::{Cell, Column, Fault, Form, Given};
use super::packed::{Pack, Unpack};
use crate::dates::Day;
use crate::words;

words!(
    /// How a link is shared.
    LinkChannel, "channel" {
        /// In an e-mail.
        Email = "email",
        /// As a plain link.
        Link = "link",
        /// In a social network.
        Social = "social",
        /// Otherwise.
        Other = "other",
    }
);

/// The columns of CONTRACT.md, in its order.
pub const COLUMNS: [Column; 5] = [
    Column::needed("code", Form::Name),
    Column::optional("partner_id", Form::Name),
    Column::optional("owner_email", Form::Name),
    Column::optional("channel", Form::Name),
    Column::optional("created_on", Form::Date),
];

/// Whose a link is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner<'a> {
    /// A partner's, by the id of the partners file.
    Partner(&'a str),
    /// Whoever signs up, or has signed up, with this e-mail.
    Email(&'a str),
}

/// One row, each cell read by its grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkRow<'a> {
    /// The code, as entered.
    pub code: &'a str,
    /// Whose it is.
    pub owner: Owner<'a>,
    /// How it is shared.
    pub channel: Given<LinkChannel>,
    /// Since when.
    pub created_on: Given<Day>,
}

impl<'a> LinkRow<'a> {
    /// Reads a row.
    ///
    /// # Errors
    /// The first cell that cannot be taken; no owner, or two.
    pub fn read(cells: &[Cell<'a>; 5], setting: &Setting) -> Result<Self, Fault> {
        let [code, partner_id, owner_email, channel, created_on] = *cells;
        let owner = match (partner_id.opt_name()?.value(), owner_email.opt_name()?.value()) {
            (Some(partner), None) => Owner::Partner(partner),
            (None, Some(email)) => Owner::Email(email),
            (None, None) => return Err(partner_id.fault("the link needs a partner_id or an owner_email")),
            (Some(_), Some(_)) => {
                return Err(owner_email.fault("the link has a partner_id too; it needs one of them"));
            }
        };
        Ok(Self {
            code: code.name()?,
            owner,
            channel: channel.opt_word()?,
            created_on: created_on.opt_day(setting)?,
        })
    }

    /// Appends the row's meaning to a buffer.
    pub fn pack(&self, pack: &mut Pack) {
        let (partner, email) = match self.owner {
            Owner::Partner(id) => (Some(id), ""),
            Owner::Email(email) => (None, email),
        };
        pack.text(self.code);
        pack.opt(partner, Pack::text);
        pack.text(email);
        pack.given(self.channel.map(LinkChannel::as_str), Pack::text);
        pack.given(self.created_on, Pack::day);
    }

    /// Takes a packed row.
    #[must_use]
    pub fn unpack(from: &mut Unpack<'a>) -> Self {
        let code = from.text();
        let partner = from.opt(Unpack::text);
        let email = from.text();
        Self {
            code,
            owner: partner.map_or(Owner::Email(email), Owner::Partner),
            channel: from.given(Unpack::text).try_map(str::parse).unwrap_or_default(),
            created_on: from.given(Unpack::day),
        }
    }
}
