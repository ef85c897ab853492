//! What leaders do about a case.

use super::*;
use crate::text::InternalText;

fn text(words: &str) -> InternalText {
    InternalText::new(words).unwrap()
}

const LEADER: PersonId = PersonId(9);

#[test]
fn rule_5_asking_and_joining_stop_no_clock() {
    let mut history = History::with_news();
    let before = history.case();
    history.act(monday(), |case| case.ask(text("What do you need to make this call?"), monday())).unwrap();
    history.act(monday(), |case| case.join(monday())).unwrap();
    let after = history.case();
    assert_eq!(after.obligations(&terms()), before.obligations(&terms()));
    assert_eq!((after.stage(), after.owner), (Stage::ToTell, rep()));
}

#[test]
fn a_question_waits_for_one_answer_and_no_longer_than_until_they_are_told() {
    let mut history = History::with_news();
    let answer = |case: &Case| case.answer_ask(text("A firm date"), monday());
    assert_eq!(history.act(monday(), answer), Err(Refused::NothingAsked));
    history.act(monday(), |case| case.ask(text("What do you need?"), monday())).unwrap();
    assert_eq!(history.case().open_ask().map(|ask| ask.words.clone()), Some(text("What do you need?")));
    history.act(monday(), answer).unwrap();
    assert_eq!(history.case().open_ask(), None);
    assert_eq!(history.case().leading.asks[0].answer, Some((monday(), text("A firm date"))));

    history.act(monday(), |case| case.ask(text("And now?"), monday())).unwrap();
    history.act(monday(), |case| case.join(monday())).unwrap();
    let later = at(date(2026, 11, 2), 10);
    let telling = by_phone(&[(1, on(date(2026, 11, 27)))]);
    history.act(later, |case| case.tell(telling, None, later, &terms())).unwrap();
    assert_eq!((history.case().open_ask(), history.case().leading.joins), (None, None));
}

#[test]
fn whoever_takes_it_over_has_it_until_that_is_taken_back() {
    let mut history = History::with_news();
    history.act(monday(), |case| case.take_over(LEADER, monday(), &terms())).unwrap();
    assert_eq!(history.case().owner, Owner::Person { person: LEADER });
    let again = |case: &Case| case.take_over(LEADER, monday(), &terms());
    assert_eq!(history.act(monday(), again), Err(Refused::AlreadyTheirs));
    let (seq, event) = history
        .events
        .iter()
        .rev()
        .find(|recorded| matches!(recorded.event, CaseEvent::TakenOver { .. }))
        .map(|recorded| (recorded.seq, recorded.event.clone()))
        .unwrap();
    let mut back = history.clone();
    back.act(monday(), |case| case.take_back(seq, &event, monday())).unwrap();
    assert_eq!(back.case().owner, rep());

    let third = Owner::Person { person: PersonId(12) };
    history.act(monday(), |case| case.assign(third, None, monday(), &terms())).unwrap();
    let late = history.act(monday(), |case| case.take_back(seq, &event, monday()));
    assert_eq!(late, Err(Refused::GivenOnSince));
}

#[test]
fn only_what_was_told_can_be_checked_and_a_check_changes_nothing() {
    let check = || SpotCheck { with: CheckedWith::Customer, finding: Finding::Differs, note: None };
    let untold = History::with_news();
    assert_eq!(untold.case().spot_check(check(), monday()), Err(Refused::NotToldYet));
    let mut told = History::told();
    let before = told.case();
    told.act(monday(), |case| case.spot_check(check(), monday())).unwrap();
    assert_eq!(Case { version: before.version, ..told.case() }, before);
}
