//! The weekly words for leaders: one notice a leader a week, when they begin to work.
//!
//! Level-triggered like all that time does: whoever looks later in the week writes what was not written, and two
//! servers that look at once write it once.

use crate::db::{Json, Store, binds, json};
use crate::error::Result;
use crate::notices::{NewNotice, post};
use crate::team_view::TeamSearch;
use crate::terms::TermsBook;
use forewarn_domain::ids::PersonId;
use forewarn_domain::notice::NoticeKind;
use forewarn_domain::people::{Role, Scope};
use forewarn_domain::roster::{Colleague, Reach};
use forewarn_domain::week::{Told, Untold, Week, WeekWords};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// So many customers are named at most; the page has them all.
const NAMED: u32 = 3;

impl Store {
    /// Writes to leaders whose week begins, unless the policy says that nobody wants it: what is known and not told,
    /// what was told last week, what is due in this one. Nothing to a leader who doesn't work at this moment, is
    /// away, has had this week's, or to whom there is nothing to say. Gives how many were written.
    ///
    /// # Errors
    /// When the database fails; what was written before stays written.
    pub async fn write_weekly_words(&self, now: Timestamp) -> Result<u32> {
        let book = TermsBook::load(self.reads(), now).await?;
        if !book.policy().escalation.weekly_words {
            return Ok(0);
        }
        let had = self.weeks_had().await?;
        let mut written = 0;
        for leader in book.roster().everybody().filter(|one| leads(&book, one)) {
            let Some(week) = begun(&book, leader.id, now) else { continue };
            if had.get(&leader.id) != Some(&week.name()) {
                written += u32::from(self.write_week(&book, leader, week, now).await?);
            }
        }
        Ok(written)
    }

    /// Notes that this leader's week was looked at, with the notice if there is anything to say.
    async fn write_week(
        &self,
        book: &TermsBook,
        leader: &Colleague,
        week: Week,
        now: Timestamp,
    ) -> Result<bool> {
        let said = self.week_of(book, leader, week, now).await?;
        let notices = said.into_iter().map(|(subject, words)| NewNotice {
            key: format!("week-{}-{}", week.name(), leader.id),
            person: leader.id,
            case: None,
            kind: NoticeKind::Week,
            subject,
            words,
            why: None,
            hot: false,
        });
        let tx = self.begin().await?;
        let posted = match post(&tx, book, notices.collect(), now).await {
            Err(error) if error.is_duplicate() => return Ok(false),
            posted => posted?,
        };
        let sql = "INSERT INTO setting (name, value) VALUES (?, ?) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        tx.execute(sql, binds![format!("{HAD}{}", leader.id), json(&week.name())]).await?;
        tx.commit().await?;
        Ok(!posted.is_empty())
    }

    /// Subject and words; `None` if there is nothing to say.
    async fn week_of(
        &self,
        book: &TermsBook,
        leader: &Colleague,
        week: Week,
        now: Timestamp,
    ) -> Result<Option<(String, String)>> {
        let calendar = book.calendar_of(leader.id);
        let zone = calendar.zone();
        let scope = Scope::of(leader.id, leader.role, leader.team);
        let team = self.team(scope, TeamSearch { rep: None, limit: NAMED }, now).await?;
        let owed = self.owed(scope, week.ends(zone), now).await?;
        let last = week.last_began(zone)..week.begins(zone);
        let untold = team.untold.iter().map(|row| Untold {
            customer: &row.customer_name,
            owner: &row.owner.name,
            known_at: row.known_at,
        });
        let told = team.told.iter().filter(|told| last.contains(&told.at)).map(|told| Told {
            customer: &told.customer_name,
            by: &told.by_name,
            notice_days: told.notice_days,
        });
        let words = WeekWords {
            untold: untold.collect(),
            untold_total: team.untold_total,
            told: told.collect(),
            due: owed.iter().map(|owed| (owed.kind, owed.due)).collect(),
            now,
            zone,
        };
        Ok((!words.is_empty()).then(|| (words.subject(), words.words())))
    }

    /// Which week each leader was last written to, or had nothing to hear in.
    async fn weeks_had(&self) -> Result<BTreeMap<PersonId, String>> {
        let sql = "SELECT name, value FROM setting WHERE name LIKE ?";
        let rows: Vec<(String, Json<String>)> = self.reads().all(sql, binds![format!("{HAD}%")]).await?;
        let had = rows
            .into_iter()
            .filter_map(|(name, Json(week))| Some((PersonId(name.strip_prefix(HAD)?.parse().ok()?), week)));
        Ok(had.collect())
    }
}

/// What stands before a leader's number in the name of what is kept.
const HAD: &str = "week-of-";

/// Whether somebody looks after a team.
fn leads(book: &TermsBook, person: &Colleague) -> bool {
    let leads = || book.roster().teams().any(|team| team.leader == Some(person.id));
    let sees_it = person.role == Role::Leader || person.role == Role::Admin && leads();
    sees_it && person.reach != Reach::Disabled
}

/// The week that has begun for somebody who works at this moment.
fn begun(book: &TermsBook, person: PersonId, now: Timestamp) -> Option<Week> {
    let calendar = book.calendar_of(person);
    let away = |at| book.roster().absence(person, at).is_some();
    let week = Week::of(now, calendar.zone());
    let morning = week.first_morning(&calendar, away)?;
    (morning <= now && calendar.is_open(now) && !away(now)).then_some(week)
}
