//! Any change of anything that the chain covers is found, and the first bad event is named.

use super::tests::{by_force, found, written};
use super::{StoredEvent, Wrong};
use crate::{Location, Store};
use forewarn_domain::ids::CaseId;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Something that the owner of a database can do to an event.
#[derive(Debug, Clone)]
enum Change {
    /// Flips one bit of one byte of a column.
    Flip { column: &'static str, byte: usize, bit: u8 },
    /// Takes it out.
    Delete,
    /// Puts one more in, at its place; those behind move up.
    Insert,
    /// Changes places with the one behind it.
    Swap,
    /// Changes places with the same one of the other case.
    SwapCases,
}

const NUMBERS: [&str; 3] = ["happened_at", "recorded_at", "person_id"];
const TEXTS: [&str; 4] = ["kind", "entry", "event", "chain"];

fn change() -> impl Strategy<Value = (u32, Change)> {
    let column = prop::sample::select([NUMBERS.as_slice(), TEXTS.as_slice()].concat());
    let flip = (column, 0..200_usize, 0..7_u8);
    let change = prop_oneof![
        6 => flip.prop_map(|(column, byte, bit)| Change::Flip { column, byte, bit }),
        1 => Just(Change::Delete),
        1 => Just(Change::Insert),
        1 => Just(Change::Swap),
        1 => Just(Change::SwapCases),
    ];
    (1..=3_u32, change)
}

/// The events of both cases after the change of case 2, and the place of the first bad one there.
fn changed(events: &[StoredEvent], seq: u32, change: &Change) -> Option<(Vec<StoredEvent>, u32, Wrong)> {
    let mut events = events.to_vec();
    let at = events.iter().position(|event| (event.case, event.seq) == (2, seq))?;
    Some(match change {
        Change::Flip { column, byte, bit } => {
            let event = &mut events[at];
            let number = 1_i64 << (byte % 40);
            match *column {
                "happened_at" => event.happened_at ^= number,
                "recorded_at" => event.recorded_at ^= number,
                "person_id" => event.person = Some(1),
                "kind" => event.kind = flipped(&event.kind, *byte, *bit)?,
                "entry" => event.entry = Some("x".to_owned()),
                "event" => event.event = flipped(&event.event, *byte, *bit)?,
                _ => event.chain = flipped(&event.chain, *byte, *bit)?,
            }
            (events, seq, Wrong::Changed)
        }
        Change::Delete => {
            events.remove(at);
            (events, seq, Wrong::Missing)
        }
        Change::Insert => {
            let twice = events[at].clone();
            events
                .iter_mut()
                .filter(|event| event.case == 2 && event.seq >= seq)
                .for_each(|event| event.seq += 1);
            events.insert(at, twice);
            // The copy itself fits; what it stands before does not.
            (events, seq + 1, Wrong::Changed)
        }
        Change::Swap => {
            let behind = events.iter().position(|event| (event.case, event.seq) == (2, seq + 1))?;
            events[at].seq += 1;
            events[behind].seq -= 1;
            (events, seq, Wrong::Changed)
        }
        Change::SwapCases => {
            let other = events.iter().position(|event| (event.case, event.seq) == (1, seq))?;
            events[at].case = 1;
            events[other].case = 2;
            (events, seq, Wrong::Changed)
        }
    })
}

fn flipped(text: &str, byte: usize, bit: u8) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let at = byte % bytes.len();
    bytes[at] ^= 1 << bit;
    // What is no text any more, or ends it, the database itself can't keep.
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

async fn write(store: &Store, events: &[StoredEvent]) {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let row = |event: &StoredEvent| {
        let person = event.person.map_or_else(|| "NULL".to_owned(), |person| person.to_string());
        let entry = event.entry.as_deref().map_or_else(|| "NULL".to_owned(), quoted);
        format!(
            "({}, {}, {}, {}, {person}, {}, {entry}, {}, {})",
            event.case,
            event.seq,
            event.happened_at,
            event.recorded_at,
            quoted(&event.kind),
            quoted(&event.event),
            quoted(&event.chain)
        )
    };
    by_force(store, "DELETE FROM case_event").await;
    let rows: Vec<String> = events.iter().map(row).collect();
    let sql = format!(
        "INSERT INTO case_event (case_id, seq, happened_at, recorded_at, person_id, kind, entry, event, chain) \
         VALUES {}",
        rows.join(", ")
    );
    by_force(store, &sql).await;
}

async fn check(
    store: &Store,
    events: &[StoredEvent],
    seq: u32,
    change: &Change,
) -> Result<(), TestCaseError> {
    let Some((forged, first, wrong)) = changed(events, seq, change) else { return Ok(()) };
    write(store, &forged).await;
    let broken = found(store).await;
    let of_two: Vec<_> = broken.iter().filter(|broken| broken.case == Some(CaseId(2))).collect();
    prop_assert_eq!(of_two.len(), 1, "{:?}", broken);
    prop_assert_eq!((of_two[0].seq, &of_two[0].wrong), (first, &wrong), "{:?}", change);
    write(store, events).await;
    prop_assert_eq!(found(store).await, vec![]);
    Ok(())
}

#[test]
fn whatever_is_changed_is_found_and_the_first_bad_event_is_named() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (store, events) = runtime.block_on(async {
        let store = written(&Location::Folder(folder.path().to_owned())).await;
        by_force(
            &store,
            "INSERT INTO person (email, name, role, team_id, created_at) VALUES ('a@b.example', 'A', 'rep', 1, 0)",
        )
        .await;
        let events = store.stored_events((CaseId(0), 0), 100).await.unwrap();
        (store, events)
    });
    let config = Config { cases: 200, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&change(), |(seq, change)| runtime.block_on(check(&store, &events, seq, &change)))
        .unwrap();
}
