//! Trials of mail and chat: asked for on a page, carried out by a job, and the result kept for the page.

use crate::db::{Json, Store, binds};
use crate::error::Result;
use forewarn_domain::ids::{PersonId, TeamId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What is tried.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum TrialOf {
    /// A mail to this address of ours.
    Mail {
        /// Where it goes.
        to: String,
    },
    /// A message to the chat of a person.
    PersonChat {
        /// Who.
        person: PersonId,
    },
    /// A message to the chat of a team.
    TeamChat {
        /// Which.
        team: TeamId,
    },
}

/// A trial, and how it has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// What is tried.
    pub of: TrialOf,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// How it has ended; `None` while it is under way.
    pub ended: Option<TrialEnd>,
}

/// How a trial has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialEnd {
    /// When.
    pub at: Timestamp,
    /// Whether it worked.
    pub worked: bool,
    /// What happened, step by step, and what to mend.
    pub says: Vec<String>,
}

/// A trial that nobody has carried out for so long is not carried out any more.
pub const TRIAL_WAITS: SignedDuration = SignedDuration::from_mins(10);

impl TrialOf {
    /// Under which name it is kept: one mail, and one for each chat.
    fn name(&self) -> String {
        match self {
            Self::Mail { .. } => "trial-mail".to_owned(),
            Self::PersonChat { person } => format!("trial-chat-person-{person}"),
            Self::TeamChat { team } => format!("trial-chat-team-{team}"),
        }
    }
}

impl Store {
    /// Asks for a trial; a job carries it out. One of the same kind that was there before is forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_for_trial(&self, of: &TrialOf, now: Timestamp) -> Result<()> {
        self.save_setting(&of.name(), &Trial { of: of.clone(), asked_at: now, ended: None }).await
    }

    /// The last trial of that kind; of mail whatever the address was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn trial(&self, of: &TrialOf) -> Result<Option<Trial>> {
        self.setting(&of.name()).await
    }

    /// The trials that wait to be carried out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn trials_to_run(&self, now: Timestamp) -> Result<Vec<Trial>> {
        let sql = "SELECT value FROM setting WHERE name LIKE ? ORDER BY name";
        let rows: Vec<(Json<Trial>,)> = self.reads().all(sql, binds!["trial-%"]).await?;
        let trials = rows.into_iter().map(|(Json(trial),)| trial);
        let waits = |trial: &Trial| now.duration_since(trial.asked_at) <= TRIAL_WAITS;
        Ok(trials.filter(|trial| trial.ended.is_none() && waits(trial)).collect())
    }

    /// Notes how a trial has ended, unless another one was asked for meanwhile.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_trial(&self, trial: &Trial, end: TrialEnd) -> Result<()> {
        if self.trial(&trial.of).await?.as_ref() == Some(trial) {
            self.save_setting(&trial.of.name(), &Trial { ended: Some(end), ..trial.clone() }).await?;
        }
        Ok(())
    }
}
