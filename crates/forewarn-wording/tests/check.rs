//! What a rep is promised: a draft in, the right marks and the case's own words out.

use forewarn_wording::{Channel, Context, Fault, Firmness, Kept, Kind, Part, check, due};

const DRAFT: &str = "Unfortunately our warehouse messed up again and purchasing never told us, we are so so sorry \
                     for any inconvenience, it should ship soon";

#[expect(clippy::expect_used, reason = "the case stands right here")]
fn case() -> Context {
    serde_json::from_str(
        r#"{
            "fault": "ours", "channel": "email", "kind": "delay", "round": 1, "told": true, "today": "2026-11-20",
            "contact": "Mr. Halvorsen", "order": "PO 4711", "goods": "the 40 drives",
            "promised": "2026-11-27", "expected": "2026-12-11", "firmness": "firm",
            "cause": "a type test has to be repeated", "next_word": "2026-11-25T15:00:00"
        }"#,
    )
    .expect("a case")
}

#[test]
fn the_draft_everybody_writes_is_marked_with_the_real_date_beside_every_mark() {
    let report = check(DRAFT, &case());
    let marks: Vec<(&str, &str)> = report.findings.iter().map(|f| (f.rule, f.quote.as_str())).collect();
    assert_eq!(
        marks,
        [
            ("blame", "our warehouse messed up"),
            ("blame", "purchasing never told"),
            ("grovelling", "so so sorry"),
            ("conditional-apology", "any inconvenience"),
            ("vague-promise", "it should ship soon"),
        ]
    );
    for finding in &report.findings {
        assert!(finding.instead.contains("Friday 11 December"), "{}: {}", finding.rule, finding.instead);
    }
}

#[test]
fn a_complete_message_is_silent_and_misses_nothing() {
    let text = "Subject: Your 40 drives come on 11 December instead of 27 November\n\nDear Mr. Halvorsen,\n\n\
                The 40 drives will be with you on Friday 11 December instead of 27 November. A type test has to be \
                repeated. We should have booked the laboratory earlier; that is our mistake, and I am sorry.\n\n\
                I know that your crane is booked for the 30th. We have reserved ten drives from stock, which can be \
                there on 27 November; would that help, or would you rather wait for all of them?\n\n\
                I will call you on Wednesday 25 November at 15:00, whatever the result is. Thank you for your patience.\n\n\
                Kind regards,\nIda Berg";
    let report = check(text, &case());
    assert_eq!(report.findings, [], "a clean text");
    assert_eq!(report.missing, [], "a complete text");
}

#[test]
fn without_a_case_the_advice_is_general_but_there() {
    let report = check(DRAFT, &Context::default());
    assert_eq!(report.findings.len(), 5);
    assert!(report.findings.iter().all(|finding| !finding.instead.is_empty() && !finding.why.is_empty()));
}

#[test]
fn an_unconfirmed_date_told_as_fixed_is_too_much() {
    let text = "The drives will arrive on 11 December.";
    assert!(check(text, &case()).findings.is_empty());
    let likely = Context { firmness: Some(Firmness::Likely), ..case() };
    assert_eq!(check(text, &likely).findings[0].rule, "overpromise");
}

#[test]
fn what_is_kept_with_a_reason_stays_silent_while_the_text_around_it_changes() {
    let text = "We will ship it soon.";
    let first = check(text, &Context::default());
    let kept = Kept { rule: "vague-promise".to_owned(), sentence: first.findings[0].sentence.clone() };
    let context = Context { kept: vec![kept], ..Context::default() };
    assert!(check(&format!("Good morning.\n\n{text} Ida"), &context).findings.is_empty());
    assert_eq!(check("We will ship them soon.", &context).findings.len(), 1);
}

#[test]
fn parts_are_due_by_kind_fault_channel_and_round() {
    let delay = |fault| Context { fault, kind: Kind::Delay, ..Context::default() };
    assert!(due(&delay(Fault::Ours)).contains(&Part::Ownership));
    assert!(due(&delay(Fault::Ours)).contains(&Part::Apology));
    assert!(!due(&delay(Fault::Outside)).contains(&Part::Apology));
    assert!(!due(&delay(Fault::Unknown)).contains(&Part::Ownership));
    assert!(due(&delay(Fault::Outside)).contains(&Part::NextUpdate));
    let price = Context { kind: Kind::PriceIncrease, ..Context::default() };
    assert!(!due(&price).contains(&Part::NextUpdate));
    let voicemail = Context { channel: Some(Channel::Voicemail), ..Context::default() };
    assert_eq!(due(&voicemail), [Part::NextUpdate]);
    let second = Context { round: 2, ..delay(Fault::Ours) };
    assert!(!due(&second).contains(&Part::Options));
}

#[test]
fn another_language_is_left_alone_with_a_note() {
    for (text, language) in [
        (
            "Leider wird Ihre Bestellung nicht vor dem 12. Mai bei Ihnen sein, und wir bitten um Entschuldigung.",
            "German",
        ),
        (
            "Nous sommes désolés, votre commande ne sera pas livrée avant le 12 mai et nous vous prions de nous excuser.",
            "French",
        ),
        (
            "Lamentamos que su pedido no será entregado antes del 12 de mayo, por lo que le pedimos disculpas.",
            "Spanish",
        ),
        ("К сожалению, ваш заказ придет только в мае, мы очень сожалеем.", "another language"),
    ] {
        let report = check(text, &Context::default());
        assert!(report.findings.is_empty());
        assert!(report.missing.is_empty());
        assert!(report.note.is_some_and(|note| note.contains(language)), "{language}");
    }
    assert_eq!(check(DRAFT, &Context::default()).note, None);
}

#[test]
fn the_customers_own_words_are_not_ours_to_judge() {
    let text = "> Your warehouse messed up again!\n\nThe drives come on 11 December.";
    assert!(check(text, &Context::default()).findings.is_empty());
    let text = "You wrote \"your carrier lost two pallets\" on Monday; the two are found.";
    assert!(check(text, &Context::default()).findings.is_empty());
}

#[test]
fn json_has_the_fields_of_the_specification_and_no_others() {
    let report = check("We apologise for any inconvenience.", &Context::default());
    let json = serde_json::to_value(&report).expect("a report is JSON");
    let mut keys: Vec<&str> = json.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["findings", "missing", "parts"]);
    let finding = json["findings"][0].as_object().expect("a finding");
    let mut keys: Vec<&str> = finding.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["end", "instead", "quote", "rule", "severity", "start", "why"]);
    assert_eq!(json["parts"].as_object().expect("parts").len(), 10);
    assert_eq!(json["findings"][0]["severity"], "fix");
}

#[test]
fn a_browser_gets_its_offsets_in_utf16() {
    let text = "😀 Grüße! We apologise for any inconvenience.";
    let report = check(text, &Context::default());
    let units: Vec<u16> = text.encode_utf16().collect();
    let place = &report.utf16(text)[0];
    assert_eq!(String::from_utf16_lossy(&units[place.clone()]), report.findings[0].quote);
}

#[test]
fn a_subject_may_be_in_any_letters() {
    let report = check("Re: Grüße\n\nYour order comes on 3 May.", &Context::default());
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[test]
fn the_name_of_a_product_is_no_promise() {
    let text = "The blue Failsafe comes on 3 May. Perfect Opportunity, the gift box, comes on 9 May.";
    assert!(check(text, &Context::default()).findings.is_empty());
    let text = "\"So Very, Very Sorry\" by the same author comes out on 9 May.";
    assert!(check(text, &Context::default()).findings.is_empty());
}

#[test]
fn the_same_words_are_marked_once() {
    let text = "Our fitter lost the drawing because the boss looks the other way.";
    let report = check(text, &Context::default());
    for (at, finding) in report.findings.iter().enumerate() {
        for other in &report.findings[at + 1..] {
            assert!(finding.end <= other.start, "{finding:?} {other:?}");
        }
    }
    assert!(!report.findings.is_empty());
}
