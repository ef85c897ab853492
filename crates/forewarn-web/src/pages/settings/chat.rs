//! Chat: where notices are posted besides mail.

use super::mail::TrialNote;
use super::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::pages::tone::Choice;
use askama::Template;

/// `GET /settings/chat`
#[derive(Debug, Template)]
#[template(path = "settings/chat.html")]
pub struct ChatPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// One's own, and those of teams.
    pub cards: Vec<ChatCard>,
    /// The private networks that a chat may be in, a line each; `None` for those who may not say.
    pub networks: Option<String>,
    /// What is wrong with them.
    pub networks_wrong: Option<String>,
}

/// Where one person or team takes notices.
#[derive(Debug, Clone)]
pub struct ChatCard {
    /// "person-4", "team-1"
    pub key: String,
    /// "My own", "Nordic"
    pub name: String,
    /// "Slack at hooks.slack.com. The address is kept and not shown."
    pub says: String,
    /// Whether there is one.
    pub set: bool,
    /// The kinds of chat.
    pub kinds: Vec<Choice>,
    /// What was typed and could not be kept, and why.
    pub wrong: Option<(String, String)>,
    /// What became of the last trial.
    pub trial: Option<TrialNote>,
}

impl ChatPage {
    /// Samples.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let card = |key: &str, set, wrong: Option<(&str, &str)>| ChatCard {
            key: key.into(),
            name: "Nordic".into(),
            says: "Slack at hooks.slack.com. The address is kept and not shown.".into(),
            set,
            kinds: Choice::list(&[("slack", "Slack"), ("ntfy", "ntfy")], "slack"),
            wrong: wrong.map(|(typed, why)| (typed.into(), why.into())),
            trial: set.then(|| TrialNote {
                says: "It worked, today 10:04.".into(),
                steps: Vec::new(),
                worked: Some(true),
            }),
        };
        let page = |networks: Option<&str>| Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Chat),
            cards: vec![
                card("person-1", false, Some(("hooks", "That is no web address."))),
                card("team-1", true, None),
            ],
            networks: networks.map(str::to_owned),
            networks_wrong: networks.map(|_| "“10.1” is no network.".to_owned()),
        };
        vec![("admin", page(Some("10.1.0.0/16"))), ("rep", page(None))]
    }
}
