//! `forewarn mail`.

use super::say;
use crate::cli::{Common, MailCommand, MailTest};
use crate::settings::mail;
use crate::{clock, mail_server};
use anyhow::{Context as _, Result};
use forewarn_outreach::mime::{self, Letter, Mailbox};
use forewarn_outreach::smtp::{Cause, Connection, Envelope, HandOver, Phase, Security, Server, Trouble};
use forewarn_store::settings::mail::MailSettings;
use serde_json::json;
use std::process::ExitCode;
use std::time::Duration;

/// Runs what was asked for.
pub(crate) async fn run(common: &Common, command: MailCommand) -> Result<ExitCode> {
    match command {
        MailCommand::Test(arguments) => test(common, &arguments).await,
    }
}

/// Sends a test mail step by step: exits with 0 when the server has taken it, 1 when something must be mended.
async fn test(common: &Common, arguments: &MailTest) -> Result<ExitCode> {
    let store = super::open(common).await?;
    let settings = mail::overrides()?.over(store.mail_settings().await?).context(
        "Mail is not set up. Save it under Settings, Mail; or set FOREWARN_SMTP_HOST and FOREWARN_MAIL_FROM.",
    )?;
    let from = Mailbox::new(settings.from_name.as_deref(), &settings.from_address)
        .context("The sender’s address in the mail settings can’t be used")?;
    let to = Mailbox::new(None, &arguments.to).context("--to can’t be used")?;
    let server = patient_for_a_test(mail_server::smtp(&settings.smtp));
    let walk = Walk { from, to, server };
    let ended = walk.go().await?;
    if arguments.json {
        say(&walk.in_json(&settings, &ended).to_string());
    } else {
        walk.lines(&ended).iter().for_each(|line| say(line));
    }
    Ok(ExitCode::from(u8::from(ended.is_err())))
}

/// The same for a page: whether the server took the mail, and each step in words.
pub(crate) async fn attempt(settings: &MailSettings, to: &str) -> Result<(bool, Vec<String>)> {
    let from = Mailbox::new(settings.from_name.as_deref(), &settings.from_address)
        .context("The sender’s address can’t be used")?;
    let to = Mailbox::new(None, to).context("The address can’t be used")?;
    let walk = Walk { from, to, server: patient_for_a_test(mail_server::smtp(&settings.smtp)) };
    let ended = walk.go().await?;
    Ok((ended.is_ok(), walk.lines(&ended)))
}

/// Somebody sits and waits.
fn patient_for_a_test(mut server: Server) -> Server {
    server.patience.connect = Duration::from_secs(15);
    server.patience.answer = Duration::from_secs(30);
    server.patience.after_dot = Duration::from_secs(120);
    server
}

/// One mail, on its way through the phases.
struct Walk {
    from: Mailbox,
    to: Mailbox,
    server: Server,
}

/// What the server said, or where it stopped.
type Ended = Result<String, Trouble>;

impl Walk {
    async fn go(&self) -> Result<Ended> {
        let mime = self.mail()?;
        let mut connection = match Connection::open(&self.server).await {
            Ok(connection) => connection,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let envelope = Envelope { from: self.from.clone(), to: self.to.clone(), copy: None };
        let handed = connection.hand_over(&envelope, mime.as_bytes(), async || true).await;
        connection.quit().await;
        Ok(match handed {
            HandOver::Accepted { answer } => Ok(answer.to_string()),
            HandOver::Refused { answer } => {
                Err(Trouble { phase: answer.phase, cause: Cause::Answered(answer) })
            }
            HandOver::Later { trouble, .. } | HandOver::Unknown { trouble } => Err(trouble),
            HandOver::Stopped => Err(Trouble { phase: Phase::Content, cause: Cause::Closed }),
        })
    }

    fn mail(&self) -> Result<String> {
        let body = "This is a test, asked for by a person.\n\nForewarn can hand its mail to your mail server. \
                    Whether it has arrived, only you can see.\n";
        let letter = Letter {
            from: &self.from,
            to: &self.to,
            subject: "Test by Forewarn",
            body,
            message_id: &mime::message_id(&clock::fresh_id().to_string(), &self.from),
            in_reply_to: None,
            references: &[],
            date: clock::now(),
        };
        Ok(mime::compose(&letter)?)
    }

    /// The phases that this server asks for.
    fn phases(&self) -> Vec<Phase> {
        use Phase::{Connect, Content, Data, Dot, Greeting, Login, Recipient, Sender, Tls};
        let start = match self.server.security {
            Security::Plain => vec![Connect, Greeting],
            Security::StartTls => vec![Connect, Greeting, Tls],
            Security::Tls => vec![Connect, Tls, Greeting],
        };
        let login = self.server.login.iter().map(|_| Login);
        start.into_iter().chain(login).chain([Sender, Recipient, Data, Content, Dot]).collect()
    }

    /// The phases that have worked.
    fn worked(&self, ended: &Ended) -> Vec<Phase> {
        let phases = self.phases().into_iter();
        match ended {
            Ok(_) => phases.collect(),
            Err(trouble) => phases.take_while(|phase| *phase != trouble.phase).collect(),
        }
    }

    fn lines(&self, ended: &Ended) -> Vec<String> {
        let mut lines: Vec<String> =
            self.worked(ended).into_iter().map(|phase| format!("ok     {}", self.says(phase))).collect();
        match ended {
            Ok(answer) => {
                lines.push(format!("The mail server took the test mail to {}: {answer}", self.to.address()));
            }
            Err(trouble) => {
                lines.push(format!("mend   {}: {}", self.says(trouble.phase), trouble.cause));
                lines.push(format!("       {}", trouble.advice()));
            }
        }
        lines
    }

    fn says(&self, phase: Phase) -> String {
        match phase {
            Phase::Connect => format!("connecting to {}:{}", self.server.host, self.server.port),
            Phase::Sender => format!("the sender {}", self.from.address()),
            Phase::Recipient => format!("the recipient {}", self.to.address()),
            other => other.as_words().to_owned(),
        }
    }

    fn in_json(&self, settings: &MailSettings, ended: &Ended) -> serde_json::Value {
        let worked: Vec<&str> = self.worked(ended).into_iter().map(word).collect();
        let trouble = ended.as_ref().err();
        json!({
            "server": format!("{}:{}", self.server.host, self.server.port),
            "security": settings.smtp.security.word(),
            "from": self.from.address(),
            "to": self.to.address(),
            "worked": worked,
            "accepted": ended.is_ok(),
            "answer": ended.as_ref().ok(),
            "failed": trouble.map(|trouble| word(trouble.phase)),
            "trouble": trouble.map(|trouble| trouble.cause.to_string()),
            "advice": trouble.map(Trouble::advice),
        })
    }
}

/// The name of a phase for programs.
fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Connect => "connect",
        Phase::Greeting => "greeting",
        Phase::Tls => "tls",
        Phase::Login => "login",
        Phase::Sender => "sender",
        Phase::Recipient => "recipient",
        Phase::Data => "data",
        Phase::Content => "content",
        Phase::Dot => "dot",
    }
}
