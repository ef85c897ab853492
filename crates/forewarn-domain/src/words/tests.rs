use super::*;
use crate::promise::Expectation;
use jiff::civil::date;

fn brief() -> Brief {
    Brief {
        rep: "Jon".to_owned(),
        rep_phone: Some("+47 55 10 20 30".to_owned()),
        company: "Norpump".to_owned(),
        contact: CustomerText::new("Anna Halvorsen"),
        lines: vec![LineNews {
            order: "4471".to_owned(),
            what: "40 pumps".to_owned(),
            promised: Promised::Date { on: date(2026, 11, 6) },
            outlook: Outlook::Firm { on: date(2026, 11, 27) },
        }],
        fault: Fault::Ours,
        cause: CustomerText::new("a seal has to be made again"),
        actions: vec![CustomerText::new("Twenty pumps leave by air on 11 November").unwrap()],
        options: Vec::new(),
        chosen: Vec::new(),
        next_word: Some("2026-11-05T09:00:00Z".parse().unwrap()),
        round: 1,
        today: date(2026, 11, 2),
        zone: TimeZone::get("Europe/Oslo").unwrap(),
    }
}

#[test]
fn the_news_comes_in_plain_terms_with_both_dates() {
    let brief = brief();
    assert_eq!(
        brief.opening(),
        "Anna, it's Jon at Norpump. I have difficult news about order 4471. Do you have five minutes?"
    );
    assert_eq!(
        brief.news(),
        ["40 pumps will not arrive on Friday 6 November. The date is now Friday 27 November."]
    );
}

#[test]
fn an_estimate_is_never_said_as_a_firm_date() {
    let mut brief = brief();
    brief.lines[0].outlook = Outlook::Likely { on: date(2027, 1, 8) };
    assert!(brief.news()[0].ends_with("We now expect Friday 8 January 2027; it is not confirmed yet."));
    brief.lines[0].outlook = Outlook::NoDate;
    assert!(brief.news()[0].ends_with("We don't have a new date yet."));
}

#[test]
fn the_read_back_names_the_next_word_in_the_customers_time() {
    let said = brief().read_back(Expectation::NewDate { on: date(2026, 11, 27) });
    assert_eq!(
        said,
        "So: it arrives on Friday 27 November. I'll call you on Thursday 5 November at 10:00, \
         even if nothing has changed. Did I get that right?"
    );
}

#[test]
fn a_voicemail_carries_no_news() {
    let said = brief().voicemail("2026-11-02T13:00:00Z".parse().unwrap());
    assert!(said.contains("try you again on Monday 2 November at 14:00"), "{said}");
    for word in ["4471", "pumps", "news", "27", "late", "delay"] {
        assert!(!said.contains(word), "{word} in {said}");
    }
}

#[test]
fn the_recap_says_what_was_said_and_apologises_once() {
    let before = Promised::Date { on: date(2026, 11, 6) };
    let now = Promised::Date { on: date(2026, 11, 27) };
    let said = Said { order: "4471".to_owned(), what: "40 pumps".to_owned(), before, now };
    let mail = brief().recap(&[said]);
    assert_eq!(mail.subject, "Order 4471: delayed until Friday 27 November");
    assert!(
        mail.body.contains("- Order 4471, 40 pumps: now on Friday 27 November instead of Friday 6 November.")
    );
    assert!(mail.body.contains("A seal has to be made again."));
    assert_eq!(mail.body.matches("sorry").count(), 1);
    assert!(mail.body.contains("Thursday 5 November at 10:00"));
}

#[test]
fn the_subject_of_a_recap_names_one_date_only_where_there_is_one() {
    let before = Promised::Date { on: date(2026, 11, 6) };
    let said = |now| Said { order: "4471".to_owned(), what: "40 pumps".to_owned(), before, now };
    let on = |day| said(Promised::Date { on: date(2026, 11, day) });
    let subject = |said: &[Said]| brief().recap(said).subject;
    assert_eq!(subject(&[on(27), on(27)]), "Order 4471: delayed until Friday 27 November");
    assert_eq!(subject(&[on(20), on(27)]), "Order 4471: new dates, the last one Friday 27 November");
    let open = said(Promised::NoDateYet);
    assert_eq!(subject(&[on(27), open]), "Order 4471: delayed, not all new dates are known yet");
}

#[test]
fn a_recap_says_what_they_chose_and_offers_nothing_else() {
    let offered = ["20 pumps by air", "The larger pump at the same price"];
    let options = offered.map(|text| CustomerText::new(text).unwrap()).to_vec();
    let open = Brief { options: options.clone(), ..brief() };
    assert!(open.recap(&[]).body.contains("You can choose:\n- 20 pumps by air.\n- The larger pump"));

    let settled = Brief { chosen: options[..1].to_vec(), ..open };
    let body = settled.recap(&[]).body;
    assert!(body.contains("You chose: 20 pumps by air."), "{body}");
    assert!(!body.contains("The larger pump"), "{body}");
}
