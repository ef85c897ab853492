//! Our own people, and what each may see.

use crate::ids::{PersonId, TeamId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a person does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Owns accounts and tells customers.
    Rep,
    /// Leads a team of reps.
    Leader,
    /// Owns the facts about dates.
    SupplyOwner,
    /// Sets it all up.
    Admin,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 4] = [Role::Rep, Role::Leader, Role::SupplyOwner, Role::Admin];

    /// As stored and as typed on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Role::Rep => "rep",
            Role::Leader => "leader",
            Role::SupplyOwner => "supply-owner",
            Role::Admin => "admin",
        }
    }

    /// As shown.
    pub fn name(self) -> &'static str {
        match self {
            Role::Rep => "Rep",
            Role::Leader => "Leader",
            Role::SupplyOwner => "Supply owner",
            Role::Admin => "Admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A word that names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no role: use rep, leader, supply-owner or admin")]
pub struct NoSuchRole(String);

impl FromStr for Role {
    type Err = NoSuchRole;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Role::ALL.into_iter().find(|role| role.word() == text).ok_or_else(|| NoSuchRole(text.to_owned()))
    }
}

/// Who asks. Every query of the store takes one: what a person may see is decided there, not in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Cases of accounts the person owns or stands in for, and the inbox of their team.
    Rep {
        /// The person.
        person: PersonId,
        /// Their team.
        team: TeamId,
    },
    /// Cases of a team.
    Leader {
        /// The person.
        person: PersonId,
        /// The team they lead.
        team: TeamId,
    },
    /// Facts of lines, no conversations.
    SupplyOwner {
        /// The person.
        person: PersonId,
    },
    /// Everything.
    Admin {
        /// The person.
        person: PersonId,
    },
    /// The program itself: jobs and the command line, on the machine that holds the data.
    Program,
}

impl Scope {
    /// The scope of a person with this role.
    pub fn of(person: PersonId, role: Role, team: TeamId) -> Scope {
        match role {
            Role::Rep => Scope::Rep { person, team },
            Role::Leader => Scope::Leader { person, team },
            Role::SupplyOwner => Scope::SupplyOwner { person },
            Role::Admin => Scope::Admin { person },
        }
    }

    /// The person who asks; `None` for the program.
    pub fn person(self) -> Option<PersonId> {
        match self {
            Scope::Rep { person, .. }
            | Scope::Leader { person, .. }
            | Scope::SupplyOwner { person }
            | Scope::Admin { person } => Some(person),
            Scope::Program => None,
        }
    }

    /// Whether they lead: then what a leader did is theirs to take back, too. The program never stands in
    /// anybody's way.
    pub fn leads(self) -> bool {
        matches!(self, Scope::Leader { .. } | Scope::Admin { .. } | Scope::Program)
    }

    /// Whether conversations are shown, or facts only.
    pub fn sees_conversations(self) -> bool {
        !matches!(self, Scope::SupplyOwner { .. })
    }
}
