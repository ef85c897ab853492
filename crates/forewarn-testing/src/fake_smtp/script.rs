use std::time::Duration;

/// What one connection lives through.
#[derive(Clone, Debug, Default)]
pub struct Script {
    lines: Vec<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    moment: Moment,
    deed: Deed,
    after: usize,
}

/// When something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Instead of the greeting.
    Greeting,
    /// At EHLO.
    Hello,
    /// At STARTTLS.
    StartTls,
    /// At MAIL.
    Sender,
    /// At the first RCPT of a mail.
    Recipient,
    /// At every further one.
    FurtherRecipient,
    /// At DATA.
    Data,
    /// In the middle of the text.
    Content,
    /// When the dot has come.
    Dot,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Says this (`550 5.1.1 no such user`); the mail is not taken, unless it is a 2xx to the dot.
    Answer(String),
    /// Hangs up. At the dot: without having taken the mail.
    Drop,
    /// Says nothing for this long, then hangs up.
    Stall(Duration),
    /// At the dot: takes the mail and hangs up without a word.
    TakeAndDrop,
    /// At the dot: says this about something else, and then takes the mail and says so.
    AnswerAndTake(String),
    /// At the dot: takes the mail and says so after this long.
    TakeAndAnswerAfter(Duration),
}

impl Deed {
    /// [`Deed::Answer`] from a `&str`.
    pub fn answer(words: &str) -> Self {
        Self::Answer(words.to_owned())
    }
}

impl Script {
    /// Takes everything.
    pub fn accepts() -> Self {
        Self::default()
    }

    /// At `moment`, `deed`. The first line that fits counts.
    #[must_use]
    pub fn at(mut self, moment: Moment, deed: Deed) -> Self {
        self.lines.push(Line { moment, deed, after: 0 });
        self
    }

    /// Holds the last deed back until this connection has taken `mails`.
    #[must_use]
    pub fn after(mut self, mails: usize) -> Self {
        if let Some(line) = self.lines.last_mut() {
            line.after = mails;
        }
        self
    }

    /// What happens now, on a connection that has taken so many mails.
    pub(super) fn deed(&self, moment: Moment, taken: usize) -> Option<&Deed> {
        self.lines.iter().find(|line| line.moment == moment && line.after <= taken).map(|line| &line.deed)
    }
}
