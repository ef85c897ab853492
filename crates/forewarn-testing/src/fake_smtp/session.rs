use std::io::{BufRead as _, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::script::{Deed, Moment, Script};
use super::{Protection, Shared, Taken};

/// Talks to one client until either hangs up.
pub(super) fn run(socket: TcpStream, number: u64, shared: &Shared) {
    let looks = Duration::from_millis(50);
    if socket.set_read_timeout(Some(looks)).and_then(|()| socket.set_nodelay(true)).is_err() {
        return;
    }
    let script = (shared.setup.script)(number);
    let wire: Box<dyn Wire> = match &shared.setup.protection {
        Protection::Tls(certificate) => match certificate.serve(Box::new(socket)) {
            Ok(protected) => Box::new(protected),
            Err(_) => return,
        },
        Protection::None | Protection::StartTls(_) => Box::new(socket),
    };
    let mut session = Session {
        wire: Some(BufReader::new(wire)),
        shared,
        script,
        number,
        mails: 0,
        protected: !matches!(shared.setup.protection, Protection::StartTls(_)),
        known: shared.setup.login.is_none(),
        from: None,
        to: Vec::new(),
    };
    // `None` is how a conversation ends, whoever ended it.
    let _ = session.talk();
}

/// What a conversation runs over.
pub(crate) trait Wire: Read + Write + Send {}

impl<T: Read + Write + Send> Wire for T {}

struct Session<'a> {
    wire: Option<BufReader<Box<dyn Wire>>>,
    shared: &'a Shared,
    script: Script,
    number: u64,
    mails: usize,
    protected: bool,
    known: bool,
    from: Option<String>,
    to: Vec<String>,
}

impl Session<'_> {
    fn talk(&mut self) -> Option<()> {
        self.act(Moment::Greeting, "220 fake.example ESMTP")?;
        loop {
            let line = self.line()?;
            let verb: String = line.chars().take_while(char::is_ascii_alphabetic).collect();
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" | "HELO" => self.hello()?,
                "STARTTLS" => self.start_tls()?,
                "AUTH" => self.log_in(&line)?,
                "MAIL" => self.sender(&line)?,
                "RCPT" => self.recipient(&line)?,
                "DATA" => self.data()?,
                "RSET" => {
                    self.forget();
                    self.say("250 2.0.0 forgotten")?;
                }
                "NOOP" => self.say("250 2.0.0 nothing done")?,
                "QUIT" => {
                    self.say("221 2.0.0 goodbye")?;
                    return None;
                }
                _ => self.say("500 5.5.1 what was that")?,
            }
        }
    }

    fn hello(&mut self) -> Option<()> {
        let mut lines = vec!["fake.example".to_owned(), "PIPELINING".to_owned(), "8BITMIME".to_owned()];
        if !self.protected {
            lines.push("STARTTLS".to_owned());
        }
        if self.shared.setup.login.is_some() && self.protected {
            lines.push(format!("AUTH {}", self.shared.setup.ways));
        }
        let last = lines.len() - 1;
        let join = |(at, line): (usize, String)| format!("250{}{line}", if at == last { ' ' } else { '-' });
        let answer: Vec<String> = lines.into_iter().enumerate().map(join).collect();
        self.act(Moment::Hello, &answer.join("\r\n")).map(drop)
    }

    fn start_tls(&mut self) -> Option<()> {
        let Protection::StartTls(certificate) = &self.shared.setup.protection else {
            return self.say("502 5.5.1 not here");
        };
        if !self.act(Moment::StartTls, "220 2.0.0 go ahead")? {
            return Some(());
        }
        let plain = self.wire.take()?.into_inner();
        self.wire = Some(BufReader::new(Box::new(certificate.serve(plain).ok()?)));
        self.protected = true;
        Some(())
    }

    fn log_in(&mut self, line: &str) -> Option<()> {
        let Some((user, password)) = &self.shared.setup.login else {
            return self.say("503 5.5.1 no need");
        };
        let words: Vec<&str> = line.split_whitespace().collect();
        let given = match words.as_slice() {
            [_, way, secret] if way.eq_ignore_ascii_case("PLAIN") => vec![(*secret).to_owned()],
            [_, way] if way.eq_ignore_ascii_case("LOGIN") => {
                self.say("334 VXNlcm5hbWU6")?;
                let user = self.line()?;
                self.say("334 UGFzc3dvcmQ6")?;
                vec![user, self.line()?]
            }
            _ => Vec::new(),
        };
        let plain = vec![BASE64.encode(format!("\0{user}\0{password}"))];
        self.known = given == plain || given == vec![BASE64.encode(user), BASE64.encode(password)];
        self.say(if self.known { "235 2.7.0 welcome" } else { "535 5.7.8 wrong user or password" })
    }

    fn sender(&mut self, line: &str) -> Option<()> {
        if !self.known || !self.protected {
            return self.say("530 5.7.0 log in first");
        }
        if self.act(Moment::Sender, "250 2.1.0 sender ok")? {
            self.forget();
            self.from = Some(address(line));
        }
        Some(())
    }

    fn recipient(&mut self, line: &str) -> Option<()> {
        if self.from.is_none() {
            return self.say("503 5.5.1 MAIL first");
        }
        let moment = if self.to.is_empty() { Moment::Recipient } else { Moment::FurtherRecipient };
        if self.act(moment, "250 2.1.5 recipient ok")? {
            self.to.push(address(line));
        }
        Some(())
    }

    fn data(&mut self) -> Option<()> {
        if self.to.is_empty() {
            return self.say("503 5.5.1 RCPT first");
        }
        if !self.act(Moment::Data, "354 go ahead, end with a dot")? {
            return Some(());
        }
        let mut mime = String::new();
        let mut begun = false;
        loop {
            let line = self.line()?;
            if line == "." {
                break;
            }
            if !begun && let Some(deed) = self.deed(Moment::Content) {
                // Whatever is said in the middle of a text is out of turn; the text goes on.
                self.carry_out(&deed)?;
            }
            begun = true;
            mime.push_str(line.strip_prefix('.').unwrap_or(&line));
            mime.push_str("\r\n");
        }
        self.dot(mime)
    }

    fn dot(&mut self, mime: String) -> Option<()> {
        let accepted = "250 2.0.0 taken";
        match self.deed(Moment::Dot) {
            None => {
                self.take(mime);
                self.say(accepted)
            }
            Some(Deed::TakeAndDrop) => {
                self.take(mime);
                None
            }
            Some(Deed::AnswerAndTake(words)) => {
                self.say(&words)?;
                self.take(mime);
                self.say(accepted)
            }
            Some(Deed::TakeAndAnswerAfter(wait)) => {
                self.take(mime);
                self.rest(wait)?;
                self.say(accepted)
            }
            Some(deed) => {
                if matches!(&deed, Deed::Answer(words) if words.starts_with('2')) {
                    self.take(mime);
                }
                self.forget();
                self.carry_out(&deed)
            }
        }
    }

    fn take(&mut self, mime: String) {
        let message_id = header(&mime, "message-id");
        let from = self.from.take().unwrap_or_default();
        let to = std::mem::take(&mut self.to);
        self.mails += 1;
        self.shared.take(Taken { connection: self.number, from, to, mime, message_id });
    }

    fn forget(&mut self) {
        self.from = None;
        self.to.clear();
    }

    fn deed(&self, moment: Moment) -> Option<Deed> {
        self.script.deed(moment, self.mails).cloned()
    }

    /// Carries out what the script says, or answers `usual`. `true` when all went the usual way.
    fn act(&mut self, moment: Moment, usual: &str) -> Option<bool> {
        match self.deed(moment) {
            Some(deed) => self.carry_out(&deed).map(|()| false),
            None => self.say(usual).map(|()| true),
        }
    }

    fn carry_out(&mut self, deed: &Deed) -> Option<()> {
        match deed {
            Deed::Answer(words) => self.say(words),
            Deed::Stall(wait) => {
                self.rest(*wait)?;
                None
            }
            Deed::Drop | Deed::TakeAndDrop | Deed::AnswerAndTake(_) | Deed::TakeAndAnswerAfter(_) => None,
        }
    }

    /// Sleeps in small steps, so that a server that stops does not wait for it.
    fn rest(&self, wait: Duration) -> Option<()> {
        let until = Instant::now() + wait;
        while Instant::now() < until {
            if self.shared.is_stopping() {
                return None;
            }
            std::thread::sleep(Duration::from_millis(20).min(wait));
        }
        Some(())
    }

    fn say(&mut self, words: &str) -> Option<()> {
        let wire = self.wire.as_mut()?.get_mut();
        wire.write_all(format!("{words}\r\n").as_bytes()).and_then(|()| wire.flush()).ok()
    }

    fn line(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        loop {
            match self.wire.as_mut()?.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) if bytes.ends_with(b"\n") => break,
                Ok(_) => {}
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    if self.shared.is_stopping() {
                        return None;
                    }
                }
                Err(_) => return None,
            }
        }
        let line = String::from_utf8_lossy(&bytes);
        Some(
            line.strip_suffix('\n')
                .map(|line| line.strip_suffix('\r').unwrap_or(line))
                .unwrap_or(&line)
                .to_owned(),
        )
    }
}

/// What stands between `<` and `>`.
fn address(line: &str) -> String {
    let inner = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

/// The value of a header, unfolded.
fn header(mime: &str, name: &str) -> Option<String> {
    let headers = mime.split("\r\n\r\n").next()?.replace("\r\n ", " ").replace("\r\n\t", " ");
    let is_it = |line: &&str| line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
    let line = headers.split("\r\n").find(is_it)?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}
