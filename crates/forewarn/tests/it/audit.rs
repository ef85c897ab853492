//! `forewarn audit`: the history is proved, put away, and held against what was put away.

#![expect(clippy::unwrap_used, reason = "a story that can't be set up has failed")]

use crate::reports::{Line, german};
use forewarn_testing::Forewarn;
use jiff::civil::date;
use std::path::PathBuf;

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

#[test]
fn a_history_verifies_and_still_holds_what_was_exported() {
    for forewarn in [Forewarn::on_sqlite(PROGRAM).unwrap(), Forewarn::on_postgres(PROGRAM).unwrap()] {
        let export = with_export(&forewarn);
        import(&forewarn, 3);

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
    let event = b"{\"kind\":\"opened\"";
    let read = |name: &str| std::fs::read(forewarn.data_folder().join(name)).unwrap_or_default();
    let places = |bytes: &[u8]| -> Vec<usize> {
        (0..bytes.len()).filter(|at| bytes.get(*at..*at + event.len()) == Some(event.as_slice())).collect()
    };
    // What was written last may still lie in the log beside the database; whoever closes it moves it over.
    let moved = std::iter::repeat_with(|| {
        forewarn.run(["audit", "verify"]).unwrap().succeeded().unwrap();
        !places(&read("forewarn.db")).is_empty() && places(&read("forewarn.db-wal")).is_empty()
    });
    assert!(moved.take(200).any(|moved| moved), "the event is in the database alone");
    let mut bytes = read("forewarn.db");
    for at in places(&bytes) {
        bytes[at + 10] ^= 1;
    }
    std::fs::write(forewarn.data_folder().join("forewarn.db"), bytes).unwrap();

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
        &text.replace("forewarn history 1\",\"exported_at\":\"2", "forewarn history 1\",\"exported_at\":\"3"),
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
