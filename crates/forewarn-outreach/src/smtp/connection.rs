use std::future::Future;

use super::answer::Answer;
use super::conversation::Conversation;
use super::server::{Patience, Server};
use super::trouble::{Cause, Phase, Trouble};
use crate::mime::Mailbox;

mod opening;

/// A session with a mail server, logged in, ready for one mail after another.
pub struct Connection {
    /// Gone once the two sides may disagree about where they are.
    conversation: Option<Conversation>,
    patience: Patience,
    /// A mail was begun and not finished: RSET before the next.
    begun: bool,
}

/// The answer to QUIT (RFC 5321 4.2.3), and to nothing else.
const GOODBYE: u16 = 221;

/// Whose mail it is for the server: not what its headers say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Who hears of a bounce.
    pub from: Mailbox,
    /// The one recipient.
    pub to: Mailbox,
    /// Our own mailbox, where a copy proves later that the mail was sent. Its refusal stops nothing.
    pub copy: Option<Mailbox>,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOver {
    /// The server has taken responsibility.
    Accepted {
        /// Its words; as a rule its own number for the mail.
        answer: Answer,
    },
    /// It will never take this mail (5xx).
    Refused {
        /// Its words.
        answer: Answer,
    },
    /// It has not taken it; later it may.
    Later {
        /// Its words (4xx), or what else went wrong before the dot.
        trouble: Trouble,
        /// This connection is of no more use.
        reconnect: bool,
    },
    /// The caller said no before the dot. The connection was dropped, nothing was sent.
    Stopped,
    /// The dot went out and no answer came: it may or may not have been taken. Never send it again by itself.
    Unknown {
        /// What happened instead of an answer.
        trouble: Trouble,
    },
}

impl Connection {
    /// Connects, protects, logs in.
    ///
    /// # Errors
    /// The first thing that did not work; nothing has been sent.
    pub async fn open(server: &Server) -> Result<Self, Trouble> {
        let conversation = opening::open(server).await?;
        Ok(Self { conversation: Some(conversation), patience: server.patience, begun: false })
    }

    /// Hands over one mail (`mime`, as [`crate::mime::compose`] made it). When every byte of it is written and
    /// flushed, and before the dot, asks `before_dot`; a no drops the connection.
    pub async fn hand_over<F>(
        &mut self,
        envelope: &Envelope,
        mime: &[u8],
        before_dot: impl FnOnce() -> F,
    ) -> HandOver
    where
        F: Future<Output = bool>,
    {
        if let Err(end) = self.announce(envelope, true).await {
            return end;
        }
        let patience = self.patience;
        if let Err(trouble) = self.write_content(mime).await {
            return self.later(trouble);
        }
        if !before_dot().await {
            self.conversation = None;
            return HandOver::Stopped;
        }
        let Some(conversation) = &mut self.conversation else { return HandOver::Stopped };
        if !conversation.is_quiet().await {
            return self.later(Trouble { phase: Phase::Content, cause: Cause::Closed });
        }
        let said = conversation.say(Phase::Dot, b".\r\n", patience.answer).await;
        let heard = match said {
            Ok(()) => conversation.hear(Phase::Dot, patience.after_dot).await,
            Err(trouble) => Err(trouble),
        };
        match heard {
            Ok(answer) if answer.is_yes() => {
                self.begun = false;
                HandOver::Accepted { answer }
            }
            Ok(answer) if answer.is_never() || answer.is_not_now() => self.no_to_the_dot(answer).await,
            Ok(answer) => self.unknown(Trouble { phase: Phase::Dot, cause: Cause::Answered(answer) }),
            Err(trouble) => self.unknown(trouble),
        }
    }

    /// Asks whether the server would take a mail of this sender for this recipient, and sends none.
    ///
    /// # Errors
    /// What it said, or what went wrong.
    pub async fn probe(&mut self, envelope: &Envelope) -> Result<(), Trouble> {
        match self.announce(envelope, false).await {
            Ok(()) => Ok(()),
            Err(HandOver::Refused { answer }) => {
                Err(Trouble { phase: answer.phase, cause: Cause::Answered(answer) })
            }
            Err(HandOver::Later { trouble, .. } | HandOver::Unknown { trouble }) => Err(trouble),
            Err(HandOver::Accepted { .. } | HandOver::Stopped) => Ok(()),
        }
    }

    /// Whether another mail can go through.
    pub fn is_open(&self) -> bool {
        self.conversation.is_some()
    }

    /// Says goodbye; nobody waits for long.
    pub async fn quit(self) {
        if let Some(mut conversation) = self.conversation {
            let patience = self.patience.connect;
            // Whatever the server makes of it, we are gone.
            let _ = conversation.ask(Phase::Greeting, "QUIT", patience).await;
        }
    }

    /// MAIL, RCPT and, `with_text`, DATA.
    async fn announce(&mut self, envelope: &Envelope, with_text: bool) -> Result<(), HandOver> {
        if self.begun {
            let answer = self.ask(Phase::Sender, "RSET").await?;
            if !answer.is_yes() {
                return Err(self.no(answer));
            }
        }
        self.begun = true;
        self.must(Phase::Sender, &format!("MAIL FROM:<{}>", envelope.from.address())).await?;
        self.must(Phase::Recipient, &format!("RCPT TO:<{}>", envelope.to.address())).await?;
        if let Some(copy) = &envelope.copy {
            let answer = self.ask(Phase::Recipient, &format!("RCPT TO:<{}>", copy.address())).await?;
            if answer.code == 421 {
                return Err(self.no(answer));
            }
        }
        if with_text { self.must(Phase::Data, "DATA").await } else { Ok(()) }
    }

    /// The text with its lines ended by CRLF and its leading dots doubled (RFC 5321 4.5.2), all but the dot.
    async fn write_content(&mut self, mime: &[u8]) -> Result<(), Trouble> {
        let closed = Trouble { phase: Phase::Content, cause: Cause::Closed };
        let conversation = self.conversation.as_mut().ok_or_else(|| closed.clone())?;
        for block in on_the_wire(mime).chunks(64 * 1024) {
            conversation.say(Phase::Content, block, self.patience.answer).await?;
        }
        // What the server says before the dot is not about the dot: to take it for that would be wrong.
        if conversation.is_quiet().await { Ok(()) } else { Err(closed) }
    }

    /// A command to which only yes will do (2xx, or 3xx for DATA).
    async fn must(&mut self, phase: Phase, line: &str) -> Result<(), HandOver> {
        let answer = self.ask(phase, line).await?;
        let yes = if phase == Phase::Data { answer.is_go_on() } else { answer.is_yes() };
        if yes { Ok(()) } else { Err(self.no(answer)) }
    }

    async fn ask(&mut self, phase: Phase, line: &str) -> Result<Answer, HandOver> {
        let asked = match &mut self.conversation {
            Some(conversation) => conversation.ask(phase, line, self.patience.answer).await,
            None => Err(Trouble { phase, cause: Cause::Closed }),
        };
        asked.map_err(|trouble| self.later(trouble))
    }

    /// A definite no: 5xx is for good, anything else for now.
    fn no(&mut self, answer: Answer) -> HandOver {
        if answer.is_never() {
            return HandOver::Refused { answer };
        }
        let reconnect = answer.wants_a_new_connection() || !answer.is_not_now();
        if reconnect {
            self.conversation = None;
        }
        HandOver::Later {
            trouble: Trouble { phase: answer.phase, cause: Cause::Answered(answer) },
            reconnect,
        }
    }

    /// A no after the dot, unless more answers come than were asked for, or none to our goodbye: then this one may
    /// have been about something else, said while the dot was under way, and the mail may have been taken.
    async fn no_to_the_dot(&mut self, answer: Answer) -> HandOver {
        let Some(mut conversation) = self.conversation.take() else { return self.no(answer) };
        match conversation.ask(Phase::Dot, "QUIT", self.patience.answer).await {
            Ok(next) if next.is_yes() && next.code != GOODBYE => {
                let cause = Cause::OutOfStep(answer, next);
                return HandOver::Unknown { trouble: Trouble { phase: Phase::Dot, cause } };
            }
            Err(trouble) if matches!(trouble.cause, Cause::Silent(_)) => {
                return HandOver::Unknown { trouble };
            }
            // It says goodbye, or no again, or has hung up.
            Ok(_) | Err(_) => {}
        }
        match self.no(answer) {
            HandOver::Later { trouble, .. } => HandOver::Later { trouble, reconnect: true },
            end => end,
        }
    }

    fn later(&mut self, trouble: Trouble) -> HandOver {
        self.conversation = None;
        HandOver::Later { trouble, reconnect: true }
    }

    fn unknown(&mut self, trouble: Trouble) -> HandOver {
        self.conversation = None;
        HandOver::Unknown { trouble }
    }
}

fn on_the_wire(mime: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(mime.len() + 64);
    let mut at_start = true;
    let mut bytes = mime.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' | b'\n' => {
                if byte == b'\r' && bytes.peek() == Some(&b'\n') {
                    bytes.next();
                }
                wire.extend_from_slice(b"\r\n");
                at_start = true;
            }
            _ => {
                if at_start && byte == b'.' {
                    wire.push(b'.');
                }
                wire.push(byte);
                at_start = false;
            }
        }
    }
    if !at_start {
        wire.extend_from_slice(b"\r\n");
    }
    wire
}

#[cfg(test)]
mod tests {
    use super::on_the_wire;

    #[test]
    fn no_text_can_end_itself() {
        let check = |mime: &str, expected: &str| {
            assert_eq!(String::from_utf8(on_the_wire(mime.as_bytes())).unwrap(), expected);
        };
        check("a\r\n.\r\nb", "a\r\n..\r\nb\r\n");
        check(".\r\n", "..\r\n");
        check("a\n.\nQUIT\n", "a\r\n..\r\nQUIT\r\n");
        check("a\r.\rb", "a\r\n..\r\nb\r\n");
        check("a\r\r\n.b\r\n", "a\r\n\r\n..b\r\n");
        check("", "");
    }
}
