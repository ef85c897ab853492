//! What a person may see, as a condition of every query.

use crate::db::{Value, binds};
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::people::Scope;
use jiff::Timestamp;

/// A condition and the values of its `?`.
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Condition {
    fn new(sql: impl Into<String>, values: Vec<Value>) -> Self {
        Self { sql: sql.into(), values }
    }
}

/// Which cases, as rows `k` of `cases`, with their conversations.
pub(crate) fn cases(scope: Scope, now: Timestamp) -> Condition {
    match scope {
        Scope::Rep { person, team } => Condition::new(
            format!(
                "(k.owner_id = ? OR k.inbox_team_id = ? OR k.owner_id IN ({STANDS_IN_FOR}) \
                 OR k.team_id IN ({LED_BY_THOSE}))"
            ),
            [binds![person, team], stands_in(person, now), stands_in(person, now)].concat(),
        ),
        Scope::Leader { person, team } => Condition::new(
            format!(
                "(k.team_id IN ({BELOW}) OR k.owner_id = ? OR k.owner_id IN ({STANDS_IN_FOR}) \
                 OR k.team_id IN ({LED_BY_THOSE}))"
            ),
            [below(person, team), binds![person], stands_in(person, now), stands_in(person, now)].concat(),
        ),
        Scope::SupplyOwner { .. } => Condition::new("1 = 0", Vec::new()),
        Scope::Admin { .. } | Scope::Program => Condition::new("1 = 1", Vec::new()),
    }
}

/// Whose record, as rows `w` of `person`: what they have to tell, and what they have told.
pub(crate) fn people(scope: Scope) -> Condition {
    match scope {
        Scope::Rep { person, .. } => Condition::new("w.id = ?", binds![person]),
        Scope::Leader { person, team } => Condition::new(
            format!("(w.team_id IN ({BELOW}) OR w.id = ?)"),
            [below(person, team), binds![person]].concat(),
        ),
        Scope::SupplyOwner { .. } => Condition::new("1 = 0", Vec::new()),
        Scope::Admin { .. } | Scope::Program => Condition::new("1 = 1", Vec::new()),
    }
}

/// Which customers, and through them their promises, as rows `c` of `customer`.
pub(crate) fn customers(scope: Scope, now: Timestamp) -> Condition {
    match scope {
        Scope::Rep { person, team } => Condition::new(
            format!(
                "(c.owner_id = ? OR (c.owner_id IS NULL AND c.team_id = ?) OR c.owner_id IN ({STANDS_IN_FOR}) \
                 OR c.team_id IN ({LED_BY_THOSE}) \
                 OR c.id IN (SELECT customer_id FROM cases WHERE owner_id = ? AND closed_at IS NULL))"
            ),
            [binds![person, team], stands_in(person, now), stands_in(person, now), binds![person]].concat(),
        ),
        Scope::Leader { person, team } => Condition::new(
            format!(
                "(c.team_id IN ({BELOW}) OR c.owner_id = ? OR c.owner_id IN ({STANDS_IN_FOR}) \
                 OR c.team_id IN ({LED_BY_THOSE}))"
            ),
            [below(person, team), binds![person], stands_in(person, now), stands_in(person, now)].concat(),
        ),
        Scope::SupplyOwner { .. } | Scope::Admin { .. } | Scope::Program => {
            Condition::new("1 = 1", Vec::new())
        }
    }
}

/// Whom somebody stands in for at a moment: those who are away and have named them, and those whom these in
/// turn stand in for.
pub(crate) const STANDS_IN_FOR: &str = "WITH RECURSIVE away (id) AS (\
     SELECT person_id FROM absence WHERE deputy_id = ? AND from_at <= ? AND until_at > ? AND cancelled_at IS NULL \
     UNION SELECT a.person_id FROM absence a JOIN away w ON a.deputy_id = w.id \
     WHERE a.from_at <= ? AND a.until_at > ? AND a.cancelled_at IS NULL) SELECT id FROM away";

/// The teams that those lead, with all that is below.
const LED_BY_THOSE: &str = "WITH RECURSIVE away (id) AS (\
     SELECT person_id FROM absence WHERE deputy_id = ? AND from_at <= ? AND until_at > ? AND cancelled_at IS NULL \
     UNION SELECT a.person_id FROM absence a JOIN away w ON a.deputy_id = w.id \
     WHERE a.from_at <= ? AND a.until_at > ? AND a.cancelled_at IS NULL), \
     led (id) AS (SELECT t.id FROM team t WHERE t.leader_id IN (SELECT id FROM away) \
     UNION SELECT t.id FROM team t JOIN led l ON t.above_id = l.id) SELECT id FROM led";

/// A leader's own team, the teams that they lead, and all that is below.
const BELOW: &str = "WITH RECURSIVE led (id) AS (SELECT t.id FROM team t WHERE t.leader_id = ? OR t.id = ? \
     UNION SELECT t.id FROM team t JOIN led l ON t.above_id = l.id) SELECT id FROM led";

/// The values of [`STANDS_IN_FOR`].
pub(crate) fn stands_in(deputy: PersonId, now: Timestamp) -> Vec<Value> {
    binds![deputy, now, now, now, now]
}

fn below(leader: PersonId, team: TeamId) -> Vec<Value> {
    binds![leader, team]
}
