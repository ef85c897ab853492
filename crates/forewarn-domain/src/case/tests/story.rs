//! What happens to a slip, from the first suspicion to business as usual.

use super::*;
use crate::severity::Temperature;
use crate::slip::NewsBecause;

fn likely(day: Date) -> Outlook {
    Outlook::Likely { on: day }
}

/// Promised so far ahead that time does not press.
fn far() -> Date {
    date(2026, 12, 18)
}

fn waiting() -> History {
    History::open(monday(), vec![slipped(1, far(), likely(date(2027, 1, 8)), monday())])
}

fn news_reason(history: &History) -> Option<NewsBecause> {
    history.events.iter().find_map(|recorded| match recorded.event {
        CaseEvent::BecameNews { because, .. } => Some(because),
        _ => None,
    })
}

#[test]
fn an_estimate_waits_for_a_second_report_half_a_day_later() {
    let mut history = waiting();
    assert_eq!(history.case().stage(), Stage::WaitingForFacts);
    let soon = at(date(2026, 11, 2), 15);
    history.hear(soon, vec![moved(1, likely(date(2027, 1, 8)), soon)]);
    assert_eq!(history.case().stage(), Stage::WaitingForFacts);
    let next_day = at(date(2026, 11, 3), 5);
    history.hear(next_day, vec![moved(1, likely(date(2027, 1, 11)), next_day)]);
    assert_eq!(news_reason(&history), Some(NewsBecause::StoodThrough));
    assert_eq!(history.case().firm_at(), Some(next_day));
    assert_eq!(history.case().known_at(), monday());
}

#[test]
fn an_estimate_becomes_news_when_the_customer_needs_the_time_that_is_left() {
    let mut history = waiting();
    let owed = history.case().obligations(&terms());
    assert_eq!(owed[0].kind, ObligationKind::FactsBy);
    let just_before = owed[0].due - jiff::SignedDuration::from_mins(1);
    history.hear(just_before, Vec::new());
    assert_eq!(history.case().stage(), Stage::WaitingForFacts);
    history.hear(owed[0].due, Vec::new());
    assert_eq!(news_reason(&history), Some(NewsBecause::LittleTimeLeft));
}

#[test]
fn a_person_who_confirms_makes_it_news_at_once() {
    let mut history = waiting();
    let mut observation = moved(1, likely(date(2027, 1, 8)), monday());
    if let Observed::Outlook { confirmed, .. } = &mut observation.observed {
        *confirmed = true;
    }
    history.hear(monday(), vec![observation]);
    assert_eq!(news_reason(&history), Some(NewsBecause::Confirmed));
}

#[test]
fn a_date_that_comes_back_before_anyone_was_told_closes_the_case_as_recovered() {
    let mut history = waiting();
    history.hear(monday(), vec![moved(1, likely(far()), monday())]);
    assert_eq!(history.case().closed.unwrap().1, Closing::Recovered);
}

#[test]
fn older_news_never_overrides_newer() {
    let mut history = waiting();
    let last_week = at(date(2026, 10, 26), 5);
    history.hear(monday(), vec![moved(1, likely(far()), last_week)]);
    assert_eq!(history.case().lines[&PromiseId(1)].outlook, likely(date(2027, 1, 8)));
}

#[test]
fn a_told_line_that_moves_again_starts_the_next_round_one_level_hotter() {
    let mut history = History::told();
    assert_eq!(history.case().stage(), Stage::KeepingWord);
    let now = at(date(2026, 11, 10), 9);
    history.hear(now, vec![moved(1, Outlook::Firm { on: date(2026, 12, 11) }, now)]);
    let case = history.case();
    assert_eq!((case.round, case.stage()), (2, Stage::ToTell));
    assert!(case.severity.unwrap().terms.iter().any(|term| term.what == "told once before"));
    assert_eq!(case.lines[&PromiseId(1)].known_at, now, "the second clock runs from the second slip");
}

#[test]
fn told_lines_that_move_again_together_are_one_more_conversation() {
    let firm = |day| Outlook::Firm { on: day };
    let (first, second) = (date(2026, 11, 27), date(2026, 12, 11));
    let lines = [1, 2, 3].map(|id| slipped(id, date(2026, 11, 6), firm(first), monday()));
    let mut history = History::open(monday(), lines.to_vec());
    let telling = by_phone(&[1, 2, 3].map(|id| (id, on(first))));
    history.act(monday(), |c| c.tell(telling, None, monday(), &terms())).unwrap();
    let now = at(date(2026, 11, 10), 9);
    history.hear(now, [1, 2, 3].map(|id| moved(id, firm(second), now)).to_vec());
    assert_eq!(history.case().round, 2);
}

#[test]
fn a_date_that_comes_back_after_telling_is_good_news_to_tell() {
    let mut history = History::told();
    let now = at(date(2026, 11, 10), 9);
    history.hear(now, vec![moved(1, likely(date(2026, 11, 17)), now)]);
    assert_eq!(history.case().good_news().count(), 1);
    let lines = vec![(PromiseId(1), on(date(2026, 11, 17)))];
    history.act(now, |c| c.tell_good_news(lines.clone(), Channel::Phone, now, &terms())).unwrap();
    let case = history.case();
    assert_eq!(case.lines[&PromiseId(1)].promised, Promised::Date { on: date(2026, 11, 17) });
    assert_eq!(case.good_news().count(), 0);
}

#[test]
fn what_was_said_stands_beside_a_date_that_moved_during_the_call() {
    let mut history = History::with_news();
    history.hear(monday(), vec![moved(1, Outlook::Firm { on: date(2026, 12, 4) }, monday())]);
    let said = by_phone(&[(1, on(date(2026, 11, 27)))]);
    history.act(monday(), |c| c.tell(said, None, monday(), &terms())).unwrap();
    let case = history.case();
    let line = &case.lines[&PromiseId(1)];
    assert_eq!(line.promised, Promised::Date { on: date(2026, 11, 27) });
    assert_eq!(line.outlook, Outlook::Firm { on: date(2026, 12, 4) });
    assert_eq!((case.round, case.stage()), (2, Stage::ToTell));
}

#[test]
fn told_understood_and_agreed_are_three_facts() {
    let mut history = History::told();
    let line = vec![PromiseId(1)];
    let heard = |history: &History| *history.case().lines[&PromiseId(1)].last_heard().unwrap();
    assert_eq!((heard(&history).understood, heard(&history).agreement), (None, None));
    history.act(monday(), |c| c.understood(line.clone(), true, monday())).unwrap();
    assert_eq!((heard(&history).understood, heard(&history).agreement), (Some(true), None));
    let thinking = Agreement::Thinking { answer_by: Some(date(2026, 11, 5)) };
    history.act(monday(), |c| c.answered(line.clone(), thinking, monday())).unwrap();
    assert_eq!(heard(&history).agreement, Some(thinking));
    let too_early = History::with_news().case().understood(line, true, monday());
    assert_eq!(too_early, Err(Refused::NotToldYet));
}

#[test]
fn a_case_closes_when_the_goods_are_there_and_the_customer_is_back_to_business() {
    let mut history = History::told();
    let close = |c: &Case| c.close(Temperature::Calm, None, monday());
    assert_eq!(history.act(monday(), close), Err(Refused::NotArrived(1)));
    let arrived = Observed::Delivered { on: date(2026, 11, 26) };
    history.hear(monday(), vec![Observation { promise: PromiseId(1), observed: arrived }]);
    assert_eq!(history.case().stage(), Stage::Arrived);
    history.act(monday(), |c| c.confirm_delivery(vec![PromiseId(1)], Channel::Phone, monday())).unwrap();
    history.act(monday(), close).unwrap();
    assert_eq!(history.case().stage(), Stage::Closed);
    let refused = history.act(monday(), |c| c.tick(Tick::FactsChecked, true, monday()));
    assert_eq!(refused, Err(Refused::Closed));
}

#[test]
fn a_person_who_knows_that_it_arrived_need_not_wait_for_a_report() {
    let mut history = History::told();
    let line = [PromiseId(1)];
    let tomorrow = history.case().arrive(&line, date(2026, 11, 3), monday(), &terms());
    assert_eq!(tomorrow, Err(Refused::NotThereYet));
    history.act(monday(), |c| c.arrive(&line, date(2026, 11, 2), monday(), &terms())).unwrap();
    assert_eq!(history.case().stage(), Stage::Arrived);
    let again = history.case().arrive(&line, date(2026, 11, 2), monday(), &terms());
    assert_eq!(again, Err(Refused::NotALine(PromiseId(1))));
}

#[test]
fn goods_that_came_late_without_a_word_still_need_a_call() {
    let mut history = History::with_news();
    let arrived = Observed::Delivered { on: date(2026, 11, 12) };
    history.hear(monday(), vec![Observation { promise: PromiseId(1), observed: arrived }]);
    assert_eq!(history.case().stage(), Stage::Arrived);
}

#[test]
fn a_missed_next_word_is_noted_once_and_stays_due() {
    let mut history = History::told();
    let due = at(date(2026, 11, 5), 10);
    history.act(monday(), |c| c.promise_next_word(due, monday())).unwrap();
    let late = at(date(2026, 11, 5), 11);
    for _ in 0..3 {
        let events = history.case().miss_next_word(late);
        history.append(late, events);
    }
    let missed = history.events.iter().filter(|r| matches!(r.event, CaseEvent::NextWordMissed { .. }));
    assert_eq!(missed.count(), 1);
    history.act(late, |c| c.keep_next_word(Channel::Phone, None, late)).unwrap();
    let kept = CaseEvent::NextWordKept { due, channel: Channel::Phone, late: true };
    assert_eq!(history.events.last().unwrap().event, kept);
}

#[test]
fn the_deadline_leaves_the_customer_their_reaction_days_and_never_moves_away_once_missed() {
    let mut history = waiting();
    let next_day = at(date(2026, 11, 3), 9);
    history.hear(next_day, vec![moved(1, likely(date(2027, 1, 8)), next_day)]);
    // 42 points for a slip of 21 days: raised, so four working hours.
    assert_eq!(history.case().tell_by, Some(at(date(2026, 11, 3), 14)));
    let too_late = at(date(2026, 11, 4), 9);
    history.hear(too_late, vec![moved(1, likely(date(2026, 12, 28)), too_late)]);
    assert_eq!(history.case().tell_by, Some(at(date(2026, 11, 3), 14)));
}
