//! Mail settings as fields, and read back. Passwords go in and never come out.

use crate::pages::settings::{Field, MailPage, Nav, TrialNote};
use crate::pages::shell::Shell;
use crate::pages::tone::Choice;
use crate::typed::Typed;
use crate::views::clocks::near;
use crate::views::shown::Wall;
use forewarn_outreach::mime::Mailbox;
use forewarn_store::settings::mail::{MailSecurity, MailServer, MailSettings, Mailboxes, Secret};
use forewarn_store::settings::trials::{TRIAL_WAITS, Trial};

/// What the page is made of.
pub(crate) struct Known<'a> {
    /// What is saved.
    pub(crate) saved: Option<&'a MailSettings>,
    /// What holds, with what whoever runs the program says.
    pub(crate) held: Option<&'a MailSettings>,
    /// The last trial.
    pub(crate) trial: Option<&'a Trial>,
    /// The address of whoever looks.
    pub(crate) my_address: &'a str,
    pub(crate) wall: &'a Wall,
}

/// A field that can't be kept, and why.
pub(crate) type Wrong = (&'static str, String);

/// The page. What was typed goes before what is saved, but for passwords.
pub(crate) fn page(
    shell: Shell,
    nav: Nav,
    known: &Known<'_>,
    typed: Option<&Typed>,
    wrong: &[Wrong],
) -> MailPage {
    let saved = known.saved;
    let field = |name: &'static str, label: &str, kept: String| {
        let value = typed.map_or(kept, |typed| typed.get(name).to_owned());
        let wrong = wrong.iter().find(|(field, _)| *field == name).map(|(_, why)| why.clone());
        Field { wrong, ..Field::new(name, label, value) }
    };
    let secret = |name: &'static str, server: Option<&MailServer>| {
        let is_kept = server.is_some_and(|server| server.password.is_some());
        let hint = if is_kept { "A password is kept. Leave this empty to keep it." } else { "" };
        Field { value: String::new(), ..field(name, "Password", String::new()).hint(hint) }
    };
    let of =
        |server: Option<&MailServer>, what: fn(&MailServer) -> String| server.map(what).unwrap_or_default();
    let (smtp, mailboxes) = (saved.map(|saved| &saved.smtp), saved.and_then(|saved| saved.imap.as_ref()));
    let imap = mailboxes.map(|mailboxes| &mailboxes.server);
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let usual = "Empty: the usual one for its protection.";
    let chosen = |name: &str, server: Option<&MailServer>| {
        let kept = server.map_or(MailSecurity::StartTls, |server| server.security);
        typed.and_then(|typed| security(typed.get(name))).unwrap_or(kept)
    };
    MailPage {
        shell,
        nav,
        sender: vec![
            field(
                "from_address",
                "Address",
                saved.map(|saved| saved.from_address.clone()).unwrap_or_default(),
            )
            .hint("Letters come from here, and replies go here."),
            field("from_name", "Name beside it", text(saved.and_then(|saved| saved.from_name.as_ref()))),
            field(
                "self_copy",
                "A copy of each letter to",
                text(saved.and_then(|saved| saved.self_copy.as_ref())),
            )
            .hint("A mailbox of ours; may be empty. Proof that a letter has left."),
        ],
        smtp: vec![
            field("smtp_host", "Server", of(smtp, |server| server.host.clone())),
            field("smtp_port", "Port", of(smtp, |server| server.port.to_string())).hint(usual),
            field("smtp_user", "User name", text(smtp.and_then(|server| server.user.as_ref()))),
            secret("smtp_password", smtp),
        ],
        smtp_security: securities(chosen("smtp_security", smtp)),
        imap: vec![
            field("imap_host", "Server", of(imap, |server| server.host.clone())),
            field("imap_port", "Port", of(imap, |server| server.port.to_string())).hint(usual),
            field("imap_user", "User name", text(imap.and_then(|server| server.user.as_ref()))),
            secret("imap_password", imap),
            field(
                "inbox",
                "Mailbox",
                mailboxes.map_or_else(|| "INBOX".to_owned(), |imap| imap.inbox.clone()),
            ),
            field("sent", "Mailbox of what was sent", text(mailboxes.and_then(|imap| imap.sent.as_ref())))
                .hint("If your mail server files it."),
        ],
        imap_security: securities(chosen("imap_security", imap)),
        overridden: overridden(known),
        can_try: known.held.is_some(),
        trial_to: known.my_address.to_owned(),
        trial: known.trial.map(|trial| note(trial, known.wall)),
        refused: !wrong.is_empty(),
    }
}

/// What was typed, as settings; or what of it can't be kept.
pub(crate) fn read(typed: &Typed, saved: Option<&MailSettings>) -> Result<MailSettings, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let from_address = typed.get("from_address").to_owned();
    address("from_address", &from_address, &mut wrong);
    let self_copy = typed.filled("self_copy").map(str::to_owned);
    if let Some(copy) = &self_copy {
        address("self_copy", copy, &mut wrong);
    }
    let from_name = typed.filled("from_name").map(str::to_owned);
    if Mailbox::new(from_name.as_deref(), "a@b.example").is_err() {
        wrong.push((
            "from_name",
            "This name can’t stand in a mail. Leave out what is not a letter.".to_owned(),
        ));
    }
    let smtp = server(&SMTP, typed, saved.map(|saved| &saved.smtp), &mut wrong);
    if typed.get("smtp_host").is_empty() {
        wrong.push(("smtp_host", "Say which server takes your mail, like smtp.company.com.".to_owned()));
    }
    let mailboxes = saved.and_then(|saved| saved.imap.as_ref());
    let imap = typed.filled("imap_host").map(|_| Mailboxes {
        server: server(&IMAP, typed, mailboxes.map(|imap| &imap.server), &mut wrong),
        inbox: typed.filled("inbox").unwrap_or("INBOX").to_owned(),
        sent: typed.filled("sent").map(str::to_owned),
    });
    if imap.as_ref().is_some_and(|imap| imap.server.user.is_none()) {
        wrong.push(("imap_user", "Say as whom the mailbox is opened.".to_owned()));
    }
    if wrong.is_empty() {
        Ok(MailSettings { from_address, from_name, smtp, imap, self_copy })
    } else {
        Err(wrong)
    }
}

/// The names of the fields of a server.
struct Names {
    host: &'static str,
    port: &'static str,
    security: &'static str,
    user: &'static str,
    password: &'static str,
    usual_port: fn(MailSecurity) -> u16,
}

const SMTP: Names = Names {
    host: "smtp_host",
    port: "smtp_port",
    security: "smtp_security",
    user: "smtp_user",
    password: "smtp_password",
    usual_port: MailSecurity::smtp_port,
};

const IMAP: Names = Names {
    host: "imap_host",
    port: "imap_port",
    security: "imap_security",
    user: "imap_user",
    password: "imap_password",
    usual_port: MailSecurity::imap_port,
};

fn server(names: &Names, typed: &Typed, saved: Option<&MailServer>, wrong: &mut Vec<Wrong>) -> MailServer {
    let host = typed.get(names.host).to_owned();
    if host.contains(|c: char| c.is_whitespace() || c.is_control() || c == '/') {
        wrong.push((names.host, "Write the bare name of the server, like smtp.company.com.".to_owned()));
    }
    let security = security(typed.get(names.security)).unwrap_or(MailSecurity::StartTls);
    let port = match typed.filled(names.port) {
        None => (names.usual_port)(security),
        Some(text) => text.parse().ok().filter(|port| *port > 0).unwrap_or_else(|| {
            wrong.push((names.port, format!("“{text}” is no port. Write 1 to 65535, or leave it empty.")));
            0
        }),
    };
    let user = typed.filled(names.user).map(str::to_owned);
    let new = Secret::new(typed.get(names.password));
    let before = saved.filter(|saved| saved.password.is_some() && user.is_some() && new.is_none());
    let password = match before {
        // A password is only ever given to the server it was typed for.
        Some(saved) if saved.host == host && saved.user == user && !weaker(security, saved.security) => {
            saved.password.clone()
        }
        Some(_) => {
            wrong.push((
                names.password,
                "Server, user or protection have changed: type the password again.".to_owned(),
            ));
            None
        }
        None => new,
    };
    MailServer { host, port, security, user, password }
}

/// Whether what protected a password would not any more.
fn weaker(now: MailSecurity, before: MailSecurity) -> bool {
    now == MailSecurity::Plain && before != MailSecurity::Plain
}

fn address(field: &'static str, address: &str, wrong: &mut Vec<Wrong>) {
    if Mailbox::new(None, address).is_err() {
        wrong.push((field, format!("“{address}” is no e-mail address. Write it like name@company.com.")));
    }
}

fn security(word: &str) -> Option<MailSecurity> {
    MailSecurity::ALL.into_iter().find(|security| security.word() == word)
}

fn securities(chosen: MailSecurity) -> Vec<Choice> {
    let all = MailSecurity::ALL.map(|security| (security.word(), security.name()));
    Choice::list(&all, chosen.word())
}

fn overridden(known: &Known<'_>) -> String {
    match (known.held, known.saved) {
        (Some(held), Some(saved)) if held != saved => {
            "Whoever runs the program has set some of this in its environment; that goes before what is kept here.".to_owned()
        }
        (Some(held), None) => format!(
            "Whoever runs the program has set mail up in its environment: from {} through {}.",
            held.from_address, held.smtp.host
        ),
        _ => String::new(),
    }
}

/// What became of a trial.
pub(super) fn note(trial: &Trial, wall: &Wall) -> TrialNote {
    let asked = near(wall, trial.asked_at);
    match &trial.ended {
        Some(end) if end.worked => TrialNote {
            says: format!("It worked, {}.", near(wall, end.at)),
            steps: end.says.clone(),
            worked: Some(true),
        },
        Some(end) => TrialNote {
            says: format!("It did not work, {}.", near(wall, end.at)),
            steps: end.says.clone(),
            worked: Some(false),
        },
        None if wall.now.duration_since(trial.asked_at) > TRIAL_WAITS => TrialNote {
            says: format!(
                "The test of {asked} was never carried out: is this a demo, or was the program stopped?"
            ),
            steps: Vec::new(),
            worked: Some(false),
        },
        None => TrialNote { says: format!("Under way since {asked}."), steps: Vec::new(), worked: None },
    }
}
