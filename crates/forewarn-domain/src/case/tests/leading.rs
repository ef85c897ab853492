//! What leaders do about a case.

use super::*;
use crate::ids::TeamId;
use crate::people::Scope;
use crate::text::InternalText;

fn text(words: &str) -> InternalText {
    InternalText::new(words).unwrap()
}

const LEADER: PersonId = PersonId(9);

fn leader() -> Scope {
    Scope::Leader { person: LEADER, team: TeamId(1) }
}

fn a_rep(person: PersonId) -> Scope {
    Scope::Rep { person, team: TeamId(1) }
}

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
    let taken = history.events.iter().rfind(|recorded| matches!(recorded.event, CaseEvent::TakenOver { .. }));
    let taken = taken.unwrap().clone();
    let mut back = history.clone();
    back.act(monday(), |case| case.take_back(&taken, leader(), monday())).unwrap();
    assert_eq!(back.case().owner, rep());

    let third = Owner::Person { person: PersonId(12) };
    history.act(monday(), |case| case.assign(third, None, monday(), &terms())).unwrap();
    let late = history.act(monday(), |case| case.take_back(&taken, leader(), monday()));
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

#[test]
fn what_a_leader_did_is_taken_back_by_whoever_did_it_and_by_those_who_lead() {
    let option = CaseEvent::OptionApproved { option: 1 };
    let check = SpotCheck { with: CheckedWith::Customer, finding: Finding::Differs, note: None };
    let acts = [
        CaseEvent::Asked { words: text("What do you need?") },
        CaseEvent::LeaderJoined,
        CaseEvent::SpotChecked { check },
        option,
    ];
    let case = History::told().case();
    for event in acts {
        let past = Recorded { seq: 4, at: monday(), by: Some(LEADER), event };
        let back = |who| case.take_back(&past, who, monday());
        let done = Ok(vec![CaseEvent::TakenBack { seq: 4 }]);
        assert_eq!(back(a_rep(PersonId(7))), Err(Refused::NotTheirsToTakeBack), "{:?}", past.event);
        assert_eq!(back(a_rep(LEADER)), done, "who led then, and does no more");
        assert_eq!(back(leader()), done);
        assert_eq!(back(Scope::Admin { person: PersonId(1) }), done);
    }
    let by_nobody = Recorded { seq: 4, at: monday(), by: None, event: CaseEvent::LeaderJoined };
    let refused = case.take_back(&by_nobody, a_rep(PersonId(7)), monday());
    assert_eq!(refused, Err(Refused::NotTheirsToTakeBack));
    let ours = Recorded {
        seq: 4,
        at: monday(),
        by: Some(LEADER),
        event: CaseEvent::FaultSet { fault: Fault::Ours },
    };
    assert!(case.take_back(&ours, a_rep(PersonId(7)), monday()).is_ok(), "what everybody does, anybody may");
}

#[test]
fn a_takeover_is_not_the_reps_to_take_back() {
    let mut history = History::with_news();
    history.act(monday(), |case| case.take_over(LEADER, monday(), &terms())).unwrap();
    let mut taken = history
        .events
        .iter()
        .rfind(|past| matches!(past.event, CaseEvent::TakenOver { .. }))
        .unwrap()
        .clone();
    taken.by = Some(LEADER);
    let back = history.act(monday(), |case| case.take_back(&taken, a_rep(PersonId(7)), monday()));
    assert_eq!(back, Err(Refused::NotTheirsToTakeBack));
}
