//! A backup is taken while people work, and brings everything back: what was recorded, who may sign in, and no letter
//! a second time.

use crate::browser::Browser;
use crate::letters::office::{Office, both};
use anyhow::{Context as _, Result, ensure};
use forewarn_domain::letter::LetterState;
use forewarn_store::{Location, Store};
use forewarn_testing::{FakeSmtp, Forewarn, FreshDatabase, Postgres};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");

/// Empty places, one on each engine, and where each is.
fn empty() -> Result<Vec<(Forewarn, Location)>> {
    let database: FreshDatabase = Postgres::fresh_database()?;
    let on_postgres = Location::Postgres(database.url().to_owned());
    let on_sqlite = Forewarn::on_sqlite(PROGRAM)?;
    let folder = Location::Folder(on_sqlite.data_folder().to_owned());
    Ok(vec![(on_sqlite, folder), (Forewarn::on_database(PROGRAM, database)?, on_postgres)])
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_people_work_brings_back_all_that_was_acknowledged_before_it() -> Result<()> {
    let files = tempfile::tempdir()?;
    for on in both()? {
        let office = Office::open(on, FakeSmtp::start()?, &["Müller"]).await?;
        let served = office.serve()?;
        let browser = Browser::sign_in(&served.base, "jon@example.com", "a long enough password")?;
        let (acknowledged, enough) = (AtomicUsize::new(0), AtomicBool::new(false));
        let backup = files.path().join("backup.zip");
        let before = std::thread::scope(|scope| -> Result<usize> {
            let working = scope.spawn(|| -> Result<()> {
                for n in 0.. {
                    if enough.load(Ordering::Relaxed) {
                        break;
                    }
                    let entry = format!("attempt-{n}");
                    browser.post("/cases/1/attempts", &[("entry", &entry), ("outcome", "no-answer")])?;
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                }
                Ok(())
            });
            let taken = (|| {
                let began = Instant::now();
                while acknowledged.load(Ordering::Relaxed) < 5 && began.elapsed() < Duration::from_secs(60) {
                    std::thread::sleep(Duration::from_millis(10));
                }
                let before = acknowledged.load(Ordering::Relaxed);
                office.forewarn.run(["backup", &shown(&backup)])?.succeeded()?;
                Ok(before)
            })();
            enough.store(true, Ordering::Relaxed);
            working.join().map_err(|_| anyhow::anyhow!("nobody could work meanwhile"))??;
            taken
        })?;
        drop(served);

        for (restored, location) in empty()? {
            let done = restored.run(["restore", &shown(&backup), "--json"])?.succeeded()?.json()?;
            ensure!(done["wrong"] == serde_json::json!([]) && done["letters_held"] == 0, "{done}");
            let verified = restored.run(["audit", "verify", "--json"])?.succeeded()?.json()?;
            ensure!(verified["events"] == done["events"], "{verified} {done}");
            let attempts = crate::kills::attempts(&location).await?;
            ensure!(attempts >= before && before >= 5, "{attempts} attempts of {before}");
            let again = restored.run(["restore", &shown(&backup)])?;
            ensure!(
                again.code == Some(2) && again.stderr.contains("is not empty: it holds 1 person"),
                "{again:?}"
            );
            restored.run(["restore", &shown(&backup), "--replace"])?.succeeded()?;

            let served = restored.serve()?;
            let browser = Browser::sign_in(&served.base, "jon@example.com", "a long enough password")?;
            browser.post("/cases/1/attempts", &[("entry", "afterwards"), ("outcome", "no-answer")])?;
            ensure!(crate::kills::attempts(&location).await? == attempts + 1, "work goes on where it was");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_left_after_the_backup_does_not_leave_again_after_the_restore() -> Result<()> {
    let files = tempfile::tempdir()?;
    for on in both()? {
        let mut office = Office::open(on, FakeSmtp::start()?, &["Müller", "Köster"]).await?;
        let [first, second] = office.cases().await?.try_into().ok().context("two cases")?;
        let (sent, backup) = (office.approve(first).await?, files.path().join("letters.zip"));
        office.forewarn.run(["backup", &shown(&backup)])?.succeeded()?;
        let later = office.approve(second).await?;
        let served = office.serve()?;
        for letter in [sent, later] {
            office.until(letter, LetterState::Accepted).await?;
        }
        drop(served);
        ensure!(office.mails.taken().len() == 2);

        for (restored, location) in empty()? {
            let done = restored.run(["restore", &shown(&backup), "--json"])?.succeeded()?.json()?;
            ensure!(done["letters_held"] == 1, "{done}");
            office.store = Store::open(&location).await?;
            let held = office.letter(sent).await?;
            ensure!(held.state == LetterState::Unknown, "{held:?}");
            ensure!(
                office.notices().await?
                    == ["Müller: we can’t tell whether the first word by e-mail has left"]
            );
            let served = restored.serve()?;
            tokio::time::sleep(Duration::from_secs(4)).await;
            drop(served);
            ensure!(office.mails.taken().len() == 2, "it was sent again");
            restored.run(["audit", "verify"])?.succeeded()?;
        }
    }
    Ok(())
}

#[test]
fn a_backup_that_was_cut_off_or_changed_is_refused_and_nothing_is_restored() -> Result<()> {
    let (files, forewarn) = (tempfile::tempdir()?, Forewarn::on_sqlite(PROGRAM)?);
    forewarn.run(["people", "add", "jon@example.com"])?.succeeded()?;
    let whole = files.path().join("whole.zip");
    let taken = forewarn.run(["backup", &shown(&whole), "--json"])?.succeeded()?.json()?;
    let bytes = std::fs::read(&whole)?;
    ensure!(taken["bytes"].as_u64() == Some(bytes.len() as u64) && taken["engine"] == "sqlite", "{taken}");

    let damaged = files.path().join("damaged.zip");
    let fresh = Forewarn::on_sqlite(PROGRAM)?;
    let half = bytes.len() / 2;
    let flipped = |at: usize| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x10;
        bytes
    };
    let cases =
        [bytes[..half].to_vec(), bytes[..bytes.len() - 1].to_vec(), flipped(12), flipped(half), Vec::new()];
    for contents in cases {
        std::fs::write(&damaged, &contents)?;
        for more in [&["--json"][..], &["--dry-run"]] {
            let refused = fresh.run([&["restore", &shown(&damaged)], more].concat())?;
            ensure!(refused.code == Some(2) && refused.stdout.is_empty(), "{refused:?}");
            ensure!(refused.stderr.contains("cut off, or has been changed"), "{}", refused.stderr);
        }
    }
    ensure!(!fresh.data_folder().join("forewarn.db").exists(), "something was restored");

    let looked = fresh.run(["restore", &shown(&whole), "--dry-run"])?.succeeded()?;
    ensure!(
        looked.stdout.contains("The backup is whole.") && looked.stdout.contains("session: "),
        "{looked:?}"
    );
    ensure!(!fresh.data_folder().join("forewarn.db").exists(), "a dry run restored");
    Ok(())
}

#[test]
fn a_backup_can_be_passed_on_and_is_for_its_owner_only() -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let (files, forewarn) = (tempfile::tempdir()?, Forewarn::on_sqlite(PROGRAM)?);
    let nothing = forewarn.run(["backup", "-"])?;
    ensure!(nothing.code == Some(2) && nothing.stderr.contains("There is no data in"), "{nothing:?}");

    forewarn.run(["people", "add", "jon@example.com"])?.succeeded()?;
    let (piped, named) = (files.path().join("piped.zip"), files.path().join("named.zip"));
    let output = forewarn.command(["backup", "-"]).output()?;
    std::fs::write(&piped, &output.stdout)?;
    forewarn.run(["restore", &shown(&piped), "--dry-run"])?.succeeded()?;
    forewarn.run(["backup", &shown(&named)])?.succeeded()?;
    let mode = std::fs::metadata(&named)?.permissions().mode() & 0o777;
    ensure!(mode == 0o600, "{mode:o}");
    let left = std::fs::read_dir(files.path())?.count();
    ensure!(left == 2, "something half-written is left behind");
    Ok(())
}

#[test]
fn nothing_is_restored_under_a_running_server() -> Result<()> {
    let files = tempfile::tempdir()?;
    let backup = files.path().join("backup.zip");
    for (forewarn, _) in empty()? {
        let served = forewarn.serve()?;
        forewarn.run(["backup", &shown(&backup)])?.succeeded()?;
        let refused = forewarn.run(["restore", &shown(&backup), "--replace"])?;
        ensure!(refused.code == Some(2), "{refused:?}");
        let why = ["Another Forewarn server", "other connections to this database are open"];
        ensure!(why.iter().any(|why| refused.stderr.contains(why)), "{}", refused.stderr);
        drop(served);
    }
    Ok(())
}
