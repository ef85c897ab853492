//! `forewarn import` and `forewarn today`, as an admin types them.

use crate::reports::{Line, german};
use anyhow::{Context as _, Result, ensure};
use forewarn_testing::{Finished, Forewarn};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::path::Path;

/// Runs a story on SQLite, then on PostgreSQL.
fn on_both(story: impl Fn(&Forewarn, &Path) -> Result<()>) -> Result<()> {
    let program = env!("CARGO_BIN_EXE_forewarn");
    for forewarn in [Forewarn::on_sqlite(program)?, Forewarn::on_postgres(program)?] {
        let files = tempfile::tempdir()?;
        story(&forewarn, files.path())?;
    }
    Ok(())
}

/// Midnight of today, and days around it.
fn day(offset: i64) -> Date {
    let today: Date = jiff::civil::date(2026, 11, 20);
    today.saturating_add(offset.days())
}

fn import(forewarn: &Forewarn, file: &Path, as_of: &str) -> Result<Value> {
    let run = forewarn.run(["import", &file.to_string_lossy(), "--as-of", as_of, "--json"])?;
    run.json().with_context(|| format!("{run:?}"))
}

fn counts(outcome: &Value) -> Value {
    let names = ["added", "moved", "unchanged", "rejected", "quiet", "slips", "cases_opened"];
    names.iter().map(|name| ((*name).to_owned(), outcome[name].clone())).collect()
}

#[test]
fn two_reports_a_day_apart_give_one_case_a_customer_and_leave_promises_alone() -> Result<()> {
    on_both(|forewarn, files| {
        let lines = [
            Line::planned("4711", "Müller Anlagenbau", day(40)),
            Line::planned("4712", "Müller Anlagenbau", day(41)),
            Line::planned("4713", "Köster & Söhne", day(60)),
            Line::planned("4714", "Ärzte GmbH", day(9)),
            Line::planned("4715", "Zulu AG", day(20)),
        ];
        let first = import(forewarn, &german(files, "monday.csv", &lines)?, "2026-11-20T05:12:00Z")?;
        assert_eq!(first["read"], 5, "{first}");
        assert_eq!(first["added"], 5, "{first}");

        let moved = [
            lines[0].now(Some(day(61))),
            lines[1].now(Some(day(55))),
            lines[2].now(None),
            lines[3].now(Some(day(23))),
            lines[4].now(Some(day(21))),
        ];
        let second = import(forewarn, &german(files, "tuesday.csv", &moved)?, "2026-11-21T05:12:00Z")?;
        let expected = json!({
            "added": 0, "moved": 5, "unchanged": 0, "rejected": 0, "quiet": 1, "slips": 4, "cases_opened": 3
        });
        assert_eq!(counts(&second), expected, "{second}");

        let today = forewarn.run(["today", "--json"])?.json()?;
        let rows = today.as_array().context("an array")?;
        let customers: Vec<&Value> = rows.iter().map(|row| &row["customer"]).collect();
        assert_eq!(customers.len(), 3, "one row a customer: {today}");
        let mueller = rows.iter().find(|row| row["customer"] == "Müller Anlagenbau").context("Müller")?;
        assert_eq!((&mueller["lines"], &mueller["orders"]), (&json!(2), &json!(2)));
        assert_eq!((&mueller["worst_slip_days"], &mueller["no_date"]), (&json!(21), &json!(false)));
        let koester = rows.iter().find(|row| row["customer"] == "Köster & Söhne").context("Köster")?;
        assert_eq!(koester["no_date"], true);
        assert_eq!(koester["known_at"], "2026-11-21T05:12:00Z");
        Ok(())
    })
}

#[test]
fn the_same_file_twice_changes_nothing() -> Result<()> {
    on_both(|forewarn, files| {
        let lines = [Line::planned("1", "Müller", day(40)), Line::planned("2", "Köster", day(50))];
        let file = german(files, "orders.csv", &lines)?;
        import(forewarn, &file, "2026-11-20")?;
        let again = import(forewarn, &file, "2026-11-20")?;
        let expected = json!({
            "added": 0, "moved": 0, "unchanged": 2, "rejected": 0, "quiet": 0, "slips": 0, "cases_opened": 0
        });
        assert_eq!(counts(&again), expected);
        Ok(())
    })
}

#[test]
fn a_rehearsal_says_what_would_happen_and_changes_nothing() -> Result<()> {
    on_both(|forewarn, files| {
        let file = german(files, "orders.csv", &[Line::planned("1", "Müller", day(40))])?;
        for _ in 0..2 {
            let run = forewarn.run(["import", &file.to_string_lossy(), "--dry-run", "--json"])?;
            assert_eq!(run.json()?["added"], 1);
        }
        Ok(())
    })
}

#[test]
fn a_row_that_cannot_be_read_says_what_to_do_and_the_others_go_through() -> Result<()> {
    on_both(|forewarn, files| {
        let file = files.join("orders.csv");
        let rows =
            "SO No,Line,Customer,Prom Dt\n1,10,Müller,2026-12-01\n2,10,Müller,2026-02-31\n3,10,Müller,\n";
        std::fs::write(&file, rows)?;
        let rejected = files.join("rejected.csv");
        let arguments = ["--map", "Prom Dt=promised", "--json", "--rejected", &rejected.to_string_lossy()];
        let run = forewarn.run([&["import", &file.to_string_lossy()], &arguments[..]].concat())?;
        assert_eq!(run.code, Some(1), "{run:?}");
        let outcome = run.json()?;
        assert_eq!((&outcome["added"], &outcome["rejected"]), (&json!(1), &json!(2)), "{outcome}");
        let error = &outcome["errors"][0];
        assert_eq!((&error["row"], &error["column"]), (&json!(3), &json!("Prom Dt")));
        assert_eq!(error["found"], "2026-02-31");
        assert!(error["fix"].as_str().is_some_and(|fix| !fix.is_empty()));
        let file = std::fs::read_to_string(rejected)?;
        assert!(file.contains("2026-02-31"), "{file}");
        assert_eq!(file.lines().count(), 3, "headings and two rows: {file}");
        Ok(())
    })
}

#[test]
fn a_report_whose_columns_are_unclear_says_what_to_type() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(env!("CARGO_BIN_EXE_forewarn"))?;
    let files = tempfile::tempdir()?;
    let file = files.path().join("odd.csv");
    std::fs::write(&file, "A,B,C\nx,y,2026-12-01\nz,y,2026-12-02\n")?;
    let Finished { code, stderr, .. } = forewarn.run(["import", &file.to_string_lossy()])?;
    assert_eq!(code, Some(2));
    assert!(stderr.contains("--map"), "{stderr}");
    for (name, bytes) in
        [("empty.csv", &b""[..]), ("old.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])]
    {
        let file = files.path().join(name);
        std::fs::write(&file, bytes)?;
        let run = forewarn.run(["import", &file.to_string_lossy()])?;
        assert_eq!(run.code, Some(2), "{name}: {run:?}");
        assert!(run.stderr.len() > 40, "{name}: {}", run.stderr);
    }
    Ok(())
}

#[test]
fn ten_thousand_real_deliveries_are_read_as_they_are() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = root.join("../shared/data/scms/SCMS_Delivery_History_Dataset.csv");
    if !file.exists() {
        println!("{} is not there: this promise was not tested", file.display());
        return Ok(());
    }
    let forewarn = Forewarn::on_sqlite(env!("CARGO_BIN_EXE_forewarn"))?;
    let first = import(&forewarn, &file, "2016-01-01")?;
    assert_eq!((&first["read"], &first["rejected"]), (&json!(10_324), &json!(0)));
    let again = import(&forewarn, &file, "2016-01-01")?;
    assert_eq!(
        (&again["unchanged"], &again["added"], &again["moved"]),
        (&json!(10_324), &json!(0), &json!(0))
    );
    Ok(())
}

#[test]
fn a_report_in_which_nearly_nothing_can_be_read_is_refused_as_a_whole() -> Result<()> {
    on_both(|forewarn, files| {
        let report = files.join("without customers.csv");
        let good = "4711,10,Müller,2026-12-31,2026-12-31\n";
        let bad = "4712,10,,2026-12-31,2026-12-31\n".repeat(20_001);
        std::fs::write(&report, format!("Order,Line,Customer,Promised date,Expected date\n{good}{bad}"))?;
        let run = forewarn.run(["import", &report.to_string_lossy()])?;
        ensure!(run.code == Some(2), "{:?}", run.code);
        ensure!(run.stderr.contains("can’t be imported as they are. Look at some of them"), "{}", run.stderr);
        let promises = forewarn.run(["doctor", "--json"])?.json()?;
        ensure!(promises.to_string().contains("No report has been imported yet"), "{promises}");
        Ok(())
    })
}
