use super::*;
use proptest::prelude::*;

fn anna() -> Traces {
    let anna = Named {
        name: "Anna Halvorsen".into(),
        phones: vec!["+47 55 55 01 90".into()],
        emails: vec!["anna@halvorsen.example".into()],
    };
    Traces::of(&anna, &["Halvorsen Marine", "Jon Eide"])
}

#[track_caller]
fn check(text: &str, near: Nearness, expected: &str) {
    let erased = anna().erased_from(text, near);
    assert_eq!(erased.as_deref().unwrap_or(text), expected);
}

#[test]
fn names_numbers_and_addresses_go_however_they_are_written() {
    for (text, expected) in [
        ("Told Anna Halvorsen by phone.", "Told [erased] by phone."),
        ("HALVORSEN, ANNA (purchasing)", "[erased] (purchasing)"),
        ("anna\nhalvorsen", "[erased]"),
        ("Call +47 55 55 01 90 or (0047) 5555-0190", "Call [erased] or ([erased]"),
        ("55 55 01 90, 055550190", "[erased], [erased]"),
        ("<Anna@Halvorsen.example>: 550 no such user", "<[erased]>: 550 no such user"),
        ("/customers?q=anna%40halvorsen.example", "/customers?q=[erased]"),
        (
            "mail to susanna@halvorsen.example.com, 4471 and 155550190",
            "mail to susanna@halvorsen.example.com, 4471 and 155550190",
        ),
        ("Hannah Halvorsen stays", "Hannah Halvorsen stays"),
    ] {
        check(text, Nearness::Anywhere, expected);
    }
}

#[test]
fn a_first_name_alone_means_them_only_in_what_is_their_customers() {
    check("Anna, it’s Jon.", Nearness::Own, "[erased], it’s Jon.");
    check("Anna, it’s Jon.", Nearness::Anywhere, "Anna, it’s Jon.");
    check("Halvorsen Marine waits", Nearness::Own, "Halvorsen Marine waits");
    check("Annabel and annas", Nearness::Own, "Annabel and annas");
}

#[test]
fn a_namesake_at_another_customer_stays() {
    check("Anna Halvorsen, 22 22 22 22", Nearness::Namesake, "Anna Halvorsen, 22 22 22 22");
    check("Anna Halvorsen, 55 55 01 90", Nearness::Namesake, "Anna Halvorsen, [erased]");
}

proptest! {
    #[test]
    fn nothing_is_left_and_what_has_nothing_to_do_with_them_stays(before in "[a-z ,.]{0,30}", after in "[ ,.][a-z ,.]{0,30}") {
        for trace in ["Anna Halvorsen", "anna@halvorsen.example", "+47 55 55 01 90"] {
            let text = format!("{before} {trace}{after}");
            let erased = anna().erased_from(&text, Nearness::Anywhere).unwrap();
            prop_assert_eq!(&erased, &format!("{before} [erased]{after}"));
            prop_assert_eq!(anna().erased_from(&erased, Nearness::Own), None);
        }
    }
}
