//! Random walks of senders, people, mail servers and time, against a ledger that is too simple to be wrong: how
//! often a mail server may have taken each letter.

use super::*;
use forewarn_domain::case::Resolution;
use forewarn_store::letters::Claims;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};
use std::collections::BTreeMap;

/// What can happen. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    Wait { seconds: i64 },
    Approve { kind: LetterKind },
    SendAgain { which: usize },
    Cancel { which: usize },
    Resolve { which: usize, arrived: bool },
    Find { which: usize },
    Claim { sender: usize },
    Dot { sender: usize, server: Server },
    Report { sender: usize },
    Trouble { sender: usize },
    SignOfLife { sender: usize },
    Crash { sender: usize },
    Recover,
}

/// What the mail server does with a mail that was ended.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Server {
    Takes,
    TakesInSilence,
    Loses,
    SaysLater,
    SaysNo,
}

const SENDERS: usize = 3;

fn step() -> impl Strategy<Value = Step> {
    let server = prop_oneof![
        4 => Just(Server::Takes),
        2 => Just(Server::TakesInSilence),
        1 => Just(Server::Loses),
        2 => Just(Server::SaysLater),
        1 => Just(Server::SaysNo),
    ];
    let kind = prop_oneof![Just(LetterKind::Recap), Just(LetterKind::Update), Just(LetterKind::FirstWord)];
    let (which, sender) = (0..64_usize, 0..SENDERS);
    prop_oneof![
        6 => (5..40_i64).prop_map(|seconds| Step::Wait { seconds }),
        6 => kind.prop_map(|kind| Step::Approve { kind }),
        1 => which.clone().prop_map(|which| Step::SendAgain { which }),
        1 => which.clone().prop_map(|which| Step::Cancel { which }),
        3 => (which.clone(), any::<bool>()).prop_map(|(which, arrived)| Step::Resolve { which, arrived }),
        1 => which.prop_map(|which| Step::Find { which }),
        8 => sender.clone().prop_map(|sender| Step::Claim { sender }),
        6 => (sender.clone(), server).prop_map(|(sender, server)| Step::Dot { sender, server }),
        4 => sender.clone().prop_map(|sender| Step::Report { sender }),
        1 => sender.clone().prop_map(|sender| Step::Trouble { sender }),
        1 => sender.clone().prop_map(|sender| Step::SignOfLife { sender }),
        1 => sender.prop_map(|sender| Step::Crash { sender }),
        4 => Just(Step::Recover),
    ]
}

/// A sender, as it sees itself: it may be wrong about what is still its own.
#[derive(Debug, Clone, Default)]
struct Sender {
    /// The letter that it has claimed, and under which token.
    hand: Option<(LetterId, String)>,
    /// What the mail server did with it, once it was ended.
    ended: Option<Server>,
}

/// The walk, with the ledger.
struct Walk<'h> {
    house: &'h House,
    case: CaseId,
    now: Timestamp,
    letters: Vec<(LetterId, LetterState)>,
    senders: [Sender; SENDERS],
    /// How often a mail server may have taken each letter.
    taken: BTreeMap<LetterId, u32>,
    count: u32,
}

impl Walk<'_> {
    async fn take(&mut self, step: &Step) {
        let (store, now) = (&self.house.store, self.now);
        let act = Act::now(self.house.rep, now);
        match *step {
            Step::Wait { seconds } => self.now = later(now, seconds),
            Step::Approve { kind } => self.approve(kind, None).await,
            Step::SendAgain { which } => {
                if let Some((id, ..)) = self.letter(which) {
                    let kind = letter(self.house, id).await.kind();
                    self.approve(kind, Some(id)).await;
                }
            }
            Step::Cancel { which } => {
                if let Some((id, ..)) = self.letter(which) {
                    // A refusal is an answer, too; what counts is what it leaves behind.
                    let _refused = store.cancel_letter(act, id, None).await;
                }
            }
            Step::Resolve { which, arrived } => {
                let how = if arrived { Resolution::Arrived } else { Resolution::SaidOtherwise };
                if let Some((id, ..)) = self.letter(which) {
                    let _refused = store.resolve_letter(act, id, &how).await;
                }
            }
            Step::Find { which } => {
                if let Some((id, ..)) = self.letter(which)
                    && self.taken.contains_key(&id)
                {
                    store.letter_found(id, now).await.unwrap();
                }
            }
            // A sender with a letter in hand sees to that one first, however long it stood still.
            Step::Claim { sender } if self.senders[sender].hand.is_some() => {}
            Step::Claim { sender } => {
                self.count += 1;
                let token = format!("token {}", self.count);
                let claimed = store.claim_letters(&token, now, CLAIM_LEASE, 1).await.unwrap();
                let hand = claimed.first().map(|letter| (letter.id, token));
                self.senders[sender] = Sender { hand, ended: None };
            }
            Step::Dot { sender, server } => self.end_the_mail(sender, server).await,
            Step::Report { sender } => self.report(sender).await,
            Step::Trouble { sender } => {
                if let Sender { hand: Some((id, token)), ended: None } = self.senders[sender].clone() {
                    let words = said("451 4.7.1 Greylisted");
                    store.letter_try_later(id, &token, &words, later(now, 60), now).await.unwrap();
                    self.senders[sender] = Sender::default();
                }
            }
            Step::SignOfLife { sender } => {
                if let Some((_, token)) = &self.senders[sender].hand {
                    store.keep_claims(token, now, CLAIM_LEASE).await.unwrap();
                }
            }
            Step::Crash { sender } => self.senders[sender] = Sender::default(),
            Step::Recover => {
                store.recover_letters(Claims::Lapsed, now).await.unwrap();
            }
        }
    }

    async fn approve(&mut self, kind: LetterKind, again: Option<LetterId>) {
        let file = file(self.house, self.case).await;
        let new = match kind {
            LetterKind::FirstWord => first_word(&file),
            LetterKind::Update => NewLetter { purpose: Purpose::Update { then: None }, ..recap() },
            LetterKind::Recap | LetterKind::Delivered => recap(),
        };
        self.count += 1;
        let name = format!("letter-{}", self.count);
        let approved = try_approve(self.house, self.case, &NewLetter { again, ..new }, &name, self.now).await;
        if let Ok(id) = approved {
            self.letters.push((id, LetterState::Approved));
        }
    }

    /// Whoever gets leave ends the mail, be it a moment or an hour later.
    async fn end_the_mail(&mut self, sender: usize, server: Server) {
        let Sender { hand: Some((id, token)), ended: None } = self.senders[sender].clone() else { return };
        if !self.house.store.mark_dot(id, &token, self.now).await.unwrap() {
            self.senders[sender] = Sender::default();
            return;
        }
        if matches!(server, Server::Takes | Server::TakesInSilence) {
            *self.taken.entry(id).or_default() += 1;
        }
        self.senders[sender].ended = Some(server);
    }

    async fn report(&mut self, sender: usize) {
        let Sender { hand: Some((id, token)), ended: Some(server) } = self.senders[sender].clone() else {
            return;
        };
        let (store, now) = (&self.house.store, self.now);
        let end = match server {
            Server::Takes => accepted(),
            Server::TakesInSilence | Server::Loses => unknown(),
            Server::SaysNo => refused(),
            Server::SaysLater => {
                let words = said("451 4.3.0 Try again");
                store.letter_try_later(id, &token, &words, later(now, 60), now).await.unwrap();
                self.senders[sender] = Sender::default();
                return;
            }
        };
        store.end_letter(id, &token, &end, now).await.unwrap();
        self.senders[sender] = Sender::default();
    }

    fn letter(&self, which: usize) -> Option<(LetterId, LetterState)> {
        let count = self.letters.len();
        (count > 0).then(|| self.letters[which % count])
    }

    /// What must hold at any moment.
    async fn check(&mut self) -> TestCaseResult {
        let kept = file(self.house, self.case).await;
        let unknown = self.house.store.unknown_letters(self.house.rep, self.now).await.unwrap();
        let mut told = 1; // by phone, before the walk began
        for (id, before) in &mut self.letters {
            let letter = letter(self.house, *id).await;
            let taken = self.taken.get(id).copied().unwrap_or_default();
            prop_assert!(taken <= 1, "letter {} may have been taken {} times", id, taken);
            let knows =
                matches!(letter.state, LetterState::Dot | LetterState::Accepted | LetterState::Unknown);
            prop_assert!(taken == 0 || knows, "letter {} was taken and is {:?}", id, letter.state);
            prop_assert!(leads(*before, letter.state), "from {:?} to {:?}", before, letter.state);
            *before = letter.state;
            let has_an_owner = unknown.iter().any(|unknown| unknown.letter.id == *id);
            prop_assert_eq!(letter.needs_somebody(), has_an_owner, "letter {}", id);
            let standing = kept.case.letters[id].standing;
            prop_assert_eq!(standing, expected_standing(&letter), "letter {} is {:?}", id, letter.state);
            told += usize::from(letter.kind() == LetterKind::FirstWord && standing == Standing::Accepted);
        }
        prop_assert_eq!(kept.case.tellings.len(), told, "told as often as a first word was accepted");
        Ok(())
    }

    /// Lets everything come to its end, with a mail server that takes all.
    async fn settle(&mut self) -> TestCaseResult {
        self.now = later(self.now, 3_600);
        self.house.store.recover_letters(Claims::All, self.now).await.unwrap();
        self.check().await?;
        let last = self.house.store.claim_letters("last", self.now, CLAIM_LEASE, 100).await.unwrap();
        self.check().await?;
        for ClaimedLetter { id, .. } in last {
            self.senders[0] = Sender { hand: Some((id, "last".to_owned())), ended: None };
            self.end_the_mail(0, Server::Takes).await;
            self.check().await?;
            self.report(0).await;
        }
        self.check().await
    }
}

/// Whether one or two steps lead from one state to the other, or none was taken.
fn leads(from: LetterState, to: LetterState) -> bool {
    let over = |middle: LetterState| from.leads_to(middle) && middle.leads_to(to);
    from == to || from.leads_to(to) || LetterState::ALL.into_iter().any(over)
}

fn expected_standing(letter: &Letter) -> Standing {
    match letter.state {
        LetterState::Accepted => Standing::Accepted,
        LetterState::Refused => Standing::Refused,
        LetterState::Cancelled => Standing::Cancelled,
        LetterState::Unknown if letter.resolved.is_some() => Standing::Overtaken,
        LetterState::Unknown => Standing::Unknown,
        _ => Standing::UnderWay,
    }
}

async fn walk(location: &forewarn_store::Location, steps: &[Step]) -> TestCaseResult {
    let house = House::open(location).await;
    let case = told(&house).await;
    let mut walk = Walk {
        house: &house,
        case,
        now: nov(4),
        letters: Vec::new(),
        senders: std::array::from_fn(|_| Sender::default()),
        taken: BTreeMap::new(),
        count: 0,
    };
    for step in steps {
        walk.take(step).await;
        walk.check().await?;
    }
    walk.settle().await?;
    for (id, state) in &walk.letters {
        let ended = matches!(
            state,
            LetterState::Accepted | LetterState::Refused | LetterState::Cancelled | LetterState::Unknown
        );
        prop_assert!(ended, "letter {} has not come to an end: {:?}", id, state);
    }
    Ok(())
}

/// Walks on databases that `place` makes, each on an empty one.
fn walks(cases: u32, place: impl Fn() -> forewarn_store::Location) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = ProptestConfig {
        cases,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let steps = proptest::collection::vec(step(), 60..160);
    TestRunner::new(config).run(&steps, |steps| runtime.block_on(walk(&place(), &steps))).unwrap();
}

#[test]
fn no_walk_hands_a_letter_over_twice_or_loses_one_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let count = std::cell::Cell::new(0);
    walks(16, || {
        count.set(count.get() + 1);
        forewarn_store::Location::Folder(folder.path().join(count.get().to_string()))
    });
}

#[test]
fn no_walk_hands_a_letter_over_twice_or_loses_one_on_postgresql() {
    let databases = std::cell::RefCell::new(Vec::new());
    walks(6, || {
        let database = forewarn_testing::Postgres::fresh_database().unwrap();
        let location = forewarn_store::Location::Postgres(database.url().to_owned());
        databases.borrow_mut().push(database);
        location
    });
}
