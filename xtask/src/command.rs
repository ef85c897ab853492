//! Starting other programs, and saying which one it was when that fails.

use std::io::{BufRead as _, BufReader, IsTerminal as _, Read};
use std::process::{Command, ExitStatus, Output, Stdio};
use std::thread;

use anyhow::{Context as _, Result, ensure};

/// Ways to run a [`Command`] whose errors name the program.
pub(crate) trait Named {
    /// Runs it to its end and keeps what it writes.
    fn output_of(&mut self) -> Result<Output>;
    /// Runs it to its end; anything but success is an error with what it wrote.
    fn must_succeed(&mut self) -> Result<String>;
    /// Runs it to its end, shows what it writes while it writes it, and keeps it without colours.
    fn shown(&mut self) -> Result<(ExitStatus, String)>;
}

impl Named for Command {
    fn output_of(&mut self) -> Result<Output> {
        let name = name(self);
        self.stdin(Stdio::null()).output().with_context(|| format!("starting {name}"))
    }

    fn must_succeed(&mut self) -> Result<String> {
        let name = name(self);
        let output = self.output_of()?;
        let (written, complaints) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        ensure!(output.status.success(), "{name} failed ({}):\n{written}{complaints}", output.status);
        Ok(written.into_owned())
    }

    fn shown(&mut self) -> Result<(ExitStatus, String)> {
        let name = name(self);
        if std::io::stderr().is_terminal() {
            self.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
        }
        self.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.spawn().with_context(|| format!("starting {name}"))?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let complaints = thread::spawn(move || pass_on(stderr, |line| eprint!("{line}")));
        let mut written = pass_on(stdout, |line| print!("{line}"));
        written.push_str(&complaints.join().unwrap_or_default());
        let status = child.wait().with_context(|| format!("waiting for {name}"))?;
        Ok((status, written))
    }
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn pass_on(stream: Option<impl Read>, show: impl Fn(&str)) -> String {
    let mut kept = String::new();
    let Some(stream) = stream else { return kept };
    let mut stream = BufReader::new(stream);
    let mut line = Vec::new();
    while matches!(stream.read_until(b'\n', &mut line), Ok(1..)) {
        let text = String::from_utf8_lossy(&line);
        show(&text);
        kept.push_str(&without_colours(&text));
        line.clear();
    }
    kept
}

/// Drops the escape sequences that colour a terminal: ESC `[` … letter.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..start]);
        let sequence = &rest[start + 2..];
        let end = sequence.find(|c: char| c.is_ascii_alphabetic()).map_or(sequence.len(), |end| end + 1);
        rest = &sequence[end..];
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_and_words_stay() {
        assert_eq!(without_colours("\u{1b}[32;1m   Summary\u{1b}[0m [ 1.2s] ok"), "   Summary [ 1.2s] ok");
    }

    #[test]
    fn what_a_program_writes_is_kept_from_both_streams() {
        let (status, written) = Command::new("sh").args(["-c", "echo out; echo err >&2"]).shown().unwrap();
        assert!(status.success());
        assert_eq!(written, "out\nerr\n");
    }
}
