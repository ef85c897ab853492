//! Webhooks: how each address stands, what it is sent, and what was typed for a new one.

use crate::pages::settings::{HookForm, HookRow, MessageRow, Nav, WebhookPage, WebhooksPage};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Tone};
use crate::typed::Typed;
use crate::views::shown::{Wall, count};
use axum::http::Uri;
use forewarn_domain::webhook::Told;
use forewarn_store::webhooks::{Message, MessageState, Webhook};
use std::net::IpAddr;

/// All of them.
pub(crate) fn list(shell: Shell, nav: Nav, hooks: &[Webhook], form: HookForm) -> WebhooksPage {
    WebhooksPage { shell, nav, hooks: hooks.iter().map(row).collect(), form }
}

/// What a page about one address is made of.
pub(crate) struct Known<'a> {
    pub(crate) hook: &'a Webhook,
    pub(crate) messages: &'a [Message],
    pub(crate) secret: Option<String>,
    pub(crate) wrong: Option<Wrong>,
    pub(crate) wall: &'a Wall,
}

/// One of them.
pub(crate) fn one(shell: Shell, nav: Nav, known: Known<'_>) -> WebhookPage {
    let Known { hook, messages, secret, wrong, wall } = known;
    let enabled = hook.disabled.is_none();
    WebhookPage {
        shell,
        nav,
        hook: row(hook),
        secret,
        old_secret: hook
            .old_secret_until
            .filter(|until| *until > wall.now)
            .map(|until| format!("The secret before holds until {}, too.", wall.moment(until))),
        disabled: hook
            .disabled
            .as_ref()
            .map(|(at, why)| format!("Disabled {}. {why}", wall.moment(*at)).trim_end().to_owned()),
        failing: hook
            .failing_since
            .filter(|_| enabled)
            .map(|since| format!("Nothing has got through since {}.", wall.moment(since))),
        form: form(&hook.events, hook.internal, wrong),
        dead: (hook.dead > 0).then(|| count(hook.dead.into(), "message", "messages")),
        messages: messages.iter().map(|message| message_row(message, wall)).collect(),
    }
}

/// What was typed that can't be kept: field and sentence.
pub(crate) type Wrong = (String, String);

/// The form, with these events chosen.
pub(crate) fn form(chosen: &[Told], internal: bool, wrong: Option<Wrong>) -> HookForm {
    let event = |told: Told| (told.name().to_owned(), told.says().to_owned(), chosen.contains(&told));
    HookForm { url: String::new(), events: Told::ALL.into_iter().map(event).collect(), internal, wrong }
}

/// What was typed for a new address; else the form again, with what is wrong.
pub(crate) fn read(typed: &Typed) -> Result<(String, Vec<Told>, bool), HookForm> {
    let url = typed.get("url");
    let events = events(typed);
    let checked = address(url).map_err(|why| ("url".to_owned(), why));
    let wrong = checked.and(events.clone().map(|_| ()));
    let (chosen, internal) = (events.unwrap_or_default(), internal(typed));
    match wrong {
        Ok(()) => Ok((url.to_owned(), chosen, internal)),
        Err(wrong) => Err(HookForm { url: url.to_owned(), ..form(&chosen, internal, Some(wrong)) }),
    }
}

/// What it shall hear; at least something.
pub(crate) fn events(typed: &Typed) -> Result<Vec<Told>, Wrong> {
    let names: Vec<&str> = typed.all("events").collect();
    let chosen: Vec<Told> = Told::ALL.into_iter().filter(|told| names.contains(&told.name())).collect();
    if chosen.is_empty() {
        Err(("events".to_owned(), "Choose what it hears.".to_owned()))
    } else {
        Ok(chosen)
    }
}

/// Whether it shall hear internal words.
pub(crate) fn internal(typed: &Typed) -> bool {
    typed.get("internal") == "yes"
}

/// Only what is protected, or stays inside of the company. Whether it may be reached at all is decided when the
/// connection is made.
fn address(url: &str) -> Result<(), String> {
    let known: Option<Uri> = url.parse().ok();
    let host = known.as_ref().and_then(|url| url.host()).filter(|host| !host.is_empty());
    let inside = host.is_some_and(|host| {
        let figures: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        host == "localhost" || figures.is_some_and(is_inside)
    });
    match (known.as_ref().and_then(Uri::scheme_str), host) {
        (Some("https"), Some(_)) => Ok(()),
        (Some("http"), Some(_)) if inside => Ok(()),
        (Some("http"), Some(_)) => {
            Err("This address is not protected. Take the one that begins with https://.".to_owned())
        }
        _ => Err("That is no web address. Copy the whole of it, with https:// at its beginning.".to_owned()),
    }
}

fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_loopback(),
        IpAddr::V6(address) => address.is_unique_local() || address.is_loopback(),
    }
}

fn row(hook: &Webhook) -> HookRow {
    let chip = match (&hook.disabled, hook.failing_since) {
        (Some(_), _) => Chip::new("disabled", Tone::Urgent),
        (None, Some(_)) => Chip::new("failing", Tone::Watch),
        (None, None) => Chip::new("enabled", Tone::Good),
    };
    let mut says = format!("Hears {} of {} events.", hook.events.len(), Told::ALL.len());
    if hook.internal {
        says.push_str(" Internal words, too.");
    }
    if hook.waiting > 0 {
        says.push_str(&format!(" {}.", count(hook.waiting.into(), "message waits", "messages wait")));
    }
    if hook.dead > 0 {
        says.push_str(&format!(" {} given up.", count(hook.dead.into(), "message was", "messages were")));
    }
    HookRow { href: format!("/settings/webhooks/{}", hook.id), url: hook.url.clone(), says, chip }
}

fn message_row(message: &Message, wall: &Wall) -> MessageRow {
    let state = match message.state {
        MessageState::Pending => Chip::new("waits", Tone::Quiet),
        MessageState::Claimed => Chip::new("on its way", Tone::Calm),
        MessageState::Delivered => Chip::new("delivered", Tone::Good),
        MessageState::Dead => Chip::new("given up", Tone::Urgent),
    };
    let said = [message.status.map(|status| status.to_string()), message.answer.clone()];
    let said: Vec<String> = said.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    let mut answer = said.join(" ");
    if message.state == MessageState::Pending && message.attempts > 0 {
        let tries = count(message.attempts.into(), "try", "tries");
        answer.push_str(&format!("; {tries}, again {}", wall.moment(message.next_try_at)));
    }
    let payload = serde_json::from_str::<serde_json::Value>(&message.payload);
    let payload = payload.ok().and_then(|value| serde_json::to_string_pretty(&value).ok());
    MessageRow {
        id: message.id.to_string(),
        message_id: message.message_id.clone(),
        told: message.told.name().to_owned(),
        when: wall.moment(message.created_at),
        state,
        answer,
        payload: payload.unwrap_or_else(|| message.payload.clone()),
        dead: message.state == MessageState::Dead,
    }
}
