use std::future::Future;
use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::time::timeout;

use super::answer::Answer;
use super::trouble::{Cause, Phase, Trouble};
use crate::wire::Wire;

/// Commands out, answers in, each with its patience.
pub(super) struct Conversation {
    wire: BufReader<Box<dyn Wire>>,
}

/// RFC 5321 4.5.3.1.5 says 512 bytes a line; servers say more.
const LONGEST_LINE: u64 = 4096;
const MOST_LINES: usize = 100;

impl Conversation {
    pub(super) fn over(wire: Box<dyn Wire>) -> Self {
        Self { wire: BufReader::new(wire) }
    }

    /// Says one line and hears the answer.
    pub(super) async fn ask(
        &mut self,
        phase: Phase,
        line: &str,
        patience: Duration,
    ) -> Result<Answer, Trouble> {
        self.say(phase, format!("{line}\r\n").as_bytes(), patience).await?;
        self.hear(phase, patience).await
    }

    /// Writes and flushes.
    pub(super) async fn say(
        &mut self,
        phase: Phase,
        bytes: &[u8],
        patience: Duration,
    ) -> Result<(), Trouble> {
        let wire = &mut self.wire;
        let writing = async {
            wire.write_all(bytes).await?;
            wire.flush().await
        };
        within(phase, patience, writing).await?.map_err(|error| broken(phase, &error))
    }

    /// Reads one answer, of one line or several.
    pub(super) async fn hear(&mut self, phase: Phase, patience: Duration) -> Result<Answer, Trouble> {
        within(phase, patience, self.read_answer(phase)).await?
    }

    /// Whether nothing has come that was not asked for: an answer before its question, or a hang-up.
    pub(super) async fn is_quiet(&mut self) -> bool {
        timeout(Duration::ZERO, self.wire.fill_buf()).await.is_err()
    }

    /// The wire itself, to protect it; `None` when the server has said more than it was asked, which somebody in
    /// between may have slipped in (CVE-2011-0411).
    pub(super) fn into_wire(self) -> Option<Box<dyn Wire>> {
        let quiet = self.wire.buffer().is_empty();
        quiet.then(|| self.wire.into_inner())
    }

    async fn read_answer(&mut self, phase: Phase) -> Result<Answer, Trouble> {
        let mut lines = Vec::new();
        loop {
            let line = self.read_line(phase).await?;
            let not_understood =
                || Trouble { phase, cause: Cause::NotUnderstood(line.chars().take(80).collect()) };
            let code = line
                .get(..3)
                .and_then(|code| code.parse::<u16>().ok())
                .filter(|code| (200..600).contains(code));
            let code = code.ok_or_else(not_understood)?;
            let goes_on = match line.as_bytes().get(3) {
                Some(b'-') => true,
                Some(b' ') | None => false,
                Some(_) => return Err(not_understood()),
            };
            lines.push(line.get(4..).unwrap_or_default().trim().to_owned());
            if !goes_on {
                return Ok(Answer::new(phase, code, lines));
            }
            if lines.len() > MOST_LINES {
                return Err(not_understood());
            }
        }
    }

    async fn read_line(&mut self, phase: Phase) -> Result<String, Trouble> {
        let mut bytes = Vec::new();
        let mut limited = (&mut self.wire).take(LONGEST_LINE);
        limited.read_until(b'\n', &mut bytes).await.map_err(|error| broken(phase, &error))?;
        let line = String::from_utf8_lossy(&bytes).into_owned();
        if bytes.last() != Some(&b'\n') {
            let too_long = bytes.len() as u64 == LONGEST_LINE;
            let cause =
                if too_long { Cause::NotUnderstood(line.chars().take(80).collect()) } else { Cause::Closed };
            return Err(Trouble { phase, cause });
        }
        Ok(line.trim_end().to_owned())
    }
}

/// `work`, for at most `patience`.
pub(super) async fn within<T>(
    phase: Phase,
    patience: Duration,
    work: impl Future<Output = T>,
) -> Result<T, Trouble> {
    timeout(patience, work).await.map_err(|_| Trouble { phase, cause: Cause::Silent(patience) })
}

fn broken(phase: Phase, error: &io::Error) -> Trouble {
    use io::ErrorKind::{BrokenPipe, ConnectionReset, UnexpectedEof};
    let gone = matches!(error.kind(), UnexpectedEof | ConnectionReset | BrokenPipe);
    let cause = if gone { Cause::Closed } else { Cause::Network(error.to_string()) };
    Trouble { phase, cause }
}
