//! `forewarn audit`: the history is proved, put away, and held against what was put away.

#![expect(clippy::unwrap_used, reason = "a story that can't be set up has failed")]

use crate::reports::{Line, german};
use ed25519_dalek::{Signer as _, SigningKey};
use forewarn_testing::{Finished, Forewarn};
use jiff::civil::date;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");

/// Takes in a report in which one line slips further each time.
fn import(forewarn: &Forewarn, number: i8) {
    let line = Line::planned("4711", "Müller Anlagenbau", date(2026, 12, 18));
    let moved = line.now(Some(date(2027, number, 12)));
    let report =
        german(forewarn.data_folder(), &format!("{number}.csv"), &[if number == 1 { line } else { moved }]);
    let as_of = format!("2026-11-{:02}T05:12:00Z", 10 + number);
    forewarn
        .run(["import", report.unwrap().to_str().unwrap(), "--as-of", &as_of])
        .unwrap()
        .succeeded()
        .unwrap();
}

/// A database with a case, and an export of its history.
fn with_export(forewarn: &Forewarn) -> PathBuf {
    import(forewarn, 1);
    import(forewarn, 2);
    let export = forewarn.data_folder().join("history.jsonl");
    forewarn.run(["audit", "export", "--out", export.to_str().unwrap()]).unwrap().succeeded().unwrap();
    export
}

/// Flips a bit of the database file wherever it has these bytes, so many bytes behind their beginning.
fn flip(forewarn: &Forewarn, wanted: &[u8], behind: usize) {
    let read = |name: &str| std::fs::read(forewarn.data_folder().join(name)).unwrap_or_default();
    let places = |bytes: &[u8]| -> Vec<usize> {
        (0..bytes.len()).filter(|at| bytes.get(*at..*at + wanted.len()) == Some(wanted)).collect()
    };
    // What was written last may still lie in the log beside the database; whoever closes it moves it over.
    let moved = std::iter::repeat_with(|| {
        forewarn.run(["audit", "verify"]).unwrap().succeeded().unwrap();
        !places(&read("forewarn.db")).is_empty() && places(&read("forewarn.db-wal")).is_empty()
    });
    assert!(moved.take(200).any(|moved| moved), "it is in the database alone");
    let mut bytes = read("forewarn.db");
    for at in places(&bytes) {
        bytes[at + behind] ^= 1;
    }
    std::fs::write(forewarn.data_folder().join("forewarn.db"), bytes).unwrap();
}

/// An export as it would be if its lines were these: counted, summed up and signed anew with the key of the house.
fn signed_anew(forewarn: &Forewarn, text: &str, change: impl Fn(&mut Vec<Value>, &mut Value)) -> String {
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut last = lines.pop().unwrap();
    change(&mut lines, &mut last);
    let count = |field: &str| lines.iter().filter(|line| line.get(field).is_some()).count();
    last["events"] = count("seq").into();
    last["heads"] = count("until").into();
    last["people"] = count("name").into();
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    last["head"] = hex(&Sha256::digest(&lines)).into();
    let key = std::fs::read_to_string(forewarn.data_folder().join("history.key")).unwrap();
    let key: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&key[2 * at..2 * at + 2], 16).unwrap()).collect();
    let key = SigningKey::from_bytes(&key.try_into().unwrap());
    let said = |field: &str| match &last[field] {
        Value::String(text) => format!("{text}\n"),
        other => format!("{other}\n"),
    };
    let signed = match last["history"].as_str() {
        Some("forewarn history 1") => ["history", "exported_at", "events", "head"].map(said).concat(),
        _ => ["history", "exported_at", "events", "heads", "people", "head"].map(said).concat(),
    };
    last["signature"] = hex(&key.sign(signed.as_bytes()).to_bytes()).into();
    format!("{lines}{last}\n")
}

/// The database held against an export that was changed like this.
fn against(forewarn: &Forewarn, export: &Path, change: impl Fn(&mut Vec<Value>, &mut Value)) -> Finished {
    let text = std::fs::read_to_string(export).unwrap();
    let other = forewarn.data_folder().join("other.jsonl");
    std::fs::write(&other, signed_anew(forewarn, &text, change)).unwrap();
    forewarn.run(["audit", "verify", "--against", other.to_str().unwrap()]).unwrap()
}

#[test]
fn a_history_verifies_and_still_holds_what_was_exported() {
    for forewarn in [Forewarn::on_sqlite(PROGRAM).unwrap(), Forewarn::on_postgres(PROGRAM).unwrap()] {
        let export = with_export(&forewarn);
        import(&forewarn, 3);

        let exported = std::fs::read_to_string(&export).unwrap();
        let whose = r#"\"customer\":{\"id\":1,\"name\":\"Müller Anlagenbau\"}"#;
        assert!(exported.contains(whose), "the history says itself whose it is: {exported}");
        let verify = ["audit", "verify", "--json", "--against", export.to_str().unwrap()];
        let found = forewarn.run(verify).unwrap().succeeded().unwrap().json().unwrap();
        assert_eq!(found["wrong"], serde_json::json!([]));
        assert!(
            found["events"].as_u64() > found["against"]["events"].as_u64(),
            "the second morning came on top: {found}"
        );
    }
}

#[test]
fn a_byte_flipped_in_the_database_is_found_and_named() {
    let forewarn = Forewarn::on_sqlite(PROGRAM).unwrap();
    with_export(&forewarn);
    let event = b"\"kind\":\"opened\",\"owner\"";
    flip(&forewarn, event, 9);

    let found = forewarn.run(["audit", "verify"]).unwrap();
    assert_eq!(found.code, Some(1), "{found:?}");
    assert!(found.stdout.contains("event 1: it is not what was recorded"), "{}", found.stdout);
}

#[test]
fn an_export_that_was_changed_is_not_believed() {
    let forewarn = Forewarn::on_sqlite(PROGRAM).unwrap();
    let export = with_export(&forewarn);
    let text = std::fs::read_to_string(&export).unwrap();
    let against = |text: &str| {
        std::fs::write(&export, text).unwrap();
        forewarn.run(["audit", "verify", "--against", export.to_str().unwrap()]).unwrap()
    };
    let changed = against(&text.replacen("\"seq\":1", "\"seq\":9", 1));
    assert!(changed.stdout.contains("its events are not those that were signed"), "{}", changed.stdout);
    let forged = against(
        &text.replace("forewarn history 2\",\"exported_at\":\"2", "forewarn history 2\",\"exported_at\":\"3"),
    );
    assert!(forged.stdout.contains("the signature is not that of its last line"), "{}", forged.stdout);
    let cut = against(text.rsplit_once("\n{").unwrap().0);
    assert_eq!(cut.code, Some(2));
    assert!(cut.stderr.contains("its end is missing"), "{}", cut.stderr);
    assert_eq!(against(&text).code, Some(0));
}

#[test]
fn one_case_is_printed_for_people_and_for_programs() {
    let forewarn = Forewarn::on_sqlite(PROGRAM).unwrap();
    with_export(&forewarn);
    let printed = forewarn.run(["audit", "case", "1"]).unwrap().succeeded().unwrap().stdout;
    for expected in ["Müller Anlagenbau: history of case 1", "told not told", "are what was recorded"] {
        assert!(printed.contains(expected), "“{expected}” is missing:\n{printed}");
    }
    let json = forewarn.run(["audit", "case", "1", "--format", "json"]).unwrap();
    let history = json.succeeded().unwrap().json().unwrap();
    assert_eq!(history["customer"], "Müller Anlagenbau");
    assert_eq!(history["events"][0]["seq"], 1);

    let none = forewarn.run(["audit", "case", "99"]).unwrap();
    assert_eq!(none.code, Some(2));
    assert!(none.stderr.contains("There is no case 99"), "{}", none.stderr);
}

#[test]
fn what_says_that_it_was_recorded_before_an_export_and_is_not_in_it_is_found() {
    for forewarn in [Forewarn::on_sqlite(PROGRAM).unwrap(), Forewarn::on_postgres(PROGRAM).unwrap()] {
        let export = with_export(&forewarn);
        let without_last = |events: &mut Vec<Value>, last: &mut Value, at: &str| {
            let behind = events.iter().rposition(|line| line.get("seq").is_some()).unwrap();
            events.remove(behind);
            last["exported_at"] = at.into();
        };
        let soon = against(&forewarn, &export, |events, last| {
            let at = last["exported_at"].as_str().unwrap().to_owned();
            without_last(events, last, &at);
        });
        assert_eq!(soon.code, Some(0), "what came within the hour may have been under way: {soon:?}");
        let late =
            against(&forewarn, &export, |events, last| without_last(events, last, "2099-01-01T00:00:00Z"));
        assert_eq!(late.code, Some(1), "{late:?}");
        assert!(late.stdout.contains("it was not there at 2099-01-01T00:00:00Z"), "{}", late.stdout);
    }
}

#[test]
fn a_daily_head_that_was_exported_and_is_gone_is_missed() {
    let forewarn = Forewarn::on_sqlite(PROGRAM).unwrap();
    let export = with_export(&forewarn);
    let found = against(&forewarn, &export, |lines, _| {
        let head = serde_json::json!({
            "until": "2026-11-12T00:00:00Z", "made_at": "2026-11-12T01:00:00Z", "events": 1, "head": "0a",
        });
        let behind = lines.iter().filter(|line| line.get("seq").is_some()).count();
        lines.insert(behind, head);
    });
    assert_eq!(found.code, Some(1), "{found:?}");
    assert!(found.stdout.contains("The daily head of 2026-11-12T00:00:00Z is gone"), "{}", found.stdout);
}

#[test]
fn a_person_who_has_another_name_than_in_the_export_is_noted() {
    let forewarn = Forewarn::on_sqlite(PROGRAM).unwrap();
    forewarn.run(["people", "add", "ada@example.com", "--role", "admin"]).unwrap().succeeded().unwrap();
    let export = with_export(&forewarn);
    let mut name = String::new();
    let text = std::fs::read_to_string(&export).unwrap();
    for line in text.lines().filter(|line| line.starts_with("{\"person\":1,")) {
        name = serde_json::from_str::<Value>(line).unwrap()["name"].as_str().unwrap().to_owned();
    }
    let found = against(&forewarn, &export, |lines, _| {
        for line in lines.iter_mut().filter(|line| line.get("name").is_some()) {
            line["name"] = "Jon Berg".into();
        }
    });
    assert_eq!(found.code, Some(0), "a name may change: {found:?}");
    let said = format!("Person 1 was “Jon Berg” in the export and is “{name}” now.");
    assert!(!name.is_empty() && found.stdout.contains(&said), "{}", found.stdout);
}

#[test]
fn an_export_of_before_heads_and_people_is_still_read() {
    let forewarn = Forewarn::on_sqlite(PROGRAM).unwrap();
    forewarn.run(["people", "add", "ada@example.com", "--role", "admin"]).unwrap().succeeded().unwrap();
    let export = with_export(&forewarn);
    let old = |lines: &mut Vec<Value>, last: &mut Value| {
        lines.retain(|line| line.get("seq").is_some());
        last["history"] = "forewarn history 1".into();
    };
    let found = against(&forewarn, &export, old);
    assert_eq!(found.code, Some(0), "{found:?}");
    let found = against(&forewarn, &export, |lines, last| {
        old(lines, last);
        lines[0]["happened_at"] = 0.into();
    });
    assert!(found.stdout.contains("event 1: it is not what was exported"), "{found:?}");
}

#[test]
fn a_database_that_no_longer_refuses_changes_is_named_by_verify_and_doctor() {
    let forewarn = Forewarn::on_sqlite(PROGRAM).unwrap();
    with_export(&forewarn);
    let said = |arguments: [&str; 2]| {
        let found = forewarn.run(arguments).unwrap();
        (found.stdout.contains("case_event_refuses_DELETE"), found)
    };
    assert!(!said(["doctor", "--json"]).0 && !said(["audit", "verify"]).0);
    let trigger = b"CREATE TRIGGER case_event_refuses_DELETE BEFORE DELETE";
    // It is still a statement that SQLite can read: only the text of its refusal is another.
    flip(
        &forewarn,
        &[trigger.as_slice(), b" ON case_event BEGIN SELECT RAISE(ABORT, 'case_event"].concat(),
        105,
    );
    let (named, verify) = said(["audit", "verify"]);
    assert!(named && verify.code == Some(1), "{verify:?}");
    let (named, doctor) = said(["doctor", "--json"]);
    assert!(named, "{doctor:?}");
}

#[test]
fn verify_says_what_it_can_and_what_it_cannot_show() {
    let forewarn = Forewarn::on_sqlite(PROGRAM).unwrap();
    let export = with_export(&forewarn);
    let alone = forewarn.run(["audit", "verify"]).unwrap().succeeded().unwrap().stdout;
    let last = alone.lines().last().unwrap_or_default();
    assert!(last.contains("an export kept elsewhere") && last.contains("by halves"), "{alone}");
    let beside = ["audit", "verify", "--against", export.to_str().unwrap()];
    let beside = forewarn.run(beside).unwrap().succeeded().unwrap().stdout;
    assert!(!beside.contains("by halves"), "{beside}");
}

#[test]
fn an_event_that_was_exported_and_is_gone_is_missed() {
    let forewarn = Forewarn::on_sqlite(PROGRAM).unwrap();
    let export = with_export(&forewarn);
    let found = against(&forewarn, &export, |lines, _| {
        let behind = lines.iter().rposition(|line| line.get("seq").is_some()).unwrap();
        let mut more = lines[behind].clone();
        more["seq"] = (more["seq"].as_i64().unwrap() + 1).into();
        lines.insert(behind + 1, more);
    });
    assert_eq!(found.code, Some(1), "{found:?}");
    assert!(found.stdout.contains("it is missing; it was exported at"), "{}", found.stdout);
}
