use std::fmt;

use super::trouble::Phase;

/// What a server said to a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// To which.
    pub phase: Phase,
    /// 250, 550, …
    pub code: u16,
    /// Its words, the lines joined by spaces, cut after 500 characters.
    pub text: String,
    /// Its words line by line, as EHLO needs them.
    pub(super) lines: Vec<String>,
}

impl Answer {
    /// 2xx: done.
    pub fn is_yes(&self) -> bool {
        self.code / 100 == 2
    }

    /// 3xx: go on.
    pub(super) fn is_go_on(&self) -> bool {
        self.code / 100 == 3
    }

    /// 5xx: never.
    pub fn is_never(&self) -> bool {
        self.code / 100 == 5
    }

    /// 4xx: not now.
    pub fn is_not_now(&self) -> bool {
        self.code / 100 == 4
    }

    /// Whether a new connection helps: 421 says goodbye; 452 is what OpenSMTPD says after about a hundred mails
    /// in one session.
    pub(super) fn wants_a_new_connection(&self) -> bool {
        matches!(self.code, 421 | 452)
    }

    pub(super) fn new(phase: Phase, code: u16, lines: Vec<String>) -> Self {
        let text = lines.join(" ").chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect();
        Self { phase, code, text, lines }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}
