//! What no door lets anybody break is broken by hand.

use super::{Auditor, Check};
use crate::db::binds;
use crate::{Location, Store};
use forewarn_domain::ids::CaseId;
use jiff::Timestamp;

const BROKEN: [&str; 3] = [
    "INSERT INTO customer (name, name_key, team_id, created_at) VALUES ('A', 'a', 1, 0)",
    "INSERT INTO cases (customer_id, team_id, inbox_team_id, stage, round, version, known_at, opened_at) \
     VALUES (1, 1, 1, 'to-tell', 1, 1, 0, 0)",
    "INSERT INTO letter (case_id, kind, purpose, state, to_name, to_address, subject, body, drafted_at, message_id, \
     mime, dot_at) VALUES (1, 'recap', '{}', 'unknown', 'A', 'a@a.example', 'S', 'B', 0, '<1@a.example>', 'M', 0)",
];

#[tokio::test]
async fn a_case_without_a_clock_and_a_letter_that_nobody_was_told_of_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    for location in
        [Location::Folder(folder.path().to_owned()), Location::Postgres(database.url().to_owned())]
    {
        let store = Store::open(&location).await.unwrap();
        let auditor = Auditor::open(&location).await.unwrap();
        let now: Timestamp = "2026-11-09T08:00:00Z".parse().unwrap();
        assert!(auditor.audit(now).await.unwrap().findings.iter().all(|finding| finding.count == 0));

        let tx = store.begin().await.unwrap();
        for sql in BROKEN {
            tx.execute(sql, binds![]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let audit = auditor.audit(now).await.unwrap();
        let found = audit.findings.iter().filter(|finding| finding.count > 0);
        let found: Vec<_> = found.map(|finding| (finding.check, finding.cases.as_slice())).collect();
        let case: &[CaseId] = &[CaseId(1)];
        assert_eq!(found, [(Check::NothingOwed, case), (Check::LetterUnowned, case)]);
        assert!(audit.breaks_a_promise());
    }
}

#[tokio::test]
async fn the_auditor_can_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    for location in
        [Location::Folder(folder.path().to_owned()), Location::Postgres(database.url().to_owned())]
    {
        Store::open(&location).await.unwrap();
        let auditor = Auditor::open(&location).await.unwrap();
        let refused = auditor.store.add_team("North").await.unwrap_err().to_string();
        assert!(refused.contains("read") || refused.contains("locked"), "{refused}");
    }
}
