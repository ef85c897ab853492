//! The child process that reads a workbook, from both sides.

use super::{BadWorkbook, Converted, Limits, SUBCOMMAND, Workbooks};
use rustix::process::{Resource, Rlimit, Signal, setrlimit};
use std::ffi::OsString;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

/// How often the child is looked after.
const LOOK: Duration = Duration::from_millis(5);
/// How much of the child's answer is read.
const ANSWER: u64 = 1 << 20;

/// The parent's side: starts the child, waits within the time limit, and says what came of it.
pub(super) fn convert(
    workbooks: &Workbooks,
    path: &Path,
    sheet: Option<&str>,
    csv: &Path,
) -> Result<Converted, BadWorkbook> {
    let failed = |error: &dyn std::error::Error| {
        BadWorkbook::new(
            format!("The process that reads workbooks can't be started ({error})."),
            "Save the sheet as CSV and use that, and tell whoever looks after Forewarn.",
        )
    };
    let limits = serde_json::to_string(&workbooks.limits).map_err(|error| failed(&error))?;
    let mut command = Command::new(&workbooks.program);
    // Nothing of our environment (passwords, addresses) is of any use to it.
    command.arg(SUBCOMMAND).args([path, csv]).arg(limits).args(sheet).env_clear();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| failed(&error))?;
    let answer = child.stdout.take().map(|out| {
        thread::spawn(move || {
            let mut answer = Vec::new();
            out.take(ANSWER).read_to_end(&mut answer).map(|_| answer).unwrap_or_default()
        })
    });
    let Some(status) = wait(&mut child, workbooks.limits.time) else {
        return Err(BadWorkbook::new(
            format!("Reading the workbook took more than {} seconds.", workbooks.limits.time.as_secs()),
            "Save the sheet as CSV and use that.",
        ));
    };
    let answer = answer.and_then(|thread| thread.join().ok()).unwrap_or_default();
    match serde_json::from_slice::<Result<Converted, BadWorkbook>>(&answer) {
        Ok(result) => result,
        Err(_) => Err(died(status, &workbooks.limits)),
    }
}

/// Waits for the child; kills it and gives `None` when it takes too long. Counts its own naps instead of
/// reading a clock.
fn wait(child: &mut Child, most: Duration) -> Option<ExitStatus> {
    let mut waited = Duration::ZERO;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if waited < most => {
                thread::sleep(LOOK);
                waited += LOOK;
            }
            Ok(None) | Err(_) => {
                let _gone_already = child.kill();
                let _reaped = child.wait();
                return None;
            }
        }
    }
}

/// The child is gone without an answer: it was stopped by a limit, or it isn't our program.
fn died(status: ExitStatus, limits: &Limits) -> BadWorkbook {
    let what = match status.code() {
        None if status.signal() == Some(Signal::XFSZ.as_raw()) => {
            "The texts of the sheet are longer than any report's.".to_owned()
        }
        None => format!("Reading the workbook needs more than {} MB of memory.", limits.memory_bytes >> 20),
        Some(code) => format!("The process that reads workbooks ended with code {code}."),
    };
    BadWorkbook::new(what, "Save the sheet as CSV and use that.")
}

/// The child's side: what the binary's hidden subcommand [`SUBCOMMAND`] calls with the arguments that follow
/// it, before it starts any thread or opens anything.
///
/// The arguments are the workbook, the CSV to write, the limits as JSON and, if wanted, the sheet; the
/// answer is JSON on standard output. [`Workbooks::convert`] is the other side of it.
pub fn child_main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments = arguments.into_iter();
    let (Some(path), Some(csv), Some(limits)) = (arguments.next(), arguments.next(), arguments.next()) else {
        return ExitCode::from(64);
    };
    let sheet = arguments.next().map(|sheet| sheet.to_string_lossy().into_owned());
    let Ok(limits) = serde_json::from_str::<Limits>(&limits.to_string_lossy()) else {
        return ExitCode::from(64);
    };
    if limit_memory(limits.memory_bytes).and_then(|()| limit_work(&limits)).is_err() {
        return ExitCode::from(71);
    }
    let result = super::to_csv(&PathBuf::from(path), sheet.as_deref(), &limits, &PathBuf::from(csv));
    let mut out = std::io::stdout().lock();
    let written =
        serde_json::to_writer(&mut out, &result).map_err(std::io::Error::from).and_then(|()| out.flush());
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(74) }
}

/// Bounds what this process writes and how long it computes, and lets it end with its parent: after a `kill -9` nobody is
/// there to stop it.
fn limit_work(limits: &Limits) -> std::io::Result<()> {
    let at_most = |limit| Rlimit { current: Some(limit), maximum: Some(limit) };
    setrlimit(Resource::Fsize, at_most(limits.unpacked_bytes.saturating_add(1 << 20)))?;
    // The parent stops it long before; this is for one without a parent.
    setrlimit(Resource::Cpu, at_most(limits.time.as_secs().saturating_mul(2).saturating_add(5)))?;
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    Ok(())
}

/// Bounds the address space of this process to `bytes`, for good, and leaves no core file when it ends by
/// that. An allocation beyond it aborts the process.
pub fn limit_memory(bytes: u64) -> std::io::Result<()> {
    let at_most = |limit| Rlimit { current: Some(limit), maximum: Some(limit) };
    setrlimit(Resource::As, at_most(bytes))?;
    setrlimit(Resource::Core, at_most(0))?;
    Ok(())
}
