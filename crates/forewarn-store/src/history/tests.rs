//! Whoever rewrites the record is found out, on both databases.

use super::{Broken, StoredEvent, Wrong};
use crate::db::binds;
use crate::{Location, Store};
use forewarn_domain::ids::CaseId;
use jiff::{SignedDuration, Timestamp};

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

/// Two cases of three events each.
pub(super) async fn written(location: &Location) -> Store {
    let store = Store::open(location).await.unwrap();
    let tx = store.begin().await.unwrap();
    let customer = "INSERT INTO customer (name, name_key, team_id, created_at) VALUES ('A', 'a', 1, 0)";
    tx.execute(customer, binds![]).await.unwrap();
    for case in 1..=2_i64 {
        let sql = "INSERT INTO cases (customer_id, team_id, inbox_team_id, stage, round, version, known_at, opened_at) \
                   VALUES (1, 1, 1, 'to-tell', 1, 3, 0, 0)";
        tx.execute(sql, binds![]).await.unwrap();
        let mut before = None;
        for seq in 1..=3_u32 {
            let moment = at(100 * case + i64::from(seq)).as_microsecond();
            let event = StoredEvent {
                case,
                seq,
                happened_at: moment,
                recorded_at: moment,
                person: None,
                kind: "viewed".to_owned(),
                entry: None,
                event: "{\"kind\":\"viewed\"}".to_owned(),
                erased: None,
                chain: String::new(),
            };
            let chain = event.chain_after(before.as_deref());
            let sql = "INSERT INTO case_event (case_id, seq, happened_at, recorded_at, kind, event, chain) \
                       VALUES (?, ?, ?, ?, ?, ?, ?)";
            let values = binds![case, seq, moment, moment, &event.kind, &event.event, &chain];
            tx.execute(sql, values).await.unwrap();
            before = Some(chain);
        }
    }
    tx.commit().await.unwrap();
    store
}

/// What the owner of a database can do that Forewarn refuses.
pub(super) async fn by_force(store: &Store, sql: &str) {
    let tx = store.begin().await.unwrap();
    for trigger in store.engine().may_change("case_event").split_inclusive('\n') {
        tx.execute(trigger, binds![]).await.unwrap();
    }
    tx.execute(sql, binds![]).await.unwrap();
    tx.commit().await.unwrap();
}

pub(super) async fn found(store: &Store) -> Vec<Broken> {
    store.verify_history().await.unwrap().broken
}

fn broken(case: i64, seq: u32, wrong: Wrong) -> Vec<Broken> {
    vec![Broken { case: Some(CaseId(case)), seq, wrong }]
}

pub(super) async fn on_both(story: impl AsyncFn(Store)) {
    let folder = tempfile::tempdir().unwrap();
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    story(written(&Location::Folder(folder.path().to_owned())).await).await;
    story(written(&Location::Postgres(database.url().to_owned())).await).await;
}

#[tokio::test]
async fn an_untouched_history_verifies() {
    on_both(async |store| {
        let verified = store.verify_history().await.unwrap();
        assert_eq!((verified.cases, verified.events, verified.broken), (2, 6, vec![]));
    })
    .await;
}

#[tokio::test]
async fn the_first_event_that_was_rewritten_is_named() {
    for (column, value) in [
        ("event", "'{\"kind\":\"viewed\" }'"),
        ("happened_at", "happened_at - 1"),
        ("recorded_at", "recorded_at + 1"),
        ("kind", "'told'"),
        ("entry", "'x'"),
        ("chain", "'0'"),
    ] {
        on_both(async |store| {
            by_force(
                &store,
                &format!("UPDATE case_event SET {column} = {value} WHERE case_id = 2 AND seq = 2"),
            )
            .await;
            assert_eq!(found(&store).await, broken(2, 2, Wrong::Changed), "{column}");
        })
        .await;
    }
}

#[tokio::test]
async fn an_event_that_was_taken_out_is_missed_wherever_it_stood() {
    for seq in 1..=3 {
        on_both(async |store| {
            by_force(&store, &format!("DELETE FROM case_event WHERE case_id = 1 AND seq = {seq}")).await;
            assert_eq!(found(&store).await, broken(1, seq, Wrong::Missing));
        })
        .await;
    }
}

#[tokio::test]
async fn a_head_tells_of_a_history_that_was_computed_anew() {
    on_both(async |store| {
        let later = at(100_000);
        let head = store.make_head(later).await.unwrap().unwrap();
        assert_eq!((head.events, head.until), (6, later - SignedDuration::from_hours(1)));
        assert_eq!(
            store.make_head(later + SignedDuration::from_hours(24)).await.unwrap(),
            None,
            "nothing new"
        );
        assert_eq!(found(&store).await, vec![]);

        // A forger who knows the formula writes the last event and its hash anew.
        let events = store.stored_events((CaseId(2), 1), 2).await.unwrap();
        let forged = StoredEvent { event: "{\"kind\":\"told\"}".to_owned(), ..events[1].clone() };
        let chain = forged.chain_after(Some(&events[0].chain));
        by_force(
            &store,
            &format!(
                "UPDATE case_event SET event = '{}', chain = '{chain}' WHERE case_id = 2 AND seq = 3",
                forged.event
            ),
        )
        .await;
        let wrong = Broken { case: None, seq: 0, wrong: Wrong::Head(head.until) };
        assert_eq!(found(&store).await, [wrong]);
    })
    .await;
}

#[tokio::test]
async fn events_of_a_database_older_than_the_chain_are_bound_when_it_is_brought_up_to_date() {
    on_both(async |store| {
        by_force(&store, "UPDATE case_event SET chain = NULL").await;
        super::bind_what_is_there(store.engine(), store.connection()).await.unwrap();
        assert_eq!(found(&store).await, vec![]);
    })
    .await;
}
