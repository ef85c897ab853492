//! Finding the person whom a step tells.

use super::{PassedOver, Reach, Roster, WhyPassedOver};
use crate::case::Owner;
use crate::escalation::Recipient;
use crate::ids::{PersonId, TeamId};
use crate::people::Role;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Whom a step looks for.
#[derive(Debug, Clone)]
pub struct Sought {
    /// Whom the policy names.
    pub to: Recipient,
    /// Who has to do it.
    pub owner: Owner,
    /// The supply owner who was asked, where one was.
    pub supply_owner: Option<PersonId>,
    /// Who has been told of it already.
    pub told: BTreeSet<PersonId>,
}

/// Who was found, and who was passed over on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Who is told; `None` if there is nobody at all.
    pub person: Option<PersonId>,
    /// Who was not, and why, in the order in which they were looked at.
    pub passed_over: Vec<PassedOver>,
}

impl Sought {
    /// Looks for whoever acts for the owner.
    pub fn owner(owner: Owner) -> Self {
        Self { to: Recipient::Owner, owner, supply_owner: None, told: BTreeSet::new() }
    }
}

impl Roster {
    /// Finds whom a step tells. `working` says at which moment a notice would reach somebody: now, or when
    /// they work next. Whoever is away at that moment is passed over.
    pub fn find(&self, sought: &Sought, working: impl Fn(PersonId) -> Timestamp) -> Found {
        let mut search = Search::new(self, sought, &working);
        let person = search.run().or_else(|| search.last_resort());
        Found { person, passed_over: search.passed_over }
    }
}

struct Search<'a> {
    roster: &'a Roster,
    sought: &'a Sought,
    working: &'a dyn Fn(PersonId) -> Timestamp,
    /// Who is no help above, since it is theirs to do.
    has_to_do_it: Option<PersonId>,
    passed_over: Vec<PassedOver>,
}

impl<'a> Search<'a> {
    fn new(roster: &'a Roster, sought: &'a Sought, working: &'a dyn Fn(PersonId) -> Timestamp) -> Self {
        Self { roster, sought, working, has_to_do_it: None, passed_over: Vec::new() }
    }

    fn run(&mut self) -> Option<PersonId> {
        match self.sought.to {
            Recipient::Owner => self.owner().or_else(|| self.leader()),
            Recipient::DeputyOrLeader => self.fresh_deputy().or_else(|| self.above_the_owner()),
            Recipient::Leader => self.above_the_owner(),
            Recipient::NextLeader => self.next_leader(),
            Recipient::SupplyOwner => self.supply_owner().or_else(|| self.leader()),
        }
        .or_else(|| self.admin())
    }

    /// The owner, or a deputy.
    fn owner(&mut self) -> Option<PersonId> {
        match self.sought.owner {
            Owner::Person { person } => self.in_place_of(person),
            Owner::Inbox { .. } => {
                self.passed_over.push(PassedOver { person: None, why: WhyPassedOver::NobodyOwnsIt });
                None
            }
        }
    }

    /// A deputy of an absent owner who has not heard of it yet.
    fn fresh_deputy(&mut self) -> Option<PersonId> {
        let Owner::Person { person: owner } = self.sought.owner else { return None };
        let acting = self.quietly(|search| search.in_place_of(owner));
        acting.filter(|acting| *acting != owner && !self.sought.told.contains(acting))
    }

    fn supply_owner(&mut self) -> Option<PersonId> {
        self.sought.supply_owner.and_then(|asked| self.in_place_of(asked))
    }

    /// The first leader who does not have to do it themselves.
    fn above_the_owner(&mut self) -> Option<PersonId> {
        self.has_to_do_it = self.quietly(Self::owner);
        self.leader()
    }

    fn leader(&mut self) -> Option<PersonId> {
        self.leaders().into_iter().find_map(|(team, leader)| self.lead(team, leader))
    }

    /// Above the first leader who is there; that one again where nobody is.
    fn next_leader(&mut self) -> Option<PersonId> {
        self.has_to_do_it = self.quietly(Self::owner);
        let leaders = self.leaders();
        let mut rest = leaders.into_iter();
        let first = rest.find_map(|(team, leader)| self.lead(team, leader))?;
        self.passed_over.clear();
        let next = rest.find_map(|(team, leader)| self.lead(team, leader).filter(|next| *next != first));
        Some(next.unwrap_or(first))
    }

    fn lead(&mut self, team: TeamId, leader: Option<PersonId>) -> Option<PersonId> {
        match leader {
            Some(leader) => self.in_place_of(leader),
            None => {
                self.passed_over.push(PassedOver { person: None, why: WhyPassedOver::NoLeader { team } });
                None
            }
        }
    }

    fn admin(&mut self) -> Option<PersonId> {
        let admins = self.roster.everybody().filter(|person| person.role == Role::Admin);
        let mut admins = admins.filter(|person| person.reach == Reach::Reached).map(|person| person.id);
        admins.find(|id| self.unfit(*id).is_none())
    }

    /// Nobody is there. Better somebody who is away, or whose mail comes back, than nobody: the notice waits
    /// for them in the program.
    fn last_resort(&self) -> Option<PersonId> {
        let owner = match self.sought.owner {
            Owner::Person { person } => Some(person),
            Owner::Inbox { .. } => None,
        };
        let leaders = self.leaders().into_iter().filter_map(|(_, leader)| leader);
        let admins = self.roster.everybody().filter(|person| person.role == Role::Admin);
        let mut anybody = owner.into_iter().chain(leaders).chain(admins.map(|person| person.id));
        anybody.find(|id| self.roster.colleague(*id).is_some_and(|person| person.reach != Reach::Disabled))
    }

    /// This person, or whoever stands in for them, and for those in turn.
    fn in_place_of(&mut self, person: PersonId) -> Option<PersonId> {
        let (mut candidate, mut seen) = (person, BTreeSet::new());
        while seen.insert(candidate) {
            let Some(why) = self.unfit(candidate) else { return Some(candidate) };
            self.passed_over.push(PassedOver { person: Some(candidate), why });
            let WhyPassedOver::Away { .. } = why else { return None };
            candidate = self.roster.absence(candidate, (self.working)(candidate))?.deputy?;
        }
        None
    }

    fn unfit(&self, id: PersonId) -> Option<WhyPassedOver> {
        let Some(person) = self.roster.colleague(id) else { return Some(WhyPassedOver::NotHereAnyMore) };
        match person.reach {
            Reach::Disabled => return Some(WhyPassedOver::NotHereAnyMore),
            Reach::NoAddress => return Some(WhyPassedOver::NoAddress),
            Reach::MailComesBack => return Some(WhyPassedOver::MailComesBack),
            Reach::Reached => {}
        }
        if self.has_to_do_it == Some(id) {
            return Some(WhyPassedOver::HasToDoIt);
        }
        if person.role == Role::SupplyOwner && self.sought.to != Recipient::SupplyOwner {
            return Some(WhyPassedOver::SeesFactsOnly);
        }
        let absence = self.roster.absence(id, (self.working)(id))?;
        Some(WhyPassedOver::Away { until: absence.until })
    }

    /// The teams upwards from the owner's, each with its leader.
    fn leaders(&self) -> Vec<(TeamId, Option<PersonId>)> {
        let (mut leaders, mut seen) = (Vec::new(), BTreeSet::new());
        let mut team = self.roster.team_of(self.sought.owner);
        while let Some(crew) = team.and_then(|id| self.roster.teams.get(&id)) {
            if !seen.insert(crew.id) {
                break;
            }
            leaders.push((crew.id, crew.leader));
            team = crew.above;
        }
        leaders
    }

    /// Looks without keeping who was passed over.
    fn quietly<T>(&mut self, look: impl FnOnce(&mut Self) -> T) -> T {
        let kept = self.passed_over.len();
        let found = look(self);
        self.passed_over.truncate(kept);
        found
    }
}
