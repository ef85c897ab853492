//! On a disk that is full or fails, nothing is acknowledged that is not kept, everybody sees why, and all goes on by
//! itself when there is room.

use crate::browser::Browser;
use crate::reports::{Line, german};
use anyhow::{Context as _, Result, ensure};
use forewarn_store::Location;
use forewarn_testing::{Forewarn, free_port, wait_until_ready};
use jiff::civil::date;
use rustix::process::{Pid, Resource, Rlimit, prlimit};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");
const PASSWORD: &str = "a long enough password";

/// A small disk of its own over a folder, taken away with this value.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where only root may do that.
    fn over(folder: &Path) -> Result<Option<Self>> {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=12m", "tmpfs"])
            .arg(folder)
            .stderr(Stdio::null())
            .status();
        Ok(mounted.is_ok_and(|status| status.success()).then(|| Self(folder.to_owned())))
    }

    fn fill(&self) -> Result<()> {
        let mut filler = File::create(self.0.join("filler"))?;
        for size in [1 << 16, 1 << 12, 1] {
            while filler.write_all(&vec![b'x'; size]).is_ok() {}
        }
        Ok(())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: the program may just be going.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// A server that is killed with this value.
struct Serving(Child, String);

impl Serving {
    fn start(mut command: Command) -> Result<Self> {
        let port = free_port()?;
        let listen = format!("127.0.0.1:{port}");
        command.env("FOREWARN_LISTEN", &listen).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        wait_until_ready(port, Duration::from_secs(60), || matches!(child.try_wait(), Ok(None)))?;
        Ok(Self(child, format!("http://{listen}")))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.0.kill().and_then(|()| self.0.wait());
    }
}

/// A rep with one case.
fn company(forewarn: &Forewarn) -> Result<()> {
    let files = tempfile::tempdir()?;
    let mut add = forewarn.command(["people", "add", "jon@example.com", "--name", "Jon Berg"]);
    ensure!(add.env("FOREWARN_PASSWORD", PASSWORD).output()?.status.success());
    let line = Line::planned("4711", "Müller", date(2027, 3, 1));
    let late = line.now(Some(date(2027, 4, 1)));
    for (name, line, as_of) in [("one.csv", line, "2026-11-19"), ("two.csv", late, "2026-11-20")] {
        let path = german(files.path(), name, &[line])?;
        forewarn.run(["import", &path.to_string_lossy(), "--as-of", as_of])?.succeeded()?;
    }
    Ok(())
}

/// A rep goes on recording attempts while the disk gets full, and afterwards: on record is what was acknowledged.
fn nothing_is_lost(
    forewarn: &Forewarn,
    serving: Serving,
    says: &str,
    full: impl FnOnce() -> Result<()>,
    room: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let browser = Browser::sign_in(&serving.1, "jon@example.com", PASSWORD)?;
    full()?;
    let mut acknowledged = 0;
    let mut attempt = |n: u32| -> Result<(u16, String)> {
        let entry = format!("attempt-{n}");
        let answer = browser.try_post("/cases/1/attempts", &[("entry", &entry), ("outcome", "no-answer")])?;
        acknowledged += usize::from((300..400).contains(&answer.0));
        Ok(answer)
    };
    let refused = (0..10_000).find_map(|n| match attempt(n) {
        Ok((300..400, _)) => None,
        other => Some(other),
    });
    let (status, page) = refused.context("the disk never got full")??;
    ensure!(status == 503 && page.contains("Nothing can be saved at present"), "{status}: {page}");
    ensure!(page.contains(says), "{page}");

    let mut today = browser.look("/today")?;
    let page = today.body_mut().read_to_string()?;
    ensure!(
        today.status() == 200 && page.contains("Nothing can be saved at present") && page.contains(says),
        "{page}"
    );
    let mut outside = ureq::get(format!("{}/sign-in", serving.1)).call()?;
    ensure!(outside.body_mut().read_to_string()?.contains(says), "the banner is on every page");
    let signing_in = Browser::sign_in(&serving.1, "jon@example.com", PASSWORD);
    ensure!(
        signing_in.is_err_and(|error| error.to_string().contains("503")),
        "a session can't be kept either"
    );
    ensure!(browser.look("/healthz")?.status() == 503);
    let mut ready = browser.look("/readyz")?;
    let words = ready.body_mut().read_to_string()?;
    ensure!(ready.status() == 200 && words.contains("to read only") && words.contains(says), "{words}");

    room()?;
    let began = Instant::now();
    let mut n = 10_000;
    while !(300..400).contains(&attempt(n)?.0) {
        n += 1;
        ensure!(began.elapsed() < Duration::from_secs(60), "it does not go on by itself");
        std::thread::sleep(Duration::from_millis(200));
    }
    for n in 20_000..20_005 {
        ensure!((300..400).contains(&attempt(n)?.0), "it goes on for one form only");
    }
    drop(serving);
    let location = Location::Folder(forewarn.data_folder().to_owned());
    let kept = tokio::runtime::Runtime::new()?.block_on(crate::kills::attempts(&location))?;
    ensure!(kept == acknowledged, "{kept} attempts on record, {acknowledged} acknowledged");
    forewarn.run(["audit", "verify"])?.succeeded()?;
    Ok(())
}

#[test]
fn on_a_full_disk_nothing_that_was_acknowledged_is_lost() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    let Some(disk) = SmallDisk::over(forewarn.data_folder())? else {
        eprintln!("left out: only root can mount a small disk");
        return Ok(());
    };
    company(&forewarn)?;
    let serving = Serving::start(forewarn.command(["serve"]))?;
    let filler = disk.0.join("filler");
    nothing_is_lost(
        &forewarn,
        serving,
        "The disk of the database is full.",
        || disk.fill(),
        || Ok(std::fs::remove_file(filler)?),
    )
}

#[test]
fn on_a_disk_that_fails_nothing_that_was_acknowledged_is_lost() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    company(&forewarn)?;
    // No file may grow beyond some size, which SQLite takes for a failing disk.
    let sizes = ["forewarn.db", "forewarn.db-wal"]
        .map(|name| std::fs::metadata(forewarn.data_folder().join(name)).map_or(0, |file| file.len()));
    let blocks = (sizes.iter().sum::<u64>() + (512 << 10)) / 512;
    let whole = forewarn.command(["serve"]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -S -f \"$0\"; exec \"$@\"", &blocks.to_string()]);
    limited.arg(whole.get_program()).args(whole.get_args());
    for (name, value) in whole.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    let serving = Serving::start(limited)?;
    let pid = Pid::from_raw(i32::try_from(serving.0.id())?).context("a process")?;
    nothing_is_lost(
        &forewarn,
        serving,
        "The disk of the database fails.",
        || Ok(()),
        || {
            let without = Rlimit { current: None, maximum: None };
            prlimit(Some(pid), Resource::Fsize, without)?;
            Ok(())
        },
    )
}
