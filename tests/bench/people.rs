//! The partners, links and accounts of the generated world.
//!
//! PERFORMANCE.md, "The data": 500,000 accounts, every fifth one referred, by 20,000 partners with a long
//! tail. Every fact is a function of a number; nothing is kept but the partners' weights. All names are
//! invented and all addresses lie in example domains.

use std::io::{self, Write};

use crate::random::Random;

/// Accounts in the world; those whose number is a multiple of five are referred.
pub const ACCOUNTS: u64 = 500_000;
/// Referred accounts.
pub const REFERRED: u64 = ACCOUNTS / 5;
/// Partners in the world.
pub const PARTNERS: u64 = 20_000;
/// Links that nobody has claimed yet (R4.2), each with two accounts.
const UNCLAIMED: u64 = 100;
/// Every so many'th referred account came through an unclaimed link.
const UNCLAIMED_EVERY: u64 = REFERRED / (2 * UNCLAIMED);

const FIRST: [&str; 32] = [
    "ada", "bela", "cora", "dario", "elin", "falk", "gita", "hugo", "ines", "jonas", "kira", "levi", "mina",
    "nils", "olga", "pavel", "quinn", "rosa", "sven", "tara", "ugo", "vera", "wanda", "xenia", "yara",
    "zeno", "amos", "britt", "cyrus", "dora", "emil", "freya",
];
const LAST: [&str; 32] = [
    "Abbott", "Bauer", "Castro", "Dunne", "Eriksen", "Fuchs", "Grant", "Hansen", "Ibarra", "Jensen",
    "Keller", "Lindt", "Müller", "Novak", "Olsen", "Petit", "Quist", "Reyes", "Soto", "Tanaka", "Ueda",
    "Vogel", "Weber", "Xu", "Young", "Ziegler", "Ames", "Brandt", "Çelik", "Duarte", "Egger", "Frost",
];
const DOMAINS: [&str; 3] = ["mail.example.com", "post.example.org", "shop.example.net"];

/// What ties an account to its partner.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A code on its billing rows that leads to a partner.
    Code,
    /// A code on its billing rows whose link nobody has claimed.
    UnclaimedCode,
    /// A referral record with its e-mail.
    Referral,
}

/// Who referred an account.
#[derive(Clone, Copy)]
pub struct Referrer {
    /// The partner's number; for an unclaimed link, the link's.
    pub number: u64,
    /// How it is known.
    pub evidence: Evidence,
    /// Whether it came through the partner's second link.
    second_link: bool,
}

/// The people who do not depend on how much was billed.
pub struct People {
    /// Running sums of the partners' weights, the heaviest first.
    weights: Vec<u64>,
}

/// Picks one of a list.
fn pick<'a>(random: &mut Random, list: &[&'a str]) -> &'a str {
    let length = u64::try_from(list.len()).expect("a list of names is short");
    let index = usize::try_from(random.below(length)).expect("an index below a list's length fits");
    list[index]
}

/// Returns the first letter in upper case and the rest as it is.
fn capital(word: &str) -> String {
    let (head, tail) = word.split_at(1);
    format!("{}{tail}", head.to_ascii_uppercase())
}

impl People {
    /// Weighs the partners: the nth heaviest as 1/(n+3), which gives a few thousands of accounts and most a
    /// handful.
    #[must_use]
    pub fn new() -> Self {
        let mut sum = 0;
        let weights = (0..PARTNERS)
            .map(|rank| {
                sum += 1_000_000_000 / (rank + 3);
                sum
            })
            .collect();
        Self { weights }
    }

    /// Returns who referred an account.
    #[must_use]
    pub fn referrer(&self, account: u64) -> Option<Referrer> {
        if !account.is_multiple_of(5) {
            return None;
        }
        let referred = account / 5;
        if referred % UNCLAIMED_EVERY == 7 {
            let number = referred / UNCLAIMED_EVERY % UNCLAIMED;
            return Some(Referrer { number, evidence: Evidence::UnclaimedCode, second_link: false });
        }
        let mut random = Random::at(1, referred);
        let total = self.weights.last().copied().unwrap_or(1);
        let place = random.below(total);
        let rank = u64::try_from(self.weights.partition_point(|sum| *sum <= place)).unwrap_or(0);
        // A step without common factor with the number of partners: ids do not tell who is big.
        let number = rank * 7919 % PARTNERS;
        let evidence = if random.below(100) < 15 { Evidence::Referral } else { Evidence::Code };
        Some(Referrer { number, evidence, second_link: has_second_link(number) && random.below(3) == 0 })
    }

    /// Writes `partners.csv`.
    ///
    /// # Errors
    /// The writer's.
    pub fn write_partners(out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "partner_id,name,email,joined_on,paypal_email,status,country,us_person,tax_form,tax_status,\
             tax_signed_on,tax_decided_on,rate"
        )?;
        (0..PARTNERS).try_for_each(|partner| write_partner(out, partner))
    }

    /// Writes `links.csv`: a link for every partner, a second one for some, and those nobody has claimed.
    ///
    /// # Errors
    /// The writer's.
    pub fn write_links(out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "code,partner_id,owner_email,channel,created_on")?;
        for partner in 0..PARTNERS {
            let created = date_before_2024(&mut Random::at(2, partner));
            writeln!(out, "{},{},,link,{created}", code(partner, false), partner_id(partner))?;
            if has_second_link(partner) {
                writeln!(out, "{},{},,social,{created}", code(partner, true), partner_id(partner))?;
            }
        }
        for link in 0..UNCLAIMED {
            writeln!(out, "{},,{},email,2024-01-15", unclaimed_code(link), account_email(5 * link + 1))?;
        }
        Ok(())
    }
}

fn has_second_link(partner: u64) -> bool {
    partner.is_multiple_of(4)
}

/// Returns a day of 2022 or 2023, before anything was billed.
fn date_before_2024(random: &mut Random) -> String {
    format!("{}-{:02}-{:02}", 2022 + random.below(2), 1 + random.below(12), 1 + random.below(28))
}

fn write_partner(out: &mut impl Write, partner: u64) -> io::Result<()> {
    let mut random = Random::at(3, partner);
    let (first, last) = (pick(&mut random, &FIRST), pick(&mut random, &LAST));
    let domain = pick(&mut random, &DOMAINS);
    let joined = date_before_2024(&mut random);
    let paypal = match partner % 1000 {
        // No address, one that PayPal would refuse, and pairs of partners who share one (R6.4, R6.5).
        0..20 => String::new(),
        20..24 => format!("{first}.paypal{partner}@example"),
        24 | 25 => format!("shared{}@{domain}", partner / 1000),
        _ => format!("{first}.paypal{partner}@{domain}"),
    };
    let status = match random.below(200) {
        0 => "closed",
        1 => "pending",
        2 | 3 => "suspended",
        _ => "active",
    };
    let (country, us_person, form) = match random.below(10) {
        0..7 => ("US", "yes", "w9"),
        7 => ("CA", "no", "international"),
        8 => ("DE", "no", "w8ben"),
        _ => ("GB", "no", "w8ben_e"),
    };
    let (form, tax_status, signed, decided) = match random.below(100) {
        0..2 => ("", "missing", "", ""),
        2..5 => (form, "received", "2025-02-03", ""),
        5 => (form, "rejected", "2025-02-03", "2025-02-10"),
        _ => (form, "approved", "2025-02-03", "2025-02-10"),
    };
    let rate =
        if rate_percent(partner) == 25 { String::new() } else { format!("0.{}", rate_percent(partner)) };
    writeln!(
        out,
        "{},{} {last},{first}.{partner}@{domain},{joined},{paypal},{status},{country},{us_person},{form},\
         {tax_status},{signed},{decided},{rate}",
        partner_id(partner),
        capital(first)
    )
}

/// Returns a partner's share in percent: the policy's, and for one in fifty their own.
#[must_use]
pub fn rate_percent(partner: u64) -> u64 {
    if partner % 50 == 3 { 30 } else { 25 }
}

/// Returns a partner's id.
#[must_use]
pub fn partner_id(partner: u64) -> String {
    format!("P{partner:05}")
}

fn code(partner: u64, second: bool) -> String {
    let letters = Random::at(4, partner).draw().to_le_bytes().map(|byte| char::from(b'A' + byte % 26));
    let prefix: String = letters.iter().take(3).collect();
    format!("{prefix}{partner:05}{}", if second { "S" } else { "" })
}

fn unclaimed_code(link: u64) -> String {
    format!("FREE{link:04}")
}

impl Referrer {
    /// Returns the code through which the account came.
    #[must_use]
    pub fn code(&self) -> String {
        match self.evidence {
            Evidence::UnclaimedCode => unclaimed_code(self.number),
            Evidence::Code | Evidence::Referral => code(self.number, self.second_link),
        }
    }
}

/// Returns an account's id: eight digits in no order.
#[must_use]
pub fn account_id(account: u64) -> String {
    // A step without common factor with ten million: no two accounts share an id.
    format!("A{:07}", account * 7_654_321 % 10_000_000)
}

/// Returns an account's e-mail.
#[must_use]
pub fn account_email(account: u64) -> String {
    let mut random = Random::at(5, account);
    let first = pick(&mut random, &FIRST);
    format!("{first}{}@{}", account_id(account), pick(&mut random, &DOMAINS)).to_ascii_lowercase()
}

/// Returns an account's name as a CSV field: a few are companies with a comma, and quoted.
#[must_use]
pub fn account_name(account: u64) -> String {
    let mut random = Random::at(5, account);
    let (first, last) = (pick(&mut random, &FIRST), pick(&mut random, &LAST));
    if random.below(50) == 0 {
        format!("\"{last}, {} & Co\"", pick(&mut random, &LAST))
    } else {
        format!("{} {last}", capital(first))
    }
}
