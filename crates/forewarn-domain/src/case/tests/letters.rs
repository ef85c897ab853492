//! Letters: what they need to be approved, and what they do to the case.

use super::*;
use crate::ids::{LetterId, ReplyId};
use crate::text::InternalText;
use jiff::SignedDuration;

fn letter(purpose: Purpose) -> LetterFacts {
    LetterFacts {
        to: anna(),
        address: "anna@halvorsen.example".to_owned(),
        subject: CustomerText::new("Order 4471: delayed").unwrap(),
        purpose,
        again: None,
    }
}

fn first_word() -> Purpose {
    let telling = by_phone(&[(1, on(date(2026, 11, 27)))]);
    let channel = Channel::Email { reason: Some(EmailReason::CustomerAsked) };
    Purpose::FirstWord { telling: Telling { channel, ..telling }, next_word: None }
}

fn accepted() -> LetterEnd {
    LetterEnd::Accepted { answer: InternalText::new("250 Ok").unwrap() }
}

fn unknown() -> LetterEnd {
    LetterEnd::Unknown { trouble: InternalText::new("the connection broke").unwrap() }
}

fn bounce() -> Bounce {
    Bounce { status: Some("5.1.1".to_owned()), answer: None }
}

impl History {
    fn approve(&mut self, id: i64, facts: LetterFacts) -> Result<(), Refused> {
        self.act(monday(), |case| case.approve_letter(LetterId(id), facts, monday(), &terms()))
    }

    fn end(&mut self, id: i64, end: LetterEnd, at: Timestamp) {
        let events = self.case().end_letter(LetterId(id), end, at, &terms());
        self.append(at, events);
    }

    fn standing(&self, id: i64) -> Standing {
        self.case().letters[&LetterId(id)].standing
    }
}

#[test]
fn rule_6_a_first_word_by_mail_needs_its_reason_when_it_is_approved() {
    let Purpose::FirstWord { telling, .. } = first_word() else { unreachable!() };
    for channel in [Channel::Phone, Channel::Email { reason: None }] {
        let purpose = Purpose::FirstWord { telling: Telling { channel, ..telling.clone() }, next_word: None };
        assert_eq!(History::with_news().approve(1, letter(purpose)), Err(Refused::EmailFirstNeedsReason));
    }
    let channel = Channel::Email { reason: Some(EmailReason::NoAnswer) };
    let purpose = Purpose::FirstWord { telling: Telling { channel, ..telling }, next_word: None };
    let refused = History::with_news().approve(1, letter(purpose));
    assert_eq!(refused, Err(Refused::TooFewAttempts { made: 0, needed: 2 }));
    assert_eq!(History::with_news().approve(1, letter(first_word())), Ok(()));
}

#[test]
fn follow_ups_need_something_to_follow() {
    let mut untold = History::with_news();
    assert_eq!(untold.approve(1, letter(Purpose::Recap)), Err(Refused::NotToldYet));
    assert_eq!(untold.approve(1, letter(Purpose::Update { then: None })), Err(Refused::NotToldYet));
    let mut told = History::told();
    assert_eq!(told.approve(1, letter(Purpose::Recap)), Ok(()));
    assert_eq!(told.approve(2, letter(Purpose::Update { then: None })), Ok(()));
    let arrived = letter(Purpose::Delivered { promises: vec![PromiseId(1)] });
    assert_eq!(told.approve(3, arrived), Err(Refused::NotArrived(1)));
}

#[test]
fn rule_5_the_clock_runs_until_the_mail_server_has_taken_the_first_word() {
    let mut history = History::with_news();
    let tell_by = history.case().tell_by;
    history.approve(1, letter(first_word())).unwrap();
    assert_eq!((history.case().stage(), history.case().tell_by), (Stage::ToTell, tell_by));
    let later = monday() + SignedDuration::from_mins(30);
    history.end(1, accepted(), later);
    let case = history.case();
    assert_eq!((case.stage(), case.tellings[0].0), (Stage::KeepingWord, later));
    assert_eq!(case.lines[&PromiseId(1)].promised, Promised::Date { on: date(2026, 11, 27) });
}

#[test]
fn two_letters_of_a_kind_are_not_on_their_way_at_once() {
    let mut history = History::with_news();
    history.approve(1, letter(first_word())).unwrap();
    assert_eq!(history.approve(2, letter(first_word())), Err(Refused::LetterUnderWay));
    history.end(1, unknown(), monday());
    assert_eq!(history.approve(2, letter(first_word())), Err(Refused::LetterUnresolved));
    let again = LetterFacts { again: Some(LetterId(1)), ..letter(first_word()) };
    history.approve(2, again).unwrap();
    assert_eq!((history.standing(1), history.standing(2)), (Standing::Overtaken, Standing::UnderWay));
}

#[test]
fn a_letter_ends_once() {
    let mut history = History::with_news();
    history.approve(1, letter(first_word())).unwrap();
    for end in [unknown(), accepted(), accepted(), unknown()] {
        history.end(1, end, monday());
    }
    assert_eq!((history.standing(1), history.case().tellings.len()), (Standing::Accepted, 1));
    let cancelled = history.case().cancel_letter(LetterId(1), None);
    assert_eq!(cancelled, Err(Refused::LetterHasLeft));
    let resolved = history.case().resolve_letter(LetterId(1), Resolution::Arrived, monday(), &terms());
    assert_eq!(resolved, Err(Refused::LetterSettled));
}

#[test]
fn what_a_letter_did_has_not_happened_when_it_comes_back() {
    let mut history = History::with_news();
    let before = history.case();
    history.approve(1, letter(first_word())).unwrap();
    history.end(1, accepted(), monday());
    let felt = monday() + SignedDuration::from_hours(1);
    history.act(felt, |case| case.feel(crate::severity::Temperature::Upset, felt, &terms())).unwrap();
    let events = history.case().bounce_letter(LetterId(1), bounce());
    history.append(felt, events);
    let after = history.case();
    assert_eq!((after.stage(), after.lines), (before.stage(), before.lines), "they don't know");
    assert_eq!(after.temperatures.len(), 1, "what happened since has happened");
    assert!(after.tellings.is_empty());
    assert!(history.case().bounce_letter(LetterId(1), bounce()).is_empty(), "once");
}

#[test]
fn a_bounced_update_has_not_kept_the_next_word() {
    let mut history = History::told();
    let due = monday() + SignedDuration::from_hours(30);
    history.act(monday(), |case| case.promise_next_word(due, monday())).unwrap();
    let then = monday() + SignedDuration::from_hours(300);
    history.approve(1, letter(Purpose::Update { then: Some(then) })).unwrap();
    history.end(1, accepted(), monday());
    assert_eq!(history.case().next_word.map(|word| word.by), Some(then));
    let events = history.case().bounce_letter(LetterId(1), bounce());
    history.append(monday(), events);
    assert_eq!(history.case().next_word.map(|word| word.by), Some(due), "still owed");
}

#[test]
fn a_reply_closes_nothing_and_stops_no_clock() {
    for history in [History::with_news(), History::told()] {
        let before = history.case();
        let mut after = history;
        let events = before.receive_reply(ReplyId(1), None);
        after.append(monday(), events);
        let after = after.case();
        assert_eq!((after.stage(), after.tell_by), (before.stage(), before.tell_by));
        assert_eq!(after.obligations(&terms()), before.obligations(&terms()));
        assert_eq!(after.replies.len(), 1);
    }
}

#[test]
fn a_letter_that_is_accepted_after_the_case_has_closed_only_ends() {
    let mut history = History::with_news();
    history.approve(1, letter(first_word())).unwrap();
    let cancelled = Observation { promise: PromiseId(1), observed: Observed::Cancelled };
    history.hear(monday(), vec![cancelled]);
    assert_eq!(history.case().stage(), Stage::Closed);
    history.end(1, accepted(), monday());
    assert_eq!(history.standing(1), Standing::Accepted);
    assert!(history.case().tellings.is_empty());
}
