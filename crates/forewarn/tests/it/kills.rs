//! Killed without warning: nothing that was acknowledged is lost, and nothing is half-written.

use crate::browser::Browser;
use crate::reports::{Line, german};
use anyhow::{Context as _, Result, ensure};
use forewarn_domain::case::CaseEvent;
use forewarn_domain::ids::CaseId;
use forewarn_domain::people::Scope;
use forewarn_store::{Location, Store};
use forewarn_testing::{Forewarn, FreshDatabase, Postgres};
use jiff::civil::date;
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");

/// The program on SQLite, and on PostgreSQL; with where its data lies, to be looked into afterwards.
fn both() -> Result<Vec<(Forewarn, Option<String>)>> {
    let database: FreshDatabase = Postgres::fresh_database()?;
    let url = database.url().to_owned();
    Ok(vec![(Forewarn::on_sqlite(PROGRAM)?, None), (Forewarn::on_database(PROGRAM, database)?, Some(url))])
}

#[test]
fn an_import_that_is_killed_has_happened_wholly_or_not_at_all() -> Result<()> {
    const LINES: u64 = 6_000;
    for (forewarn, _) in both()? {
        let files = tempfile::tempdir()?;
        let lines: Vec<Line> = (0..LINES)
            .map(|n| {
                Line::planned(&n.to_string(), ["Müller", "Köster", "Ärzte"][n as usize % 3], date(2027, 3, 1))
            })
            .collect();
        let path = german(files.path(), "orders.csv", &lines)?;
        let path = path.to_string_lossy().into_owned();
        for pause_ms in [30, 150, 300, 600, 1_000, 1_600] {
            let mut import = forewarn.start(["import", &path, "--as-of", "2026-11-20"])?;
            std::thread::sleep(Duration::from_millis(pause_ms));
            import.kill_hard()?;
            let would =
                forewarn.run(["import", &path, "--as-of", "2026-11-20", "--dry-run", "--json"])?.json()?;
            let (added, unchanged) = (would["added"].as_u64(), would["unchanged"].as_u64());
            let all_or_nothing = [(Some(LINES), Some(0)), (Some(0), Some(LINES))];
            ensure!(all_or_nothing.contains(&(added, unchanged)), "killed after {pause_ms} ms: {would}");
        }
    }
    Ok(())
}

#[test]
fn what_a_rep_was_told_is_kept_is_kept_exactly_once() -> Result<()> {
    for (forewarn, url) in both()? {
        let files = tempfile::tempdir()?;
        let mut add = forewarn.command(["people", "add", "jon@example.com", "--name", "Jon Berg"]);
        ensure!(add.env("FOREWARN_PASSWORD", "a long enough password").output()?.status.success());
        let line = Line::planned("4711", "Müller", date(2027, 3, 1));
        let late = line.now(Some(date(2027, 4, 1)));
        for (name, line, as_of) in [("one.csv", line, "2026-11-19"), ("two.csv", late, "2026-11-20")] {
            let path = german(files.path(), name, &[line])?;
            forewarn.run(["import", &path.to_string_lossy(), "--as-of", as_of])?.succeeded()?;
        }

        let mut acknowledged = 0;
        for life in 0..4_u32 {
            let mut served = forewarn.serve()?;
            let browser = Browser::sign_in(&served.base, "jon@example.com", "a long enough password")?;
            for n in 0..=life {
                let entry = format!("{life}-{n}");
                // Sent twice, as a phone does that did not hear the answer.
                for _ in 0..2 {
                    browser.post("/cases/1/attempts", &[("entry", &entry), ("outcome", "no-answer")])?;
                }
                acknowledged += 1;
            }
            served.running.kill_hard()?;
        }

        let location = match url {
            Some(url) => Location::Postgres(url),
            None => Location::Folder(forewarn.data_folder().to_owned()),
        };
        let attempts = tokio::runtime::Runtime::new()?.block_on(attempts(&location))?;
        ensure!(attempts == acknowledged, "{attempts} attempts on record, {acknowledged} acknowledged");
    }
    Ok(())
}

pub(crate) async fn attempts(location: &Location) -> Result<usize> {
    let store = Store::open(location).await?;
    let now = date(2026, 11, 21).in_tz("UTC")?.timestamp();
    let file = store.case(Scope::Program, CaseId(1), now).await?.context("the case")?;
    Ok(file.history.iter().filter(|recorded| matches!(recorded.event, CaseEvent::Attempted { .. })).count())
}
