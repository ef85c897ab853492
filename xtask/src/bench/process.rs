use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// How long a whole process took and how much memory it had at most.
pub(super) struct Measured {
    pub(super) time: Duration,
    /// The peak of its resident memory; none where the system does not tell (it is read from /proc).
    pub(super) peak_megabytes: Option<f64>,
    pub(super) stdout: String,
}

/// Runs a process to its end and measures it. Its exit code is among `fine`, or this is an error.
pub(super) fn measure(command: &mut Command, fine: impl Fn(i32) -> bool) -> Result<Measured> {
    let name = command.get_program().to_string_lossy().into_owned();
    // Into files: a pipe that nobody empties would stop the process, and emptying it would cost time here.
    let (stdout, stderr) = (tempfile::NamedTempFile::new()?, tempfile::NamedTempFile::new()?);
    command.stdin(Stdio::null()).stdout(stdout.reopen()?).stderr(stderr.reopen()?);

    let started = Instant::now();
    let mut child = command.spawn().with_context(|| format!("starting {name}"))?;
    let mut peak_megabytes = None;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak_megabytes = memory(child.id(), "VmHWM:").or(peak_megabytes);
        std::thread::sleep(Duration::from_millis(1));
    };
    let time = started.elapsed();

    let stdout = std::fs::read_to_string(stdout.path())?;
    if !status.code().is_some_and(fine) {
        bail!("{name} failed ({status}):\n{stdout}{}", std::fs::read_to_string(stderr.path())?);
    }
    Ok(Measured { time, peak_megabytes, stdout })
}

/// A line of /proc/ID/status in megabytes: `VmHWM:` is the peak of resident memory, `VmRSS:` what it has now.
pub(super) fn memory(process: u32, line: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = status.lines().find_map(|text| text.strip_prefix(line))?;
    let kilobytes: f64 = value.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_measured_and_a_failed_one_is_an_error() {
        let done =
            measure(Command::new("sh").args(["-c", "sleep 0.05; echo done"]), |code| code == 0).unwrap();
        assert_eq!(done.stdout, "done\n");
        assert!(done.time >= Duration::from_millis(50));
        assert!(measure(Command::new("sh").args(["-c", "exit 3"]), |code| code == 0).is_err());
    }
}
