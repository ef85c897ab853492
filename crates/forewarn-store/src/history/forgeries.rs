//! Forgeries that keep every chain and every head right are found out all the same, on both databases.

use super::tests::{at, by_force, found, on_both, written};
use super::{Broken, StoredEvent, Wrong, chain};
use crate::db::binds;
use crate::{Location, Store};
use forewarn_domain::ids::CaseId;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database};
use serde_json::{Value, json};

/// Appends an event to case 1 as the program would, with whatever moment it is said to have been recorded at.
async fn append(store: &Store, recorded: Timestamp, event: &Value) -> u32 {
    let before = store.stored_events((CaseId(0), 0), 1_000).await.unwrap();
    let before = before.into_iter().rfind(|event| event.case == 1).unwrap();
    let (seq, moment) = (before.seq + 1, recorded.as_microsecond());
    let event = StoredEvent {
        seq,
        happened_at: moment,
        recorded_at: moment,
        kind: event["kind"].as_str().unwrap().to_owned(),
        event: event.to_string(),
        erased: None,
        ..before.clone()
    };
    let tx = store.begin().await.unwrap();
    let sql = "INSERT INTO case_event (case_id, seq, happened_at, recorded_at, kind, event, chain) \
               VALUES (1, ?, ?, ?, ?, ?, ?)";
    let chain = event.chain_after(Some(&before.chain));
    tx.execute(sql, binds![seq, moment, moment, &event.kind, &event.event, &chain]).await.unwrap();
    tx.execute("UPDATE cases SET version = ? WHERE id = 1", binds![seq]).await.unwrap();
    tx.commit().await.unwrap();
    seq
}

async fn plainly(store: &Store, sql: &str) {
    let tx = store.begin().await.unwrap();
    tx.execute(sql, binds![]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn event(store: &Store, seq: u32) -> StoredEvent {
    store.stored_events((CaseId(1), seq - 1), 1).await.unwrap().remove(0)
}

fn broken(seq: u32, wrong: Wrong) -> Vec<Broken> {
    vec![Broken { case: Some(CaseId(1)), seq, wrong }]
}

/// Overwrites an event as an erasure does, with every trigger in place, and lets the case say so.
async fn erase(store: &Store, seq: u32, text: &str) {
    let said = event(store, seq).await.text_hash();
    let sql = "INSERT INTO erasure (customer_id, erased_at, reason, places) VALUES (1, 0, 'asked', 1)";
    plainly(store, sql).await;
    let sql = format!(
        "UPDATE case_event SET event = '{text}', erased_hash = '{said}', \
         erasure_id = (SELECT MAX(id) FROM erasure) WHERE case_id = 1 AND seq = {seq}"
    );
    plainly(store, &sql).await;
    let now = chain::sum(text.as_bytes());
    let erased = json!({ "kind": "erased", "because": "asked", "events": [{ "seq": seq, "now": now }] });
    append(store, at(500), &erased).await;
}

#[tokio::test]
async fn an_erasure_that_does_more_than_erase_is_found() {
    let contact = |name: &str| json!({ "kind": "contact-set", "name": name, "phone": null, "email": null });
    // What the text becomes; whether the database alone gives it away; whether it is still the same record.
    for (name, wrong, same) in [
        ("[erased] of Oslo", None, true),
        ("Bert of Oslo", Some(Wrong::NoErasure), false),
        ("[erased] of Rome", None, false),
    ] {
        on_both(async |store| {
            let seq = append(&store, at(400), &contact("Anna Bakke of Oslo")).await;
            let before = event(&store, seq).await;
            erase(&store, seq, &contact(name).to_string()).await;
            let wrong = wrong.clone().map(|wrong| broken(seq, wrong)).unwrap_or_default();
            assert_eq!(found(&store).await, wrong, "{name}");
            assert_eq!(event(&store, seq).await.is_record_of(&before), same, "{name}");
        })
        .await;
    }
}

#[tokio::test]
async fn an_erased_event_that_is_no_event_any_more_is_found() {
    on_both(async |store| {
        let seq = append(&store, at(400), &json!({ "kind": "viewed" })).await;
        erase(&store, seq, "{\"kind\":\"told\",\"to\":\"[erased]\"}").await;
        assert_eq!(found(&store).await, broken(seq, Wrong::NoErasure));
    })
    .await;
}

#[tokio::test]
async fn an_event_that_was_erased_by_no_erasure_is_found() {
    on_both(async |store| {
        let contact = json!({ "kind": "contact-set", "name": "[erased]", "phone": null, "email": null });
        let seq = append(&store, at(400), &contact).await;
        erase(&store, seq, &contact.to_string()).await;
        assert_eq!(found(&store).await, []);
        by_force(&store, "UPDATE case_event SET erasure_id = NULL").await;
        assert_eq!(found(&store).await, broken(seq, Wrong::NoErasure));
    })
    .await;
}

#[tokio::test]
async fn an_event_recorded_long_before_the_one_in_front_of_it_is_found() {
    on_both(async |store| {
        let viewed = json!({ "kind": "viewed" });
        append(&store, at(10_000), &viewed).await;
        append(&store, at(10_000 - 3_600), &viewed).await;
        assert_eq!(found(&store).await, [], "transactions that wait for each other record like this");
        let (recorded, before) = (at(10_000 - 3_601), at(10_000));
        let seq = append(&store, recorded, &viewed).await;
        assert_eq!(found(&store).await, broken(seq, Wrong::Backwards { recorded, before }));
    })
    .await;
}

#[tokio::test]
async fn heads_that_were_all_deleted_are_missed_after_two_days() {
    on_both(async |store| {
        let begins = at(101);
        let two_days = begins + SignedDuration::from_hours(48);
        store.make_head(at(100_000)).await.unwrap().unwrap();
        let verified = store.verify_history().await.unwrap();
        assert_eq!(verified.without_heads(at(10_000_000)), None);
        for guard in store.engine().may_change("history_head").split_inclusive('\n') {
            plainly(&store, guard).await;
        }
        plainly(&store, "DELETE FROM history_head").await;
        let verified = store.verify_history().await.unwrap();
        assert_eq!(verified.without_heads(two_days), None);
        assert_eq!(verified.without_heads(two_days + SignedDuration::from_secs(1)), Some(begins));
    })
    .await;
}

#[tokio::test]
async fn events_whose_case_is_gone_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    let file = folder.path().join("forewarn.db");
    for (location, url, off) in [
        (
            Location::Folder(folder.path().to_owned()),
            format!("sqlite:{}", file.display()),
            "PRAGMA foreign_keys = OFF",
        ),
        (
            Location::Postgres(database.url().to_owned()),
            database.url().to_owned(),
            "SET session_replication_role = replica",
        ),
    ] {
        let store = written(&location).await;
        let mut one = ConnectOptions::new(url);
        one.max_connections(1);
        let forger = Database::connect(one).await.unwrap();
        forger.execute_unprepared(off).await.unwrap();
        forger.execute_unprepared("DELETE FROM cases WHERE id = 1").await.unwrap();
        assert_eq!(found(&store).await, broken(1, Wrong::NoCase));
    }
}

/// Says at which event the tables differ, and what they say.
async fn elsewhere(store: &Store) -> Option<(u32, String, String)> {
    match found(store).await.as_slice() {
        [Broken { seq, wrong: Wrong::Elsewhere { recorded, now }, .. }] => {
            Some((*seq, recorded.clone(), now.clone()))
        }
        other => {
            assert_eq!(other, []);
            None
        }
    }
}

async fn second_customer(store: &Store) {
    let sql = "INSERT INTO customer (name, name_key, team_id, created_at) VALUES ('B', 'b', 1, 0)";
    plainly(store, sql).await;
}

#[tokio::test]
async fn a_case_that_is_filed_under_another_customer_is_found() {
    on_both(async |store| {
        let opened = json!({
            "kind": "opened", "owner": { "is": "inbox", "team": 1 }, "customer": { "id": 1, "name": "A" },
        });
        let seq = append(&store, at(400), &opened).await;
        second_customer(&store).await;
        assert_eq!(elsewhere(&store).await, None);
        plainly(&store, "UPDATE cases SET customer_id = 2 WHERE id = 1").await;
        let moved = (seq, "customer 1, “A”".to_owned(), "customer 2, “B”".to_owned());
        assert_eq!(elsewhere(&store).await, Some(moved));
        plainly(&store, "UPDATE cases SET customer_id = 1 WHERE id = 1").await;
        plainly(&store, "UPDATE customer SET name = 'C' WHERE id = 1").await;
        let renamed = (seq, "customer 1, “A”".to_owned(), "customer 1, “C”".to_owned());
        assert_eq!(elsewhere(&store).await, Some(renamed));
    })
    .await;
}

#[tokio::test]
async fn an_order_line_that_became_another_one_is_found() {
    on_both(async |store| {
        plainly(
            &store,
            "INSERT INTO promise (customer_id, order_no, line_no, first_promised, promised_is, observed_at) \
             VALUES (1, 'SO-1', '10', '2026-12-18', 'date', 0)",
        )
        .await;
        let joined = json!({ "kind": "line-joined", "line": {
            "promise": 1, "key": { "order": "SO-1", "line": "10", "schedule": "" },
            "promised": { "is": "date", "on": "2026-10-14" }, "outlook": { "is": "likely", "on": "2026-10-22" },
            "slip": { "is": "late", "days": 8 }, "value": 1, "source": "a.csv",
            "known_at": "2026-10-09T03:12:00Z", "observed_at": "2026-10-09T03:12:00Z",
        } });
        let seq = append(&store, at(400), &joined).await;
        second_customer(&store).await;
        assert_eq!(elsewhere(&store).await, None);
        plainly(&store, "UPDATE promise SET order_no = 'SO-9'").await;
        let line = |order: &str| format!("order {order}, line 10");
        assert_eq!(elsewhere(&store).await, Some((seq, line("SO-1"), line("SO-9"))));
        plainly(&store, "UPDATE promise SET order_no = 'SO-1'").await;
        // A case that is older than the name of its customer in its history.
        plainly(&store, "UPDATE cases SET customer_id = 2 WHERE id = 1").await;
        let moved = (seq, format!("{} of customer 1", line("SO-1")), "customer 2, “B”".to_owned());
        assert_eq!(elsewhere(&store).await, Some(moved));
    })
    .await;
}

#[tokio::test]
async fn triggers_that_refuse_changes_are_missed_when_they_are_gone() {
    on_both(async |store| {
        assert_eq!(store.missing_guards().await.unwrap(), [""; 0], "as the migrations make them");
        let mut gone = 0;
        for table in ["case_event", "erasure", "evidence", "history_head"] {
            for guard in store.engine().may_change(table).split_inclusive('\n') {
                plainly(&store, guard).await;
            }
            let missing = store.missing_guards().await.unwrap();
            assert!(
                missing.len() > gone && missing.iter().any(|name| name.starts_with(table)),
                "{missing:?}"
            );
            gone = missing.len();
        }
    })
    .await;
}

#[tokio::test]
async fn a_trigger_of_the_same_name_that_refuses_nothing_is_found() {
    on_both(async |store| {
        let hollow: &[&str] = match store.engine() {
            crate::db::Engine::Sqlite => &[
                "DROP TRIGGER evidence_refuses_DELETE",
                "CREATE TRIGGER evidence_refuses_DELETE BEFORE DELETE ON evidence BEGIN SELECT 1; END",
            ],
            crate::db::Engine::Postgres => &["ALTER TABLE evidence DISABLE TRIGGER evidence_refuses_loss"],
        };
        for sql in hollow {
            plainly(&store, sql).await;
        }
        assert_eq!(store.missing_guards().await.unwrap().len(), 1);
        if store.engine() == crate::db::Engine::Postgres {
            let function = "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS \
                            $$ BEGIN RETURN NEW; END $$";
            plainly(&store, function).await;
            assert_eq!(store.missing_guards().await.unwrap().len(), 6, "all of them use it");
        }
    })
    .await;
}
