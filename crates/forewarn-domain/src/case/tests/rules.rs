//! Each rule of the product that the domain can hold, by its number.

use super::*;
use crate::evidence::Cause;
use crate::people::Scope;
use crate::text::InternalText;
use jiff::ToSpan;

#[test]
fn rule_1_a_report_never_changes_what_was_promised() {
    let mut history = History::with_news();
    history.hear(monday(), vec![moved(1, Outlook::Firm { on: date(2026, 12, 24) }, monday())]);
    let line = &history.case().lines[&PromiseId(1)];
    assert_eq!(line.promised, Promised::Date { on: date(2026, 11, 6) });
    assert_eq!(line.outlook, Outlook::Firm { on: date(2026, 12, 24) });
}

#[test]
fn rule_1_only_telling_the_customer_changes_the_promise() {
    let line = &History::told().case().lines[&PromiseId(1)];
    assert_eq!(line.promised, Promised::Date { on: date(2026, 11, 27) });
    assert_eq!(line.told[0].before, Promised::Date { on: date(2026, 11, 6) });
}

#[test]
fn rule_2_what_a_customer_has_heard_cannot_be_taken_back() {
    let history = History::told();
    for recorded in &history.events {
        let taken = history.case().take_back(recorded, Scope::Program, monday());
        assert_eq!(taken, Err(Refused::CannotTakeBack), "{:?}", recorded.event);
    }
}

#[test]
fn rule_2_what_is_taken_back_stays_in_the_history() {
    let mut history = History::with_news();
    history.act(monday(), |case| case.set_fault(Fault::Ours, monday())).unwrap();
    let set = history.events.last().unwrap().clone();
    history.act(monday(), |case| case.take_back(&set, Scope::Program, monday())).unwrap();
    assert_eq!(history.case().fault, Fault::NotKnownYet);
    assert!(history.events.contains(&set));
}

#[test]
fn rule_3_slips_of_one_customer_join_one_case_until_it_is_told() {
    let mut history = History::with_news();
    assert!(history.case().takes_new_lines());
    let later = slipped(2, date(2026, 11, 20), Outlook::Firm { on: date(2026, 12, 1) }, monday());
    history.hear(monday(), vec![later]);
    assert_eq!(history.case().lines.len(), 2);
    assert!(!History::told().case().takes_new_lines());
}

#[test]
fn rule_4_no_date_needs_a_next_word_that_is_still_to_come() {
    let mut history = History::with_news();
    let past = Expectation::NoDateYet { next_word_by: monday() };
    let refused = history.act(monday(), |c| c.tell(by_phone(&[(1, past)]), None, monday(), &terms()));
    assert_eq!(refused, Err(Refused::MomentHasPassed(monday())));

    let thursday = at(date(2026, 11, 5), 10);
    let open = Expectation::NoDateYet { next_word_by: thursday };
    history.act(monday(), |c| c.tell(by_phone(&[(1, open)]), None, monday(), &terms())).unwrap();
    assert_eq!(history.case().next_word.unwrap().by, thursday);
    let kept = history.act(thursday, |c| c.keep_next_word(Channel::Phone, None, thursday));
    assert_eq!(kept, Err(Refused::NextWordNeeded), "without a date there is always another next word");
}

#[test]
fn rule_4_a_next_word_is_promised_within_a_year_and_a_date_within_ten() {
    let end: Timestamp = "9999-12-30T22:00:00.999999Z".parse().unwrap();
    let in_two_years = at(date(2028, 11, 2), 9);
    let in_a_year = at(date(2027, 11, 2), 9);
    for far in [in_two_years, end] {
        let too_far = Err(Refused::MomentIsTooFar(far));
        let case = History::with_news().case();
        let told = by_phone(&[(1, on(date(2026, 11, 27)))]);
        assert_eq!(case.promise_next_word(far, monday()), too_far);
        assert_eq!(case.tell(told, Some(far), monday(), &terms()), too_far);
        let no_date = by_phone(&[(1, Expectation::NoDateYet { next_word_by: far })]);
        assert_eq!(case.tell(no_date, None, monday(), &terms()), too_far);
        for reason in [NotNow::CustomerAskedFor { at: far }, NotNow::WaitingForFirmDate { until: far }] {
            assert_eq!(case.not_now(reason, monday()), too_far);
        }
        let mut promised = History::with_news();
        promised.act(monday(), |case| case.promise_next_word(in_a_year, monday())).unwrap();
        assert_eq!(promised.case().keep_next_word(Channel::Phone, Some(far), monday()), too_far);
    }
    for far in [on(date(2036, 11, 3)), Expectation::Range { from: date(2026, 12, 1), to: date(9999, 12, 31) }]
    {
        let told = History::with_news().case().tell(by_phone(&[(1, far)]), None, monday(), &terms());
        assert_eq!(told, Err(Refused::DateIsTooFar));
    }
    let ten_years = by_phone(&[(1, on(date(2036, 11, 2)))]);
    assert!(History::with_news().case().tell(ten_years, None, monday(), &terms()).is_ok());
}

#[test]
fn rule_5_nothing_short_of_telling_stops_the_clock() {
    let mut history = History::with_news();
    let deadline = history.case().tell_by;
    let until = at(date(2026, 11, 9), 9);
    let later = monday() + 30.minutes();
    history.append(later, history.case().view(later));
    history.act(later, |c| c.tick(Tick::FactsChecked, true, later)).unwrap();
    history.act(later, |c| c.not_now(NotNow::WaitingForFirmDate { until }, later)).unwrap();
    let voicemail = Attempt { outcome: Outcome::Voicemail, to: Some(anna()) };
    history.act(later, |c| c.attempt(voicemail, later)).unwrap();
    history.hear(later, vec![moved(1, Outlook::Firm { on: date(2026, 11, 27) }, later)]);
    let case = history.case();
    assert_eq!((case.tell_by, case.stage()), (deadline, Stage::ToTell));
    assert_eq!(case.known_at(), monday());
}

#[test]
fn rule_6_email_as_the_first_word_needs_a_reason() {
    let mut history = History::with_news();
    let by_email =
        |reason| Telling { channel: Channel::Email { reason }, ..by_phone(&[(1, on(date(2026, 11, 27)))]) };
    let refused = history.act(monday(), |c| c.tell(by_email(None), None, monday(), &terms()));
    assert_eq!(refused, Err(Refused::EmailFirstNeedsReason));
    let no_answer = || by_email(Some(EmailReason::NoAnswer));
    let refused = history.act(monday(), |c| c.tell(no_answer(), None, monday(), &terms()));
    assert_eq!(refused, Err(Refused::TooFewAttempts { made: 0, needed: 2 }));
    for _ in 0..2 {
        let attempt = Attempt { outcome: Outcome::NoAnswer, to: None };
        history.act(monday(), |c| c.attempt(attempt, monday())).unwrap();
    }
    history.act(monday(), |c| c.tell(no_answer(), None, monday(), &terms())).unwrap();
    assert_eq!(history.case().stage(), Stage::KeepingWord);
}

#[test]
fn rule_6_a_try_that_reached_nobody_is_not_a_telling() {
    for outcome in [Outcome::Voicemail, Outcome::NoAnswer, Outcome::WrongPerson] {
        let mut history = History::with_news();
        history.act(monday(), |c| c.attempt(Attempt { outcome, to: None }, monday())).unwrap();
        assert_eq!(history.case().stage(), Stage::ToTell, "{outcome:?}");
    }
}

#[test]
fn rule_7_no_observation_ever_tells_a_customer() {
    let mut history = History::with_news();
    for day in 3..30 {
        let now = at(date(2026, 11, day), 9);
        history.hear(now, vec![moved(1, Outlook::Likely { on: date(2026, 12, day) }, now)]);
    }
    assert!(history.case().tellings.is_empty());
    assert_eq!(history.case().stage(), Stage::ToTell);
}

#[test]
fn rule_8_only_what_is_on_us_asks_for_an_apology() {
    assert!(Fault::Ours.is_on_us() && Fault::ShouldHaveAnticipated.is_on_us());
    assert!(![Fault::OutsideOurControl, Fault::Customers, Fault::NotKnownYet].iter().any(|f| f.is_on_us()));
}

#[test]
fn rule_9_a_case_without_any_preparation_can_be_told() {
    let mut history = History::with_news();
    assert!(Tick::ALL.iter().any(|tick| !history.case().prepared(*tick)));
    let telling = by_phone(&[(1, on(date(2026, 11, 27)))]);
    history.act(monday(), |c| c.tell(telling, None, monday(), &terms())).unwrap();
    assert_eq!(history.case().tellings.len(), 1);
}

#[test]
fn rule_10_steps_come_in_any_order_are_skipped_and_repeated() {
    let mut history = History::with_news();
    for step in [Step::Thank, Step::LetThemVent, Step::AdviseEarly, Step::LetThemVent] {
        history.act(monday(), |c| c.take_step(step, monday())).unwrap();
    }
    history.act(monday(), |c| c.skip_step(Step::WhyNow, monday())).unwrap();
    let steps = history.case().steps;
    assert_eq!(steps[&Step::LetThemVent].taken, 2);
    assert!(steps[&Step::WhyNow].skipped);
    assert!(!steps.contains_key(&Step::Acknowledge));
}

#[test]
fn rule_11_the_record_says_when_it_was_known_firm_and_told_to_whoever_may_read_it() {
    let seen = at(date(2026, 11, 2), 9);
    let likely = Outlook::Likely { on: date(2026, 12, 24) };
    let mut history = History::open(seen, vec![slipped(1, date(2026, 12, 1), likely, seen)]);
    let firm_at = at(date(2026, 11, 3), 10);
    history.hear(firm_at, vec![moved(1, Outlook::Firm { on: date(2026, 12, 24) }, firm_at)]);
    let told_at = at(date(2026, 11, 3), 14);
    let telling = by_phone(&[(1, on(date(2026, 12, 24)))]);
    history.act(told_at, |c| c.tell(telling, None, told_at, &terms())).unwrap();
    let told = history.events.iter().find_map(|recorded| match &recorded.event {
        CaseEvent::Told { waits, notice_days, .. } => Some((*waits, *notice_days)),
        _ => None,
    });
    // Known Monday 09:00, firm Tuesday 10:00: 7 h + 2 h of work. Told at 14:00: 3 h, lunch not counted.
    assert_eq!(told, Some((Waits { fact_minutes: 9 * 60, tell_minutes: 3 * 60 }, Some(20))));
}

#[test]
fn rule_12_internal_text_shows_itself_to_nobody_by_accident() {
    let cause = Cause {
        internal: InternalText::new("Purchasing forgot the order at Miller"),
        customer: CustomerText::new("A part arrived late"),
    };
    let shown = format!("{cause:?}");
    assert!(!shown.contains("Purchasing") && shown.contains("A part arrived late"));
}
