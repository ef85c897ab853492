//! Who is told in place of whom.

use super::*;
use crate::escalation::Recipient;
use crate::roster::WhyPassedOver::*;

const IDA: PersonId = PersonId(1);
const OLA: PersonId = PersonId(2);
const LIV: PersonId = PersonId(3);
const BOSS: PersonId = PersonId(4);
const ADA: PersonId = PersonId(5);
const PIA: PersonId = PersonId(6);
const NORTH: TeamId = TeamId(1);
const SALES: TeamId = TeamId(2);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn person(id: PersonId, role: Role, team: TeamId) -> Colleague {
    Colleague { id, name: id.to_string(), role, team, reach: Reach::Reached }
}

fn away(person: PersonId, deputy: Option<PersonId>) -> Absence {
    Absence { person, deputy, from: at(100), until: at(200) }
}

fn people() -> Vec<Colleague> {
    vec![
        person(IDA, Role::Rep, NORTH),
        person(OLA, Role::Rep, NORTH),
        person(LIV, Role::Leader, NORTH),
        person(BOSS, Role::Leader, SALES),
        person(ADA, Role::Admin, SALES),
        person(PIA, Role::SupplyOwner, SALES),
    ]
}

fn teams() -> Vec<Crew> {
    vec![
        Crew { id: NORTH, leader: Some(LIV), above: Some(SALES) },
        Crew { id: SALES, leader: Some(BOSS), above: None },
    ]
}

fn roster(absences: Vec<Absence>) -> Roster {
    Roster::new(people(), teams(), absences)
}

fn idas() -> Owner {
    Owner::Person { person: IDA }
}

fn found(roster: &Roster, to: Recipient, owner: Owner) -> Found {
    roster.find(&Sought { to, ..Sought::owner(owner) }, |_| at(150))
}

fn whom(roster: &Roster, to: Recipient) -> Option<PersonId> {
    found(roster, to, idas()).person
}

#[test]
fn whoever_is_there_is_told_themselves() {
    let all_there = roster(Vec::new());
    for (to, person) in [
        (Recipient::Owner, IDA),
        (Recipient::DeputyOrLeader, LIV),
        (Recipient::Leader, LIV),
        (Recipient::NextLeader, BOSS),
    ] {
        assert_eq!(found(&all_there, to, idas()), Found { person: Some(person), passed_over: vec![] });
    }
}

#[test]
fn a_deputy_acts_while_the_owner_is_away_and_not_a_moment_longer() {
    let roster = roster(vec![away(IDA, Some(OLA))]);
    for (second, person) in [(99, IDA), (100, OLA), (199, OLA), (200, IDA)] {
        assert_eq!(roster.acting(idas(), at(second)), Some(person), "{second}");
    }
    let passed_over = found(&roster, Recipient::Owner, idas()).passed_over;
    assert_eq!(passed_over, [PassedOver { person: Some(IDA), why: Away { until: at(200) } }]);
}

#[test]
fn deputies_have_deputies_and_a_circle_of_them_ends_at_the_leader() {
    let chain = roster(vec![away(IDA, Some(OLA)), away(OLA, Some(ADA))]);
    assert_eq!(whom(&chain, Recipient::Owner), Some(ADA));
    let circle = roster(vec![away(IDA, Some(OLA)), away(OLA, Some(IDA))]);
    assert_eq!(whom(&circle, Recipient::Owner), Some(LIV));
    let nobody = roster(vec![away(IDA, None)]);
    assert_eq!(whom(&nobody, Recipient::Owner), Some(LIV));
}

#[test]
fn without_a_leader_the_one_above_is_told_and_at_last_an_admin() {
    let mut teams = teams();
    teams[0].leader = None;
    let headless = Roster::new(people(), teams.clone(), vec![]);
    let told = found(&headless, Recipient::Leader, idas());
    assert_eq!(told.person, Some(BOSS));
    assert_eq!(told.passed_over, [PassedOver { person: None, why: NoLeader { team: NORTH } }]);
    let boss_away = Roster::new(people(), teams, vec![away(BOSS, None)]);
    assert_eq!(whom(&boss_away, Recipient::Leader), Some(ADA));
}

#[test]
fn a_leader_who_has_to_do_it_is_no_leader_above_themselves() {
    let roster = roster(vec![away(IDA, Some(LIV))]);
    assert_eq!(whom(&roster, Recipient::Owner), Some(LIV));
    let told = found(&roster, Recipient::Leader, idas());
    assert_eq!(told.person, Some(BOSS));
    assert_eq!(told.passed_over, [PassedOver { person: Some(LIV), why: HasToDoIt }]);
    let own = Owner::Person { person: BOSS };
    assert_eq!(found(&roster, Recipient::Leader, own).person, Some(ADA), "nobody is above the boss");
}

#[test]
fn the_next_leader_is_the_same_where_nobody_is_above() {
    let mut teams = teams();
    teams[0].above = None;
    let flat = Roster::new(people(), teams, vec![]);
    assert_eq!(whom(&flat, Recipient::NextLeader), Some(LIV));
    let boss_away = roster(vec![away(BOSS, Some(ADA))]);
    assert_eq!(whom(&boss_away, Recipient::NextLeader), Some(ADA));
}

#[test]
fn a_deputy_who_has_heard_is_followed_by_the_leader() {
    let roster = roster(vec![away(IDA, Some(OLA))]);
    let mut sought = Sought { to: Recipient::DeputyOrLeader, ..Sought::owner(idas()) };
    assert_eq!(roster.find(&sought, |_| at(150)).person, Some(OLA));
    sought.told.insert(OLA);
    assert_eq!(roster.find(&sought, |_| at(150)).person, Some(LIV));
}

#[test]
fn whoever_can_not_be_reached_is_passed_over_at_once() {
    for (reach, why) in [
        (Reach::Disabled, NotHereAnyMore),
        (Reach::NoAddress, NoAddress),
        (Reach::MailComesBack, MailComesBack),
    ] {
        let mut people = people();
        people[0].reach = reach;
        let roster = Roster::new(people, teams(), vec![]);
        let told = found(&roster, Recipient::Owner, idas());
        assert_eq!((told.person, told.passed_over[0].why), (Some(LIV), why));
    }
}

#[test]
fn a_supply_owner_gets_questions_and_no_conversations() {
    let roster = roster(vec![away(IDA, Some(PIA))]);
    let told = found(&roster, Recipient::Owner, idas());
    assert_eq!((told.person, told.passed_over[1].why), (Some(LIV), SeesFactsOnly));
    let asked = Sought { to: Recipient::SupplyOwner, supply_owner: Some(PIA), ..Sought::owner(idas()) };
    assert_eq!(roster.find(&asked, |_| at(150)).person, Some(PIA));
}

#[test]
fn an_inbox_has_no_owner_so_its_leader_is_told() {
    let told = found(&roster(vec![]), Recipient::Owner, Owner::Inbox { team: NORTH });
    assert_eq!(told.person, Some(LIV));
    assert_eq!(told.passed_over, [PassedOver { person: None, why: NobodyOwnsIt }]);
}

#[test]
fn when_nobody_is_there_somebody_is_told_all_the_same() {
    let all = people().into_iter().map(|person| away(person.id, None));
    let nobody_there = roster(all.collect());
    assert_eq!(whom(&nobody_there, Recipient::Leader), Some(IDA));
    assert_eq!(Roster::default().acting(idas(), at(1)), None);
}

#[test]
fn teams_above_each_other_in_a_circle_end_the_search() {
    let mut teams = teams();
    teams[1].above = Some(NORTH);
    let circle = Roster::new(people(), teams, vec![away(LIV, None), away(BOSS, None)]);
    assert_eq!(whom(&circle, Recipient::Leader), Some(ADA));
}
