//! The partners file: names that are one partner's alone, countries, and rates of other days.

use partners::import::Kind;

use super::world::{World, counts, reasons};

const HEAD: &str = "partner_id,name,email,joined_on,referral_code,country,rate,rate_from\n";

fn row(id: &str, email: &str, rest: &str) -> String {
    format!("{id},N,{email},2026-01-05,{rest}\n")
}

#[test]
fn a_name_is_one_partner_s_alone() {
    let world = World::new();
    world.take(Kind::Partners, &format!("{HEAD}{}", row("P1", "pat@example.com", "sun,,,")));
    world.take(Kind::Links, "code,owner_email\nmoon,luna@example.com\n");
    for (id, email, code, reason) in [
        (
            "p1",
            "x@example.com",
            "",
            "2 partner_id: is the id of partner P1, but for the case of its letters; ",
        ),
        ("PAT@example.com", "x@example.com", "", "2 partner_id: is the login e-mail of partner P1; "),
        ("Sun", "x@example.com", "", "2 partner_id: is the code of a link of partner P1; "),
        ("moon", "x@example.com", "", "2 partner_id: is the code of an unclaimed link of luna@example.com; "),
        ("P2", "x@example.com", "P1", "2 referral_code: is the id of partner P1; "),
        ("P2", "x@example.com", "pat@example.com", "2 referral_code: is the login e-mail of partner P1; "),
    ] {
        let text = format!("{HEAD}{}", row(id, email, &format!("{code},,,")));
        let found = reasons(&world.take(Kind::Partners, &text));
        assert!(found.len() == 1 && found[0].starts_with(reason), "{found:?}");
    }
    // In one file, whichever comes first.
    let both =
        format!("{HEAD}{}{}", row("b@example.com", "a@example.com", ",,,"), row("c", "b@example.com", ",,,"));
    assert_eq!(reasons(&world.take(Kind::Partners, &both)).len(), 1);
    let report = world
        .take(Kind::Links, "code,partner_id,owner_email\np1,c,\npat@example.com,,new@example.com\nP1x,P1,\n");
    assert_eq!(counts(&report), (1, 0, 0, 0, 0, 2), "{:?}", reasons(&report));
    // One's own names may be alike; and the link that waited under the own e-mail is no one else's.
    let own = format!(
        "{HEAD}{}{}",
        row("Luna", "luna@example.com", "luna,,,"),
        row("Moon", "m@example.com", ",,,")
    );
    let report = world.take(Kind::Partners, &own);
    assert_eq!(counts(&report), (1, 0, 0, 0, 0, 1), "{:?}", reasons(&report));
}

#[test]
fn a_country_is_two_letters() {
    let world = World::new();
    let take = |country: &str| {
        world.take(
            Kind::Partners,
            &format!("{HEAD}{}", row("P1", "pat@example.com", &format!(",{country},,"))),
        )
    };
    for country in ["Germany", "U", "U1", "USA", "ÄÖ"] {
        let found = reasons(&take(country));
        assert_eq!(found, ["2 country: is not a country: give its two letters, like US or DE"], "{country}");
    }
    take("us");
    assert!(world.facts().contains("|\"US\"|"), "{}", world.facts());
    assert_eq!(counts(&take("us")).2, 1);
}

#[test]
fn a_rate_that_is_not_in_force_today_is_remarked_on() {
    let world = World::new();
    let take = |rate: &str, from: &str| {
        let text = format!("{HEAD}{}", row("P1", "pat@example.com", &format!(",,{rate},{from}")));
        world.take(Kind::Partners, &text).files[0].tally.remarks.clone()
    };
    assert_eq!(take("0.2", ""), Vec::<String>::new());
    assert_eq!(take("0.3", "2026-06-01"), Vec::<String>::new());
    assert_eq!(
        take("0.25", "2026-03-01"),
        [
            "the rate 0.25 of partner P1 holds from 2026-03-01 until another takes over on 2026-06-01, and not today \
             (R2.5)"
        ]
    );
    assert_eq!(
        take("0.35", "2026-12-01"),
        ["the rate 0.35 of partner P1 holds from 2026-12-01 on, and not today (R2.5)"]
    );
}

#[test]
fn a_malformed_payment_address_closes_a_gate_and_loses_no_partner() {
    let world = World::new();
    let head = "partner_id,name,email,joined_on,paypal_email\n";
    for (id, address) in
        [("P1", "Pay <pay@example.com>"), ("P2", "a b@example.com"), ("P3", "a\u{200b}@example.com")]
    {
        let text = format!("{head}{id},N,{id}@example.com,2026-01-05,{address}\n");
        assert_eq!(counts(&world.take(Kind::Partners, &text)), (1, 0, 0, 0, 0, 0), "{address} (R6.4)");
    }
}
