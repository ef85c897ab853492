//! What chat may reach. Where each person and team reads notices is kept with them.

use crate::db::Store;
use crate::error::Result;
use serde::{Deserialize, Serialize};

/// What an admin has said about chat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChatSettings {
    /// Networks inside of the company that a chat may be in: `10.1.0.0/16`, or one address. Everything that is
    /// public may be reached anyway, everything else never.
    pub allowed: Vec<String>,
}

const NAME: &str = "chat";

impl Store {
    /// What is saved about chat; nothing private may be reached until somebody allows it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn chat_settings(&self) -> Result<ChatSettings> {
        Ok(self.setting(NAME).await?.unwrap_or_default())
    }

    /// Saves it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_chat_settings(&self, settings: &ChatSettings) -> Result<()> {
        self.save_setting(NAME, settings).await
    }
}
