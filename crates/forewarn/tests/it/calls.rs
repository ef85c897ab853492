//! A program calls, the server dies, and the program calls again: one effect, one answer.

use crate::reports::{Line, german};
use anyhow::{Context as _, Result, ensure};
use forewarn_domain::case::CaseEvent;
use forewarn_domain::ids::{CaseId, PersonId};
use forewarn_domain::people::Scope;
use forewarn_store::security_log::{SecurityEvent, What};
use forewarn_store::tokens::{NewToken, TokenScope};
use forewarn_store::{Location, Store};
use forewarn_testing::{Forewarn, FreshDatabase, Postgres, Served};
use forewarn_web::links;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");
const TOKEN: &str = "fw_one-that-nobody-guesses";
const CALL: &str = "/api/v1/cases/1/attempts";
const SAID: &str = r#"{"outcome":"no-answer"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_the_effect_and_the_answer_the_same_call_gets_the_first_answer_and_acts_once()
-> Result<()> {
    let database: FreshDatabase = Postgres::fresh_database()?;
    let url = database.url().to_owned();
    let on_sqlite = Forewarn::on_sqlite(PROGRAM)?;
    let folder = on_sqlite.data_folder().to_owned();
    for (forewarn, location) in [
        (on_sqlite, Location::Folder(folder)),
        (Forewarn::on_database(PROGRAM, database)?, Location::Postgres(url)),
    ] {
        with_a_case(&forewarn)?;
        let store = Store::open(&location).await?;
        let made = SecurityEvent::without_browser(What::TokenMade, PersonId(1), token().now);
        store.add_token(&token(), &made).await?;
        let mut served = forewarn.serve()?;
        // It never hears the answer: the server dies as soon as the effect is there.
        let _unheard = call_and_hang_up(&served)?;
        wait_for_the_effect(&store).await?;
        served.running.kill_hard()?;

        let served = forewarn.serve()?;
        let first = call(&served)?;
        let made = attempts(&store).await?;
        ensure!(made.len() == 1, "{} attempts on record", made.len());
        ensure!(first["events"] == serde_json::json!([made[0]]), "{first} is not about event {}", made[0]);
        ensure!(call(&served)? == first, "each answer is the first");
        ensure!(attempts(&store).await?.len() == 1);
    }
    Ok(())
}

/// Looks again and again, but not for ever: a call that was refused has no effect to wait for.
async fn wait_for_the_effect(store: &Store) -> Result<()> {
    let seen = async {
        while attempts(store).await?.is_empty() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(())
    };
    tokio::time::timeout(Duration::from_secs(30), seen).await.context("the call had no effect")?
}

fn with_a_case(forewarn: &Forewarn) -> Result<()> {
    let files = tempfile::tempdir()?;
    forewarn.run(["people", "add", "jon@example.com", "--name", "Jon Berg"])?.succeeded()?;
    let line = Line::planned("4711", "Müller", date(2027, 3, 1));
    let late = line.now(Some(date(2027, 4, 1)));
    for (name, line, as_of) in [("one.csv", line, "2026-11-19"), ("two.csv", late, "2026-11-20")] {
        let path = german(files.path(), name, &[line])?;
        forewarn.run(["import", &path.to_string_lossy(), "--as-of", as_of])?.succeeded()?;
    }
    Ok(())
}

/// A token of the first person, for as long as a test lasts.
fn token() -> NewToken {
    NewToken {
        token_hash: links::hash(TOKEN),
        person: PersonId(1),
        name: "Nightly".to_owned(),
        scopes: TokenScope::ALL.into_iter().collect(),
        by: PersonId(1),
        expires_at: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 200),
        now: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1),
    }
}

fn call_and_hang_up(served: &Served) -> Result<TcpStream> {
    let host = served.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host)?;
    write!(
        stream,
        "POST {CALL} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {TOKEN}\r\nIdempotency-Key: one\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{SAID}",
        SAID.len()
    )?;
    Ok(stream)
}

fn call(served: &Served) -> Result<serde_json::Value> {
    let request = ureq::post(format!("{}{CALL}", served.base)).header("Idempotency-Key", "one");
    let request = request.header("Authorization", &format!("Bearer {TOKEN}"));
    let mut answer = request.header("Content-Type", "application/json").send(SAID)?;
    ensure!(answer.headers().contains_key("idempotent-replayed"), "it was done anew");
    serde_json::from_str(&answer.body_mut().read_to_string()?).context("the answer")
}

/// The numbers of the attempts on record.
async fn attempts(store: &Store) -> Result<Vec<u32>> {
    let now = date(2026, 11, 21).in_tz("UTC")?.timestamp();
    let file = store.case(Scope::Program, CaseId(1), now).await?.context("the case")?;
    let attempts = file.history.iter().filter(|past| matches!(past.event, CaseEvent::Attempted { .. }));
    Ok(attempts.map(|past| past.seq).collect())
}
