//! A notice as a message in a chat.

use super::Tried;
use forewarn_outreach::chat::{self, Words};
use forewarn_outreach::http::{Guard, Http, HttpTrouble};
use forewarn_store::Store;
use forewarn_store::notices::{ClaimedDelivery, DeliveryChannel};
use forewarn_store::settings::chat::ChatSettings;
use std::time::Duration;

/// How long a chat may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Posts notices to chats.
pub(super) struct ByChat<'a> {
    base: &'a str,
    client: Option<(ChatSettings, Http)>,
}

impl<'a> ByChat<'a> {
    pub(super) fn new(base: &'a str) -> Self {
        Self { base, client: None }
    }

    pub(super) async fn deliver(&mut self, store: &Store, delivery: &ClaimedDelivery) -> Tried {
        let DeliveryChannel::Chat(target) = &delivery.channel else {
            return Tried::Never { why: "it is not for a chat".to_owned() };
        };
        let link = format!("{}{}", self.base, delivery.link);
        let settings = match store.chat_settings().await {
            Ok(settings) => settings,
            Err(error) => return Tried::Later { why: error.to_string(), ours: true },
        };
        let http = match self.client(settings) {
            Ok(http) => http,
            Err(trouble) => return Tried::Later { why: trouble.to_string(), ours: true },
        };
        let words = Words { subject: &delivery.subject, body: &delivery.body, link: Some(&link) };
        match chat::post(http, target, &words).await {
            Ok(()) => Tried::Sent,
            Err(trouble) if trouble.retry => Tried::Later { why: trouble.to_string(), ours: false },
            Err(trouble) => Tried::Never { why: trouble.to_string() },
        }
    }

    /// The client that may go where an admin allows it now.
    fn client(&mut self, settings: ChatSettings) -> Result<&Http, HttpTrouble> {
        let fits = self.client.take().filter(|(made_for, _)| *made_for == settings);
        let client = match fits {
            Some(client) => client,
            None => {
                let allowed = settings.allowed.iter().filter_map(|network| network.parse().ok()).collect();
                let http = Http::new(Guard::allowing(allowed), PATIENCE)?;
                (settings, http)
            }
        };
        Ok(&self.client.insert(client).1)
    }
}
