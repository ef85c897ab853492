use forewarn_domain::notice::{ChatKind, ChatTarget};
use serde_json::{Value, json};
use url::Url;

use super::Words;
use crate::http::HttpTrouble;

const OPEN: &str = "Open in Forewarn";

/// Where it goes, and what is sent.
pub(super) fn of(target: &ChatTarget, words: &Words<'_>) -> Result<(String, String), HttpTrouble> {
    let (address, message) = match target.kind {
        ChatKind::Slack => (target.url.clone(), slack(words)),
        ChatKind::Teams => (target.url.clone(), teams(words)),
        ChatKind::Mattermost => (target.url.clone(), mattermost(words)),
        ChatKind::Ntfy => ntfy(&target.url, words)?,
    };
    Ok((address, message.to_string()))
}

/// Slack's mrkdwn: three characters carry all of its markup, mentions too.
fn slack(words: &Words<'_>) -> Value {
    let plain = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let link = words.link.map(|link| format!("\n<{}|{OPEN}>", plain(link))).unwrap_or_default();
    json!({"text": format!("*{}*\n{}{link}", plain(words.subject).replace('*', ""), plain(words.body))})
}

/// An adaptive card whose text runs know no markup.
fn teams(words: &Words<'_>) -> Value {
    let run = |text: &str, weight: &str| json!({"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, "weight": weight}]});
    let actions: Vec<Value> =
        words.link.iter().map(|link| json!({"type": "Action.OpenUrl", "title": OPEN, "url": link})).collect();
    let card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [run(words.subject, "bolder"), run(words.body, "default")],
        "actions": actions,
    });
    json!({
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    })
}

/// Markdown, with its signs taken literally and no mention that rings for a whole channel.
fn mattermost(words: &Words<'_>) -> Value {
    let plain = |text: &str| {
        let mut safe = String::with_capacity(text.len());
        for letter in text.chars() {
            if r"\`*_[]<>~|#".contains(letter) {
                safe.push('\\');
            }
            safe.push(letter);
            if letter == '@' {
                safe.push('\u{200b}');
            }
        }
        safe
    };
    let link = words.link.map(|link| format!("\n[{OPEN}]({link})")).unwrap_or_default();
    json!({"text": format!("**{}**\n{}{link}", plain(words.subject), plain(words.body))})
}

/// ntfy takes JSON at the address above the topic; a header could not carry every letter.
fn ntfy(url: &str, words: &Words<'_>) -> Result<(String, Value), HttpTrouble> {
    let not_one = || HttpTrouble::Address(url.to_owned());
    let mut server = Url::parse(url).map_err(|_| not_one())?;
    let path = server.path().trim_end_matches('/').to_owned();
    let (above, topic) = path.rsplit_once('/').filter(|(_, topic)| !topic.is_empty()).ok_or_else(not_one)?;
    server.set_path(&format!("{above}/"));
    let mut message = json!({"topic": topic, "title": words.subject, "message": words.body});
    if let Some(link) = words.link {
        message["click"] = json!(link);
    }
    Ok((server.into(), message))
}
