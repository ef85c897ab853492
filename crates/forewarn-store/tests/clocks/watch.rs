//! Lets time pass, and writes down who gets which message when.

use crate::house::House;
use forewarn_domain::absence::Absence;
use forewarn_domain::case::Owner;
use forewarn_domain::escalation::{EscalationStep, Recipient, When};
use forewarn_domain::ids::{AbsenceId, CaseId, NoticeId, PersonId, TeamId};
use forewarn_domain::people::Scope;
use forewarn_store::cases::Act;
use forewarn_store::notices::DeliveryChannel;
use forewarn_store::obligations::Ticked;
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

/// How far time goes between two ticks.
const STEP: SignedDuration = SignedDuration::from_mins(5);

/// A house whose clock is moved by hand.
pub(crate) struct Watch {
    pub(crate) house: House,
    pub(crate) now: Timestamp,
    /// The clock by which the messages are written down.
    pub(crate) zone: TimeZone,
    pub(crate) north: TeamId,
    seen: BTreeSet<NoticeId>,
    /// What has arrived since it was last expected: "Tue 3 14:00 ida app Halvorsen: …".
    log: Vec<String>,
    fresh: AtomicU64,
}

impl Watch {
    /// The house on a morning, the leader leading, and without weekly words.
    pub(crate) async fn at(house: House, now: Timestamp) -> Self {
        let teams = house.store.teams().await.unwrap();
        let north = teams.iter().find(|team| team.name == "North").unwrap().id;
        house.store.set_leader(north, house.leader.person()).await.unwrap();
        weekly_words(&house, false).await;
        // What a changed policy asks for is done before the story begins.
        house.store.tick(now).await.unwrap();
        Self {
            house,
            now,
            zone: TimeZone::UTC,
            north,
            seen: BTreeSet::new(),
            log: Vec::new(),
            fresh: AtomicU64::new(0),
        }
    }

    /// Ticks through time, up to this moment.
    pub(crate) async fn advance(&mut self, to: Timestamp) {
        while self.now < to {
            let second = self.now.as_second();
            let next = Timestamp::from_second(second - second.rem_euclid(STEP.as_secs())).unwrap() + STEP;
            self.now = next.min(to);
            self.tick().await;
        }
        self.look_at_the_program().await;
    }

    /// Nobody looks until this moment; then one tick.
    pub(crate) async fn sleep(&mut self, until: Timestamp) {
        self.now = until;
        self.tick().await;
    }

    /// One tick, and what it brings to whom.
    pub(crate) async fn tick(&mut self) -> Ticked {
        let mut ticked = self.house.store.tick(self.now).await.unwrap();
        while ticked.more {
            ticked = self.house.store.tick(self.now).await.unwrap();
        }
        if ticked.fired > 0 {
            self.look_at_the_program().await;
        }
        if self.house.store.write_weekly_words(self.now).await.unwrap() > 0 {
            self.look_at_the_program().await;
        }
        self.open_the_mail().await;
        ticked
    }

    /// Whether leaders get their weekly words from now on.
    pub(crate) async fn weekly_words(&self, on: bool) {
        weekly_words(&self.house, on).await;
    }

    /// Untold news says nothing for a month.
    pub(crate) async fn ladders_that_wait_a_month(&self) {
        let mut policy = self.house.store.policy().await.unwrap();
        let when = When::WorkingDaysAfter { days: 20 };
        policy.escalation.tell = vec![EscalationStep { when, to: Recipient::Owner }];
        self.house.store.save_policy(&policy).await.unwrap();
    }

    /// Exactly these messages have arrived since the last look.
    #[track_caller]
    pub(crate) fn expect(&mut self, expected: &[&str]) {
        let log = std::mem::take(&mut self.log);
        assert_eq!(log, expected, "{}", log.join("\n"));
    }

    /// A moment of November 2026 on the clock of the story.
    pub(crate) fn nov(&self, day: i8, hour: i8, minute: i8) -> Timestamp {
        self.moment(date(2026, 11, day).at(hour, minute, 0, 0))
    }

    /// A moment of October 2026 on the clock of the story.
    pub(crate) fn october(&self, day: i8, hour: i8, minute: i8) -> Timestamp {
        self.moment(date(2026, 10, day).at(hour, minute, 0, 0))
    }

    fn moment(&self, civil: DateTime) -> Timestamp {
        civil.to_zoned(self.zone.clone()).unwrap().timestamp()
    }

    pub(crate) async fn away(
        &self,
        who: Scope,
        deputy: Option<Scope>,
        from: Timestamp,
        until: Timestamp,
    ) -> AbsenceId {
        let absence = Absence { person: House::id(who), deputy: deputy.map(House::id), from, until };
        self.house.store.add_absence(absence, self.now).await.unwrap()
    }

    pub(crate) async fn give(&self, case: CaseId, to: Scope, by: Scope) {
        let owner = Owner::Person { person: House::id(to) };
        let act = Act::now(by, self.now);
        let given =
            self.house.store.act(case, act, |file| file.case.assign(owner, None, self.now, &file.terms));
        given.await.unwrap();
    }

    async fn look_at_the_program(&mut self) {
        for person in self.house.store.people().await.unwrap() {
            let mut notices = self.house.store.notices_of(person.id, 50).await.unwrap();
            notices.reverse();
            for notice in notices {
                if self.seen.insert(notice.id) {
                    self.note(&person.name, "app", &notice.subject);
                }
            }
        }
    }

    async fn open_the_mail(&mut self) {
        let fresh = || uuid::Uuid::from_u128(u128::from(self.fresh.fetch_add(1, Ordering::Relaxed)));
        let lease = SignedDuration::from_mins(1);
        let store = self.house.store.clone();
        let claimed = store.claim_deliveries((true, true), self.now, lease, 50, &fresh).await.unwrap();
        for delivery in claimed {
            let way = match &delivery.channel {
                DeliveryChannel::Mail(_) => "mail",
                DeliveryChannel::Chat(_) => "chat",
            };
            self.note(&delivery.name, way, &delivery.subject);
            assert!(store.delivery_sent(delivery.id, &delivery.token, self.now).await.unwrap());
        }
    }

    fn note(&mut self, person: &str, way: &str, subject: &str) {
        let when = self.zone.to_datetime(self.now).strftime("%a %-d %H:%M");
        self.log.push(format!("{when} {person} {way} {subject}"));
    }

    /// The notices that wait for a person in the program.
    pub(crate) async fn waiting(&self, person: PersonId) -> u32 {
        self.house.store.count_unseen(person).await.unwrap()
    }
}

async fn weekly_words(house: &House, on: bool) {
    let mut policy = house.store.policy().await.unwrap();
    policy.escalation.weekly_words = on;
    house.store.save_policy(&policy).await.unwrap();
}
