//! Webhooks: other programs that are told what happens.

use super::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::pages::tone::{Chip, Tone};
use askama::Template;

/// `GET /settings/webhooks`
#[derive(Debug, Template)]
#[template(path = "settings/webhooks.html")]
pub struct WebhooksPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// Every address.
    pub hooks: Vec<HookRow>,
    /// The form for another one.
    pub form: HookForm,
}

/// An address in the list.
#[derive(Debug, Clone)]
pub struct HookRow {
    /// "/settings/webhooks/3"
    pub href: String,
    /// "https://erp.example/hooks/forewarn"
    pub url: String,
    /// "hears 3 events"
    pub says: String,
    /// How it stands.
    pub chip: Chip,
}

/// What an address hears.
#[derive(Debug, Clone)]
pub struct HookForm {
    /// What was typed.
    pub url: String,
    /// Name, what it says, and whether it is chosen.
    pub events: Vec<(String, String, bool)>,
    /// Whether internal words are told, too.
    pub internal: bool,
    /// What is wrong: field and sentence.
    pub wrong: Option<(String, String)>,
}

/// `GET /settings/webhooks/{id}`
#[derive(Debug, Template)]
#[template(path = "settings/webhook.html")]
pub struct WebhookPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// The address.
    pub hook: HookRow,
    /// A secret that is shown this once.
    pub secret: Option<String>,
    /// "The secret before holds until Mon 9 Nov 09:21."
    pub old_secret: Option<String>,
    /// Why it hears nothing.
    pub disabled: Option<String>,
    /// Since when nothing has got through, in a sentence.
    pub failing: Option<String>,
    /// What it hears.
    pub form: HookForm,
    /// How many messages were given up: "3 messages".
    pub dead: Option<String>,
    /// The newest messages, those that were given up first.
    pub messages: Vec<MessageRow>,
}

/// A message to an address.
#[derive(Debug, Clone)]
pub struct MessageRow {
    /// Its number.
    pub id: String,
    /// "evt_7_12"
    pub message_id: String,
    /// "customer.told"
    pub told: String,
    /// "Mon 9 Nov 09:21"
    pub when: String,
    /// "delivered", "given up", "waits"
    pub state: Chip,
    /// "200 ok", "no answer in time; tried 3 times, again at 09:26"
    pub answer: String,
    /// What was sent.
    pub payload: String,
    /// Whether it was given up and can be replayed.
    pub dead: bool,
}

impl WebhooksPage {
    /// With two addresses, and with an address that is none.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |hooks: Vec<HookRow>, form: HookForm| Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Webhooks),
            hooks,
            form,
        };
        let wrong = Some(("url".to_owned(), "That is no web address.".to_owned()));
        vec![
            ("two", page(vec![hook("works", Tone::Good), hook("disabled", Tone::Urgent)], form(None))),
            ("none", page(Vec::new(), form(wrong))),
        ]
    }
}

impl WebhookPage {
    /// New, failing, and disabled.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |chip: &str, tone| Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Webhooks),
            hook: hook(chip, tone),
            secret: None,
            old_secret: None,
            disabled: None,
            failing: None,
            form: form(None),
            dead: None,
            messages: vec![message(false), message(true)],
        };
        let new = Self {
            secret: Some("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".into()),
            messages: Vec::new(),
            ..page("new", Tone::Quiet)
        };
        let failing = Self {
            old_secret: Some("The secret before holds until Tue 10 Nov 09:21, too.".into()),
            failing: Some("Nothing has got through since Mon 9 Nov 09:21.".into()),
            dead: Some("1 message".into()),
            ..page("failing", Tone::Watch)
        };
        let disabled = Self {
            disabled: Some("Nothing got through for five days.".into()),
            ..page("disabled", Tone::Urgent)
        };
        vec![("new", new), ("failing", failing), ("disabled", disabled)]
    }
}

fn hook(chip: &str, tone: Tone) -> HookRow {
    HookRow {
        href: "/settings/webhooks/3".into(),
        url: "https://erp.example/hooks/forewarn".into(),
        says: "Hears 2 of 9 events.".into(),
        chip: Chip::new(chip, tone),
    }
}

fn form(wrong: Option<(String, String)>) -> HookForm {
    HookForm {
        url: String::new(),
        events: vec![
            ("case.opened".into(), "A case was opened".into(), true),
            ("customer.told".into(), "The customer was told".into(), false),
        ],
        internal: false,
        wrong,
    }
}

fn message(dead: bool) -> MessageRow {
    MessageRow {
        id: if dead { "2" } else { "1" }.into(),
        message_id: "evt_7_12".into(),
        told: "customer.told".into(),
        when: "Mon 9 Nov 09:21".into(),
        state: if dead { Chip::new("given up", Tone::Urgent) } else { Chip::new("delivered", Tone::Good) },
        answer: "200 ok".into(),
        payload: "{\n  \"type\": \"customer.told\"\n}".into(),
        dead,
    }
}
