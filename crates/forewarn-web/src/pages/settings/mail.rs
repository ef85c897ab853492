//! Mail: who writes, the server that takes letters, and the mailbox that replies come to.

use super::{Field, Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::pages::tone::Choice;
use askama::Template;

/// `GET /settings/mail`
#[derive(Debug, Template)]
#[template(path = "settings/mail.html")]
pub struct MailPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// Address and name of the sender, and where a copy goes.
    pub sender: Vec<Field>,
    /// The server that takes letters: host, port, user, password.
    pub smtp: Vec<Field>,
    /// How the connection to it is protected.
    pub smtp_security: Vec<Choice>,
    /// The mailbox of replies: host, port, user, password, mailboxes.
    pub imap: Vec<Field>,
    /// How the connection to it is protected.
    pub imap_security: Vec<Choice>,
    /// What whoever runs the program has set instead of this page; empty if nothing.
    pub overridden: String,
    /// Whether mail can be tried: it is set up.
    pub can_try: bool,
    /// To which address a trial goes.
    pub trial_to: String,
    /// What became of the last trial.
    pub trial: Option<TrialNote>,
    /// Whether anything can't be kept as it was typed.
    pub refused: bool,
}

/// What became of a trial.
#[derive(Debug, Clone)]
pub struct TrialNote {
    /// "Under way.", "It worked, today 10:04."
    pub says: String,
    /// Step by step.
    pub steps: Vec<String>,
    /// `None` while it is under way.
    pub worked: Option<bool>,
}

impl MailPage {
    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |trial, wrong: Option<&str>| Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Mail),
            sender: vec![Field {
                wrong: wrong.map(str::to_owned),
                ..Field::new("from_address", "Address", "sales@norpump.example")
            }],
            smtp: vec![
                Field::new("smtp_host", "Server", "smtp.norpump.example"),
                Field::new("smtp_password", "Password", "").hint("A password is kept. Empty keeps it."),
            ],
            smtp_security: Choice::list(&[("start-tls", "STARTTLS"), ("tls", "TLS")], "tls"),
            imap: vec![Field::new("imap_host", "Server", "")],
            imap_security: Choice::list(&[("tls", "TLS")], "tls"),
            overridden: "Whoever runs the program has set: the password.".into(),
            can_try: true,
            trial_to: "jon@norpump.example".into(),
            trial,
            refused: wrong.is_some(),
        };
        let note = |worked| TrialNote {
            says: "It did not work, today 10:04.".into(),
            steps: vec!["ok     connecting to smtp.norpump.example:465".into()],
            worked,
        };
        vec![
            ("kept", page(Some(note(Some(false))), None)),
            ("under-way", page(Some(note(None)), None)),
            ("refused", page(None, Some("“sales” is no e-mail address."))),
        ]
    }
}
