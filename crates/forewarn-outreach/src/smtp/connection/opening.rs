use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tokio::net::TcpStream;

use crate::smtp::answer::Answer;
use crate::smtp::conversation::{Conversation, within};
use crate::smtp::server::{Login, Security, Server};
use crate::smtp::trouble::{Cause, Phase, Trouble};
use crate::wire::{self, Wire};

/// Everything up to the point where a mail can be announced.
pub(super) async fn open(server: &Server) -> Result<Conversation, Trouble> {
    let socket = connect(server).await?;
    let own = socket.local_addr().ok();
    let mut conversation = match server.security {
        Security::Tls => Conversation::over(protect(server, Box::new(socket)).await?),
        Security::Plain | Security::StartTls => Conversation::over(Box::new(socket)),
    };
    must(conversation.hear(Phase::Greeting, server.patience.answer).await?)?;
    let mut offers = hello(server, own, &mut conversation).await?;
    if server.security == Security::StartTls {
        if !offers.has("STARTTLS") {
            return Err(Trouble { phase: Phase::Tls, cause: Cause::NoStartTls });
        }
        must(conversation.ask(Phase::Tls, "STARTTLS", server.patience.answer).await?)?;
        let slipped_in = || tls_trouble("the server spoke before TLS was agreed".to_owned());
        let wire = conversation.into_wire().ok_or_else(slipped_in)?;
        conversation = Conversation::over(protect(server, wire).await?);
        // RFC 3207 4.2: what was offered before TLS is forgotten.
        offers = hello(server, own, &mut conversation).await?;
    }
    if let Some(login) = &server.login {
        log_in(server, login, &offers, &mut conversation).await?;
    }
    Ok(conversation)
}

async fn connect(server: &Server) -> Result<TcpStream, Trouble> {
    let phase = Phase::Connect;
    let connecting = wire::connect(&server.host, server.port);
    let socket = within(phase, server.patience.connect, connecting).await?;
    socket.map_err(|words| Trouble { phase, cause: Cause::Network(words) })
}

async fn protect(server: &Server, wire: Box<dyn Wire>) -> Result<Box<dyn Wire>, Trouble> {
    let shaking = wire::protect(&server.host, &server.trust, wire);
    within(Phase::Tls, server.patience.answer, shaking).await?.map_err(tls_trouble)
}

fn tls_trouble(what: String) -> Trouble {
    Trouble { phase: Phase::Tls, cause: Cause::Tls(what) }
}

/// What a server can do, as its answer to EHLO says.
struct Offers(Vec<String>);

impl Offers {
    fn has(&self, keyword: &str) -> bool {
        self.line(keyword).is_some()
    }

    /// Whether `AUTH` lists this way to log in.
    fn has_login(&self, way: &str) -> bool {
        let ways = self.line("AUTH").unwrap_or_default().split_whitespace();
        ways.skip(1).any(|offered| offered.eq_ignore_ascii_case(way))
    }

    fn line(&self, keyword: &str) -> Option<&str> {
        let is_it = |line: &&String| {
            line.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case(keyword))
        };
        self.0.iter().find(is_it).map(String::as_str)
    }
}

async fn hello(
    server: &Server,
    own: Option<SocketAddr>,
    conversation: &mut Conversation,
) -> Result<Offers, Trouble> {
    let name = hello_name(server.hello.as_deref(), own);
    let answer = conversation.ask(Phase::Greeting, &format!("EHLO {name}"), server.patience.answer).await?;
    must(answer).map(|answer| Offers(answer.lines))
}

/// The configured name, if it is one; else our address as a literal (RFC 5321 4.1.4).
fn hello_name(configured: Option<&str>, own: Option<SocketAddr>) -> String {
    let is_name = |name: &&str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.[]:".contains(&byte))
    };
    match (configured.filter(is_name), own) {
        (Some(name), _) => name.to_owned(),
        (None, Some(SocketAddr::V4(own))) => format!("[{}]", own.ip()),
        (None, Some(SocketAddr::V6(own))) => format!("[IPv6:{}]", own.ip()),
        (None, None) => "[127.0.0.1]".to_owned(),
    }
}

/// RFC 4954, with PLAIN (RFC 4616) or else LOGIN.
async fn log_in(
    server: &Server,
    login: &Login,
    offers: &Offers,
    conversation: &mut Conversation,
) -> Result<(), Trouble> {
    let (phase, patience) = (Phase::Login, server.patience.answer);
    let Login { user, password } = login;
    if offers.has_login("PLAIN") {
        let plain = BASE64.encode(format!("\0{user}\0{password}"));
        must(conversation.ask(phase, &format!("AUTH PLAIN {plain}"), patience).await?)?;
    } else if offers.has_login("LOGIN") {
        for line in ["AUTH LOGIN".to_owned(), BASE64.encode(user)] {
            let answer = conversation.ask(phase, &line, patience).await?;
            if !answer.is_go_on() {
                return Err(Trouble { phase, cause: Cause::Answered(answer) });
            }
        }
        must(conversation.ask(phase, &BASE64.encode(password), patience).await?)?;
    } else {
        return Err(Trouble { phase, cause: Cause::NoLogin });
    }
    Ok(())
}

fn must(answer: Answer) -> Result<Answer, Trouble> {
    if answer.is_yes() {
        Ok(answer)
    } else {
        Err(Trouble { phase: answer.phase, cause: Cause::Answered(answer) })
    }
}
