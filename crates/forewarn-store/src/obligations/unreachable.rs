//! Who can't be reached, found before they are needed.

use crate::db::{FromRow, Row, Store, binds};
use crate::error::Result;
use crate::terms::TermsBook;
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::people::Role;
use forewarn_domain::roster::{Colleague, Reach};
use jiff::Timestamp;

/// Somebody, or some place, that a notice would not reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreachable {
    /// The name of the person, the team, or the owner as reports write it.
    pub name: String,
    /// Who, if it is one of our people.
    pub person: Option<PersonId>,
    /// Which team, if it is one.
    pub team: Option<TeamId>,
    /// Why.
    pub why: WhyUnreachable,
}

/// Why a notice would not reach them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyUnreachable {
    /// Reports name this owner, and nobody has said who it is.
    NobodyHere {
        /// How many accounts lie in an inbox for that.
        accounts: u32,
    },
    /// Accounts belong to somebody who is not here any more.
    NotHereAnyMore {
        /// How many.
        accounts: u32,
    },
    /// They have no e-mail address.
    NoAddress,
    /// The last mail to them came back.
    MailComesBack {
        /// Since when.
        since: Timestamp,
        /// What the mail server said.
        answer: String,
    },
    /// A team without a leader.
    NoLeader,
    /// The leader of the team is not here any more.
    LeaderIsGone,
    /// They are, or will be, away without a deputy.
    NoDeputy {
        /// From when.
        from: Timestamp,
        /// Until when.
        until: Timestamp,
    },
    /// Their deputy is away at the same time, or can't be reached.
    DeputyIsAway {
        /// The deputy's name.
        deputy: String,
        /// From when.
        from: Timestamp,
    },
}

impl WhyUnreachable {
    /// In words, with what to do.
    pub fn in_words(&self) -> String {
        match self {
            WhyUnreachable::NobodyHere { accounts } => {
                format!(
                    "Reports name this owner of {accounts} {}. Say under People who it is.",
                    if *accounts == 1 { "account" } else { "accounts" }
                )
            }
            WhyUnreachable::NotHereAnyMore { accounts } => {
                format!("Is not here any more, and owns {accounts} accounts. Give them to somebody else.")
            }
            WhyUnreachable::NoAddress => "Has no e-mail address. Add one under People.".to_owned(),
            WhyUnreachable::MailComesBack { answer, .. } => {
                format!("Mail comes back ({answer}). Correct the address, or send them a test mail.")
            }
            WhyUnreachable::NoLeader => "Has no leader. Say who leads the team.".to_owned(),
            WhyUnreachable::LeaderIsGone => {
                "The leader is not here any more. Say who leads the team.".to_owned()
            }
            WhyUnreachable::NoDeputy { .. } => "Is away without a deputy. Say who stands in.".to_owned(),
            WhyUnreachable::DeputyIsAway { deputy, .. } => {
                format!("{deputy}, who stands in, can't be reached then. Choose somebody else.")
            }
        }
    }
}

impl Store {
    /// Who can't be reached, and why: to be mended before somebody needs them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unreachable(&self, now: Timestamp) -> Result<Vec<Unreachable>> {
        let book = TermsBook::load(self.reads(), now).await?;
        let mut found = self.nobodies().await?;
        found.extend(self.people_in_trouble().await?);
        let teams = self.teams().await?;
        for team in teams.iter().filter(|team| book.roster().everybody().any(|one| works_in(one, team.id))) {
            let leader = team.leader.and_then(|leader| book.roster().colleague(leader));
            let why = match leader {
                None => WhyUnreachable::NoLeader,
                Some(leader) if leader.reach == Reach::Disabled => WhyUnreachable::LeaderIsGone,
                Some(_) => continue,
            };
            found.push(Unreachable { name: team.name.clone(), person: None, team: Some(team.id), why });
        }
        for colleague in book.roster().everybody().filter(|one| one.reach != Reach::Disabled) {
            for absence in book.roster().absences_from(colleague.id, now) {
                let Some(why) = left_alone(&book, absence) else { continue };
                let (name, person) = (colleague.name.clone(), Some(colleague.id));
                found.push(Unreachable { name, person, team: None, why });
            }
        }
        Ok(found)
    }

    /// Owners in reports that are nobody here.
    async fn nobodies(&self) -> Result<Vec<Unreachable>> {
        let owners = self.report_owners().await?.into_iter();
        let nobody = owners.filter(|owner| owner.person.is_none() && owner.customers > 0);
        let why = |accounts| WhyUnreachable::NobodyHere { accounts };
        Ok(nobody
            .map(|owner| Unreachable {
                name: owner.name,
                person: None,
                team: None,
                why: why(owner.customers),
            })
            .collect())
    }

    /// People whose mail comes back, who have no address, or who are gone and own accounts all the same.
    async fn people_in_trouble(&self) -> Result<Vec<Unreachable>> {
        let sql = "SELECT p.id, p.name, p.email, p.disabled_at, p.mail_trouble_at, p.mail_trouble, \
                   (SELECT COUNT(*) FROM customer c WHERE c.owner_id = p.id) AS accounts FROM person p \
                   WHERE p.email = '' OR p.mail_trouble_at IS NOT NULL OR p.disabled_at IS NOT NULL \
                   ORDER BY p.name, p.id";
        let troubled: Vec<Troubled> = self.reads().all(sql, binds![]).await?;
        Ok(troubled.into_iter().filter_map(|Troubled(found)| found).collect())
    }
}

fn works_in(person: &Colleague, team: TeamId) -> bool {
    person.team == team && person.role == Role::Rep && person.reach != Reach::Disabled
}

fn left_alone(book: &TermsBook, absence: &forewarn_domain::absence::Absence) -> Option<WhyUnreachable> {
    let (from, until) = (absence.from, absence.until);
    let Some(deputy) = absence.deputy else { return Some(WhyUnreachable::NoDeputy { from, until }) };
    let colleague = book.roster().colleague(deputy);
    let there = colleague.is_some_and(|one| one.reach == Reach::Reached);
    let mut away = book.roster().absences_from(deputy, from).filter(|other| other.from < until);
    if there && away.next().is_none() {
        return None;
    }
    let deputy = colleague.map_or_else(|| "Somebody".to_owned(), |one| one.name.clone());
    Some(WhyUnreachable::DeputyIsAway { deputy, from })
}

struct Troubled(Option<Unreachable>);

impl FromRow for Troubled {
    fn from_row(row: &Row) -> Result<Self> {
        let accounts: u32 = row.get("accounts")?;
        let gone = row.get::<Option<Timestamp>>("disabled_at")?.is_some();
        let trouble: Option<Timestamp> = row.get("mail_trouble_at")?;
        let why = match trouble {
            _ if gone && accounts == 0 => return Ok(Self(None)),
            _ if gone => WhyUnreachable::NotHereAnyMore { accounts },
            Some(since) => {
                let answer: Option<String> = row.get("mail_trouble")?;
                WhyUnreachable::MailComesBack { since, answer: answer.unwrap_or_default() }
            }
            None => WhyUnreachable::NoAddress,
        };
        let person = Some(row.get::<PersonId>("id")?);
        Ok(Self(Some(Unreachable { name: row.get("name")?, person, team: None, why })))
    }
}
