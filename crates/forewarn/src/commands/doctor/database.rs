//! The database: there, in order, up to date, and in use.

use super::Finding;
use super::machine::megabytes;
use forewarn_domain::people::Scope;
use forewarn_store::examined::{Examined, ServerExamined};
use forewarn_store::{Location, Store, StoreError};
use jiff::{SignedDuration, Timestamp};

/// The clocks of programs that share a database differ by less.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(2);
/// A log that is longer than this is not being worked in.
const LONG_LOG: u64 = 1 << 30;
/// A server that takes fewer connections will soon refuse one.
const FEW_CONNECTIONS: i64 = 10;

/// Why the database can't be asked at all.
pub(super) fn unreachable(error: &StoreError) -> Finding {
    let to_do = match error {
        StoreError::NoData(_) => "If this is a new company, start `forewarn serve`.",
        _ => {
            "Is it running, and are address, user and password right? After an upgrade of PostgreSQL under a running \
             server, start it again."
        }
    };
    Finding::bad("database", error.to_string(), to_do)
}

/// Whether others on the way can read along, or play the database; nothing is said of one on this machine.
pub(super) fn way(location: &Location) -> Option<Finding> {
    location.crosses_a_network_unprotected().then(|| {
        Finding::bad(
            "way",
            "The way to PostgreSQL crosses a network, and its certificate is not checked.",
            "Add sslmode=verify-full to the address (and sslrootcert=FILE for a certificate authority of your own).",
        )
    })
}

/// All about a database that answers.
pub(super) async fn look(examined: &Examined, now: Timestamp) -> Vec<Finding> {
    let Examined { version, bytes, log_bytes, .. } = examined;
    let log = log_bytes.map_or(String::new(), |log| format!(", and a log of {}", megabytes(log)));
    let answers = format!("The database ({version}) answers; it has {}{log}.", megabytes(*bytes));
    let mut findings = vec![Finding::good("database", answers)];
    if log_bytes.is_some_and(|log| log > LONG_LOG) {
        findings.push(Finding::bad(
            "log",
            "The log of changes is long: something has kept reading from one moment for hours.",
            "Look for a backup that hangs, or another program that has forewarn.db open.",
        ));
    }
    findings.extend(examined.damaged.iter().map(|damage| {
        let to_do = "Stop Forewarn, keep the file, and restore the last backup elsewhere to compare.";
        Finding::bad("file", format!("The file of the database is damaged: {damage}."), to_do)
    }));
    findings.extend(examined.server.iter().flat_map(|server| of_server(server, now)));
    findings.push(up_to_date(examined));
    if examined.pending.is_empty() && examined.unknown.is_empty() {
        findings.push(guarded(&examined.store).await.unwrap_or_else(|error| unreachable(&error)));
        findings.extend(in_use(&examined.store, now).await.unwrap_or_else(|error| vec![unreachable(&error)]));
    }
    findings
}

fn of_server(server: &ServerExamined, now: Timestamp) -> Vec<Finding> {
    let mut findings = Vec::new();
    let apart = server.clock.duration_since(now).abs();
    findings.push(if apart > CLOCKS_DIFFER {
        let found = format!("The clock of the database differs by {} s from this one.", apart.as_secs());
        Finding::bad("clocks", found, "Let a time service keep both.")
    } else {
        Finding::good("clocks", "The clock of the database agrees.")
    });
    if server.read_only {
        let found = "The database only lets itself be read: it is a standby, or set so.";
        findings.push(Finding::bad("writable", found, "Name the primary with --database."));
    }
    findings.push(match server.idle_in_transaction {
        0 => Finding::good("sessions", "No session holds a transaction open without need."),
        many => Finding::bad(
            "sessions",
            format!("Sessions that have held a transaction open for over a minute and do nothing: {many}."),
            "Find them in pg_stat_activity, and end them with pg_terminate_backend.",
        ),
    });
    if server.free_connections < FEW_CONNECTIONS {
        let found = format!("The database takes {} more connections only.", server.free_connections);
        findings.push(Finding::bad(
            "connections",
            found,
            "Each Forewarn uses up to 10: raise max_connections.",
        ));
    }
    findings
}

fn up_to_date(examined: &Examined) -> Finding {
    if let Some(unknown) = examined.unknown.first() {
        return Finding::bad(
            "schema",
            format!("A newer version of Forewarn has changed the tables ({unknown})."),
            "Use that version. Going back needs the backup that was taken before.",
        );
    }
    match examined.pending.len() {
        0 => Finding::good("schema", "The tables are up to date."),
        steps => Finding::bad(
            "schema",
            format!("The tables lack {steps} steps of this version."),
            "Take a backup, then start `forewarn serve` or run `forewarn migrate`.",
        ),
    }
}

/// Whether the database itself still refuses to change what was recorded.
async fn guarded(store: &Store) -> Result<Finding, StoreError> {
    let missing = store.missing_guards().await?;
    Ok(match missing.as_slice() {
        [] => Finding::good("history", "The database refuses to change what was recorded."),
        missing => Finding::bad(
            "history",
            format!(
                "The database refuses changes of the history no more. Triggers that are gone, or others: {}.",
                missing.join(", ")
            ),
            "Ask who could reach the database, run `forewarn audit verify --against` an export, and restore a backup.",
        ),
    })
}

async fn in_use(store: &Store, now: Timestamp) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let calendar = store.company().await?.calendar;
    let there = now.to_zoned(calendar.zone().clone()).strftime("%H:%M");
    findings.push(Finding::good(
        "zone",
        format!("In {}, the company’s time zone, it is {there}.", calendar.zone_name()),
    ));
    findings.push(if store.has_admin().await? {
        Finding::good("admin", "An admin can sign in.")
    } else {
        let to_do = "Start `forewarn serve` and open the link it prints.";
        Finding::bad("admin", "Nobody can sign in as admin yet.", to_do)
    });
    findings.push(match store.last_import().await? {
        Some(import) => Finding::good("report", format!("The last report was “{}”.", import.file_name)),
        None => Finding::bad(
            "report",
            "No report has been imported yet.",
            "Try `forewarn import FILE --dry-run`.",
        ),
    });
    let calls = store.today(Scope::Program, now).await?.rows.len();
    findings.push(Finding::good("cases", format!("{calls} conversations are open.")));
    Ok(findings)
}
