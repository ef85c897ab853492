//! `forewarn restore`.

use super::{say, tell};
use crate::archive::{Archive, Manifest, TableInside};
use crate::cli::{Common, Restore};
use crate::clock;
use crate::settings::Settings;
use anyhow::{Context as _, Result, ensure};
use forewarn_store::backup::{Restored, Restoring};
use forewarn_store::history::Verified;
use forewarn_store::{Location, ServeLock, Store};
use std::process::ExitCode;

/// Puts a backup into a database, all or nothing, and then goes through its whole history.
pub(crate) async fn run(common: &Common, restore: &Restore) -> Result<ExitCode> {
    let mut archive = Archive::open(&restore.file)?;
    if restore.dry_run {
        return check(&mut archive, restore.json);
    }
    let location = Settings::read(common)?.location(common)?;
    let lock = ServeLock::take(&location)?;
    let restored = put_back(&mut archive, &location, restore.replace).await?;
    let store = Store::open(&location).await?;
    let verified = store.verify_history().await?;
    report(archive.manifest(), restored, &verified, &location, restore.json);
    drop(lock);
    Ok(if verified.broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn put_back(archive: &mut Archive, location: &Location, replace: bool) -> Result<Restored> {
    let manifest = archive.manifest().clone();
    let restoring = Restoring::begin(location, &manifest.schema, replace).await?;
    for table in &manifest.tables {
        add(archive, table, &restoring).await?;
        if let Some(last) = table.counter {
            restoring.count_on(&table.name, last).await?;
        }
    }
    Ok(restoring.finish(manifest.taken_at, clock::now()).await?)
}

/// Rows go in some at a time: neither many nor, if they are long, more than memory should hold.
const ROWS: usize = 2_000;
const BYTES: usize = 8 << 20;

async fn add(archive: &mut Archive, table: &TableInside, restoring: &Restoring) -> Result<()> {
    let (mut rows, mut bytes, mut added) = (Vec::new(), 0, 0_u64);
    for row in archive.rows(&table.name)? {
        let row = row?;
        bytes += row.bytes;
        added += 1;
        rows.push(row.cells);
        if rows.len() >= ROWS || bytes >= BYTES {
            restoring.add(&table.name, &table.columns, std::mem::take(&mut rows)).await?;
            bytes = 0;
        }
    }
    restoring.add(&table.name, &table.columns, rows).await?;
    ensure!(added == table.rows, "The table {} has {added} rows instead of {}.", table.name, table.rows);
    Ok(())
}

/// Reads all of it, and changes nothing.
fn check(archive: &mut Archive, json: bool) -> Result<ExitCode> {
    let manifest = archive.manifest().clone();
    for table in &manifest.tables {
        let mut rows = 0;
        for row in archive.rows(&table.name)? {
            row.context("Use another backup")?;
            rows += 1;
        }
        ensure!(rows == table.rows, "The table {} has {rows} rows instead of {}.", table.name, table.rows);
    }
    if json {
        say(&serde_json::to_string(&manifest)?);
    } else {
        let Manifest { made_by, engine, taken_at, .. } = &manifest;
        say(&format!(
            "The backup is whole. Forewarn {made_by} took it at {taken_at}, of {engine}. It holds:"
        ));
        for table in manifest.tables.iter().filter(|table| table.rows > 0) {
            say(&format!("{:>10}  {}", table.rows, table.name));
        }
        manifest.left_out.iter().for_each(|left| say(&format!("{:>10}  {left}", "left out")));
    }
    Ok(ExitCode::SUCCESS)
}

fn report(manifest: &Manifest, restored: Restored, verified: &Verified, location: &Location, json: bool) {
    let wrong: Vec<String> = verified.broken.iter().map(ToString::to_string).collect();
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let held = restored.letters_held;
    if json {
        let done = serde_json::json!({
            "taken_at": manifest.taken_at, "rows": rows, "letters_held": held, "cases": verified.cases,
            "events": verified.events, "heads": verified.heads, "wrong": wrong,
        });
        say(&done.to_string());
        return;
    }
    say(&format!("{rows} rows of {} are in {}.", manifest.taken_at, location.shown()));
    match held {
        0 => say("No letter was on its way when the backup was taken."),
        1 => say(
            "1 letter was on its way when the backup was taken: it is unknown now, and its owner has a notice.",
        ),
        _ => say(&format!(
            "{held} letters were on their way when the backup was taken: they are unknown now, and their owners have \
             notices."
        )),
    }
    if wrong.is_empty() {
        say(&format!("{} events of {} cases are what was recorded.", verified.events, verified.cases));
    } else {
        wrong.iter().for_each(|wrong| say(wrong));
        say(
            "The history in this backup is not what was recorded. Compare it with an older backup or an export.",
        );
    }
    tell(
        "Everybody signs in again. What was recorded after the backup is lost: sent letters and replies are in your \
         mailboxes, and the next report brings the dates.",
    );
}
