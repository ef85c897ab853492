//! Our people, their teams and absences, as the domain looks at them.

use crate::db::{FromRow, Reads, Row, Word, binds};
use crate::error::Result;
use crate::terms::Hours;
use forewarn_domain::absence::Absence;
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::people::Role;
use forewarn_domain::roster::{Colleague, Crew, Reach, Roster};
use jiff::Timestamp;

/// Everybody, with absences that are not over at `now`, and what they have said about when they work.
pub(crate) async fn load(reads: Reads<'_>, now: Timestamp) -> Result<(Roster, Hours)> {
    let people =
        "SELECT id, name, role, team_id, email, disabled_at, mail_trouble_at, zone, calendar FROM person";
    let people: Vec<PersonRow> = reads.all(people, Vec::new()).await?;
    let teams = "SELECT id, leader_id, above_id, calendar FROM team";
    let teams: Vec<TeamRow> = reads.all(teams, Vec::new()).await?;
    let absences = "SELECT person_id, deputy_id, from_at, until_at FROM absence \
                    WHERE cancelled_at IS NULL AND until_at > ?";
    let absences: Vec<Absence> = reads.all(absences, binds![now]).await?;
    let mut hours = Hours::default();
    for row in &people {
        hours.zones.extend(row.zone.clone().map(|zone| (row.colleague.id, zone)));
        hours.people.extend(row.calendar.clone().map(|calendar| (row.colleague.id, calendar)));
    }
    for row in &teams {
        hours.teams.extend(row.calendar.clone().map(|calendar| (row.crew.id, calendar)));
    }
    let people = people.into_iter().map(|row| row.colleague);
    Ok((Roster::new(people, teams.into_iter().map(|row| row.crew), absences), hours))
}

struct PersonRow {
    colleague: Colleague,
    zone: Option<String>,
    calendar: Option<String>,
}

struct TeamRow {
    crew: Crew,
    calendar: Option<String>,
}

impl FromRow for PersonRow {
    fn from_row(row: &Row) -> Result<Self> {
        let reach = if row.get::<Option<Timestamp>>("disabled_at")?.is_some() {
            Reach::Disabled
        } else if row.get::<String>("email")?.is_empty() {
            Reach::NoAddress
        } else if row.get::<Option<Timestamp>>("mail_trouble_at")?.is_some() {
            Reach::MailComesBack
        } else {
            Reach::Reached
        };
        let colleague = Colleague {
            id: row.get::<PersonId>("id")?,
            name: row.get("name")?,
            role: row.get::<Word<Role>>("role")?.0,
            team: row.get::<TeamId>("team_id")?,
            reach,
        };
        Ok(Self { colleague, zone: row.get("zone")?, calendar: row.get("calendar")? })
    }
}

impl FromRow for TeamRow {
    fn from_row(row: &Row) -> Result<Self> {
        let crew = Crew { id: row.get("id")?, leader: row.get("leader_id")?, above: row.get("above_id")? };
        Ok(Self { crew, calendar: row.get("calendar")? })
    }
}
