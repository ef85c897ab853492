//! Who of ours is there, and who acts in place of whom.
//!
//! Whoever is absent, disabled, or has no address is passed over at once, and the reason is kept: first to
//! their deputy, then to the leader of their team, then to the leader of the team above, at last to an admin.

mod search;
#[cfg(test)]
mod tests;

pub use search::{Found, Sought};

use crate::absence::Absence;
use crate::case::Owner;
use crate::ids::{PersonId, TeamId};
use crate::people::Role;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Our people, their teams and absences, as they stand now.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    people: BTreeMap<PersonId, Colleague>,
    teams: BTreeMap<TeamId, Crew>,
    absences: BTreeMap<PersonId, Vec<Absence>>,
}

/// One of our people, as far as it matters for who is told what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they do here.
    pub role: Role,
    /// Their team.
    pub team: TeamId,
    /// Whether a notice would reach them.
    pub reach: Reach,
}

/// Whether a notice reaches somebody, absences aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It does, as far as we know.
    Reached,
    /// They can't sign in any more.
    Disabled,
    /// They have no e-mail address.
    NoAddress,
    /// The last mail to them came back.
    MailComesBack,
}

/// A team, and who leads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crew {
    /// Which.
    pub id: TeamId,
    /// Who leads it.
    pub leader: Option<PersonId>,
    /// The team above it, whose leader is the next leader.
    pub above: Option<TeamId>,
}

/// Somebody, or a place in the line of leaders, that was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOver {
    /// Who; `None` where nobody stands.
    pub person: Option<PersonId>,
    /// Why.
    #[serde(flatten)]
    pub why: WhyPassedOver,
}

/// Why somebody was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum WhyPassedOver {
    /// They are away.
    Away {
        /// When they are back.
        until: Timestamp,
    },
    /// They are not here any more.
    NotHereAnyMore,
    /// They have no e-mail address.
    NoAddress,
    /// The last mail to them came back.
    MailComesBack,
    /// A supply owner sees facts, and no conversations.
    SeesFactsOnly,
    /// They have to do it themselves, so they are no help above.
    HasToDoIt,
    /// The case lies in an inbox.
    NobodyOwnsIt,
    /// The team has no leader.
    NoLeader {
        /// Which team.
        team: TeamId,
    },
}

impl Roster {
    /// A roster of these people, teams and absences. Absences that are over do no harm.
    pub fn new(
        people: impl IntoIterator<Item = Colleague>,
        teams: impl IntoIterator<Item = Crew>,
        absences: impl IntoIterator<Item = Absence>,
    ) -> Self {
        let mut by_person: BTreeMap<PersonId, Vec<Absence>> = BTreeMap::new();
        for absence in absences {
            by_person.entry(absence.person).or_default().push(absence);
        }
        Self {
            people: people.into_iter().map(|person| (person.id, person)).collect(),
            teams: teams.into_iter().map(|team| (team.id, team)).collect(),
            absences: by_person,
        }
    }

    /// One of our people.
    pub fn colleague(&self, id: PersonId) -> Option<&Colleague> {
        self.people.get(&id)
    }

    /// Everybody, by number.
    pub fn everybody(&self) -> impl Iterator<Item = &Colleague> {
        self.people.values()
    }

    /// All teams, by number.
    pub fn teams(&self) -> impl Iterator<Item = &Crew> {
        self.teams.values()
    }

    /// The absence that keeps somebody away at this moment, if one does. Of several, the longest.
    pub fn absence(&self, person: PersonId, at: Timestamp) -> Option<&Absence> {
        let absences = self.absences.get(&person)?;
        absences.iter().filter(|absence| absence.covers(at)).max_by_key(|absence| absence.until)
    }

    /// Absences of somebody that are not over at this moment, or begin later.
    pub fn absences_from(&self, person: PersonId, at: Timestamp) -> impl Iterator<Item = &Absence> {
        self.absences.get(&person).into_iter().flatten().filter(move |absence| absence.until > at)
    }

    /// The team of whoever has to do it.
    pub fn team_of(&self, owner: Owner) -> Option<TeamId> {
        match owner {
            Owner::Inbox { team } => Some(team),
            Owner::Person { person } => self.colleague(person).map(|person| person.team),
        }
    }

    /// Who acts for the owner at this moment: the owner, a deputy, a leader, at last an admin. `None` if
    /// nobody is there.
    pub fn acting(&self, owner: Owner, at: Timestamp) -> Option<PersonId> {
        let sought = Sought::owner(owner);
        self.find(&sought, |_| at).person
    }
}
