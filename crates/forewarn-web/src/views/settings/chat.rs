//! Where notices are posted besides mail. Addresses go in and never come out.

use super::mail::note;
use crate::pages::settings::{ChatCard, ChatPage, Nav};
use crate::pages::shell::Shell;
use crate::pages::tone::Choice;
use crate::views::shown::Wall;
use axum::http::Uri;
use forewarn_domain::notice::{ChatKind, ChatTarget};
use forewarn_outreach::http::Network;
use forewarn_store::settings::trials::Trial;

/// The chat of one person or team.
pub(crate) struct Held {
    /// "person-4", "team-1"
    pub(crate) key: String,
    /// Whose it is.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) target: Option<ChatTarget>,
    /// The last trial of it.
    pub(crate) trial: Option<Trial>,
}

/// What could not be kept: whose, what was typed, and why.
pub(crate) type Refused<'a> = (&'a str, String, String);

/// The page. `networks` is for those who may say which private networks a chat may be in.
pub(crate) fn page(
    shell: Shell,
    nav: Nav,
    chats: &[Held],
    networks: Option<String>,
    refused: Option<&Refused<'_>>,
    wall: &Wall,
) -> ChatPage {
    let card = |held: &Held| ChatCard {
        key: held.key.clone(),
        name: held.name.clone(),
        says: says(held),
        set: held.target.is_some(),
        kinds: kinds(held.target.as_ref().map_or(ChatKind::Slack, |target| target.kind)),
        wrong: refused
            .filter(|(key, ..)| *key == held.key)
            .map(|(_, typed, why)| (typed.clone(), why.clone())),
        trial: held.trial.as_ref().map(|trial| note(trial, wall)),
    };
    ChatPage { shell, nav, cards: chats.iter().map(card).collect(), networks, networks_wrong: None }
}

/// What was typed, as a place where notices are posted.
pub(crate) fn read(kind: &str, url: &str) -> Result<ChatTarget, String> {
    let kind = KINDS
        .iter()
        .find(|(word, ..)| *word == kind)
        .map(|(.., kind)| *kind)
        .ok_or("Choose the kind of chat.")?;
    let known: Option<Uri> = url.parse().ok();
    let scheme = known.as_ref().and_then(|url| url.scheme_str().map(str::to_owned));
    let has_host = known.is_some_and(|url| url.host().is_some_and(|host| !host.is_empty()));
    match scheme.as_deref() {
        Some("https") if has_host => {}
        // Inside of the company a chat may do without.
        Some("http") if has_host && matches!(kind, ChatKind::Mattermost | ChatKind::Ntfy) => {}
        Some("http") => {
            return Err("This address is not protected. Take the one that begins with https://.".to_owned());
        }
        _ => {
            return Err(
                "That is no web address. Copy the whole of it, with https:// at its beginning.".to_owned()
            );
        }
    }
    Ok(ChatTarget { kind, url: url.to_owned() })
}

/// The private networks that were typed, a line each.
pub(crate) fn networks(text: &str) -> Result<Vec<String>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let network = |line: &str| match line.parse::<Network>() {
        Ok(_) => Ok(line.to_owned()),
        Err(_) => Err(format!("“{line}” is no network. Write it like 10.1.0.0/16 or 192.168.4.20.")),
    };
    lines.map(network).collect()
}

const KINDS: [(&str, &str, ChatKind); 4] = [
    ("slack", "Slack", ChatKind::Slack),
    ("teams", "Microsoft Teams", ChatKind::Teams),
    ("mattermost", "Mattermost", ChatKind::Mattermost),
    ("ntfy", "ntfy", ChatKind::Ntfy),
];

fn kinds(chosen: ChatKind) -> Vec<Choice> {
    let choice = |(word, name, kind): &(&str, &str, ChatKind)| {
        let choice = Choice::new(*word, *name);
        if *kind == chosen { choice.chosen() } else { choice }
    };
    KINDS.iter().map(choice).collect()
}

fn says(held: &Held) -> String {
    let Some(target) = &held.target else { return "Nothing is posted.".to_owned() };
    let kind = KINDS.iter().find(|(.., kind)| *kind == target.kind).map_or("Chat", |(_, name, _)| name);
    let host = target.url.parse::<Uri>().ok().and_then(|url| url.host().map(str::to_owned));
    let host = host.unwrap_or_else(|| "an address".to_owned());
    format!("{kind} at {host}. The whole address is kept and not shown.")
}
