//! What the auditor finds when something is left undone, and what it leaves in peace.

use crate::house::{House, december, late, nov};
use forewarn_domain::case::{Channel, LetterEnd, ObligationKind, Purpose};
use forewarn_domain::ids::CaseId;
use forewarn_domain::people::Scope;
use forewarn_domain::text::{CustomerText, InternalText};
use forewarn_store::Location;
use forewarn_store::auditor::{Auditor, Check};
use forewarn_store::cases::Act;
use forewarn_store::letters::{CLAIM_LEASE, Frozen, NewLetter};
use forewarn_store::settings::mail::{MailSecurity, MailServer, MailSettings};
use jiff::{SignedDuration, Timestamp};

/// A house with its auditor, on SQLite and on PostgreSQL.
async fn on_both(story: impl AsyncFn(House, Watch)) {
    let folder = tempfile::tempdir().unwrap();
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    for location in
        [Location::Folder(folder.path().to_owned()), Location::Postgres(database.url().to_owned())]
    {
        let house = House::open(&location).await;
        let watch = Watch(Auditor::open(&location).await.unwrap());
        story(house, watch).await;
    }
}

struct Watch(Auditor);

impl Watch {
    /// Exactly these checks find something, in these cases.
    async fn finds(&self, now: Timestamp, expected: &[(Check, &[CaseId])]) {
        let audit = self.0.audit(now).await.unwrap();
        let found: Vec<_> = audit.findings.iter().filter(|finding| finding.count > 0).collect();
        let found: Vec<(Check, &[CaseId])> =
            found.into_iter().map(|finding| (finding.check, finding.cases.as_slice())).collect();
        assert_eq!(found, expected, "at {now}");
        assert_eq!(audit.is_clean(), expected.is_empty() && audit.unreachable == 0);
    }
}

const A_MINUTE: SignedDuration = SignedDuration::from_secs(60);
const A_MOMENT: SignedDuration = SignedDuration::from_secs(1);

async fn due(house: &House, kind: ObligationKind) -> Timestamp {
    let far = nov(30) + SignedDuration::from_hours(60 * 24);
    let owed = house.store.owed(Scope::Program, far, nov(30)).await.unwrap();
    owed.into_iter().find(|owed| owed.kind == kind).unwrap().due
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tell_by_that_passes_while_no_clock_ticks_is_found_after_a_minute() {
    on_both(async |house, watch| {
        house.news(vec![late("Halvorsen", "4471")]).await;
        let case = house.the_case(nov(3)).await.id;
        let due = due(&house, ObligationKind::TellBy).await;
        house.store.tick(due - A_MOMENT).await.unwrap();
        watch.finds(due, &[]).await;
        watch.finds(due + A_MINUTE - A_MOMENT, &[]).await;

        let late = due + A_MINUTE;
        watch.finds(late, &[(Check::Unnoticed, &[case]), (Check::StepLate, &[case])]).await;
        house.store.tick(late).await.unwrap();
        watch.finds(late, &[]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn facts_and_next_words_that_nobody_looks_at_are_found_too() {
    on_both(async |house, watch| {
        house.import(nov(2), vec![late("Halvorsen", "4471")]).await;
        let case = house.the_case(nov(2)).await.id;
        let facts_by = due(&house, ObligationKind::FactsBy).await;
        watch.finds(facts_by + A_MINUTE, &[(Check::Unnoticed, &[case])]).await;
        house.store.tick(facts_by + A_MINUTE).await.unwrap();
        watch.finds(facts_by + A_MINUTE, &[]).await;

        let told_at = facts_by + A_MINUTE;
        house.tell(house.rep, case, december(28), told_at, "told").await;
        let by = told_at + SignedDuration::from_hours(48);
        let promise = Act::now(house.rep, told_at);
        house.store.act(case, promise, |file| file.case.promise_next_word(by, told_at)).await.unwrap();
        house.store.tick(by - A_MOMENT).await.unwrap();
        watch.finds(by + A_MINUTE, &[(Check::Unnoticed, &[case]), (Check::StepLate, &[case])]).await;
        house.store.tick(by + A_MINUTE).await.unwrap();
        watch.finds(by + A_MINUTE, &[]).await;

        let kept = by + A_MINUTE + A_MINUTE;
        let keep = Act::now(house.rep, kept);
        house
            .store
            .act(case, keep, |file| file.case.keep_next_word(Channel::Phone, None, kept))
            .await
            .unwrap();
        watch.finds(kept, &[]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_whose_sender_has_gone_is_found_until_it_is_recovered() {
    on_both(async |house, watch| {
        let (case, left_at) = approved(&house).await;
        let waited = left_at + SignedDuration::from_mins(5);
        watch.finds(waited, &[(Check::LetterStuck, &[case])]).await;

        let claimed = house.store.claim_letters("sender", waited, CLAIM_LEASE, 1).await.unwrap();
        watch.finds(waited, &[]).await;
        assert!(house.store.mark_dot(claimed[0].id, "sender", waited).await.unwrap());
        let gone = waited + CLAIM_LEASE + A_MINUTE;
        watch.finds(gone, &[(Check::LetterStuck, &[case])]).await;

        house.store.recover_letters(forewarn_store::letters::Claims::Lapsed, gone).await.unwrap();
        watch.finds(gone, &[]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_that_does_not_leave_is_found_and_breaks_no_promise() {
    on_both(async |house, watch| {
        let (case, left_at) = approved(&house).await;
        let claimed = house.store.claim_letters("sender", left_at, CLAIM_LEASE, 1).await.unwrap();
        let answer = InternalText::new("550 5.1.1 no such user").unwrap();
        house
            .store
            .end_letter(claimed[0].id, "sender", &LetterEnd::Refused { answer }, left_at)
            .await
            .unwrap();

        watch.finds(left_at, &[]).await;
        let later = left_at + SignedDuration::from_mins(10);
        watch.finds(later, &[]).await; // Nobody has set a mail server up: it can't be stuck there.

        let smtp = MailServer {
            host: "mail.nordpumpe.example".to_owned(),
            port: 587,
            security: MailSecurity::StartTls,
            user: None,
            password: None,
        };
        let from_address = "orders@nordpumpe.example".to_owned();
        let mail = MailSettings { from_address, from_name: None, smtp, imap: None, self_copy: None };
        house.store.save_mail_settings(&mail).await.unwrap();
        let audit = watch.0.audit(later).await.unwrap();
        let stuck = audit.findings.iter().find(|finding| finding.check == Check::NoticeStuck).unwrap();
        assert_eq!(stuck.cases, [case]);
        assert!(!audit.breaks_a_promise(), "it is in the program: {audit:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn teams_without_a_leader_are_counted_before_they_are_needed() {
    on_both(async |house, watch| {
        let before = watch.0.audit(nov(4)).await.unwrap();
        assert!(before.unreachable > 0 && !before.breaks_a_promise(), "South has no leader: {before:?}");
        assert_eq!(before.unreachable, house.store.unreachable(nov(4)).await.unwrap().len() as u64);
    })
    .await;
}

/// A told case with an approved recap, and when that may leave: a Wednesday, nine in the morning.
async fn approved(house: &House) -> (CaseId, Timestamp) {
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await.id;
    house.tell(house.rep, case, december(28), nov(4), "told").await;
    let text = |words: &str| CustomerText::new(words).unwrap();
    let recap = NewLetter {
        purpose: Purpose::Recap,
        to: text("Anna Halvorsen"),
        address: "anna@halvorsen.example".to_owned(),
        subject: text("Order 4471"),
        body: text("Dear Anna"),
        again: None,
    };
    let at = nov(4) + SignedDuration::from_hours(4);
    let act = Act::now(house.rep, at);
    let letter = house.store.draft_letter(act.entry("recap"), case, &recap).await.unwrap();
    let frozen = Frozen {
        version: 1,
        mime: "Message-ID: <1@nordpumpe.example>\r\n\r\nDear Anna\r\n".to_owned(),
        message_id: "<1@nordpumpe.example>".to_owned(),
        from: "ida@nordpumpe.example".to_owned(),
        copy: None,
    };
    house.store.approve_letter(act, letter, &frozen).await.unwrap();
    (case, at + forewarn_domain::letter::UNDO_WINDOW)
}
