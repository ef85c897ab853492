//! Today: calls, not lines. One row a case, sorted by what can still be done.

use crate::db::{FromRow, Json, Row, Store, Word};
use crate::error::Result;
use crate::scope;
use crate::terms::{CustomerTerms, TERMS, TermsBook};
use forewarn_domain::case::{Ask, NotNow, Section, Stage, triage};
use forewarn_domain::ids::{CaseId, CustomerId, PersonId};
use forewarn_domain::people::Scope;
use forewarn_domain::promise::Promised;
use forewarn_domain::severity::Temperature;
use forewarn_domain::slip::can_act_days;
use forewarn_domain::text::InternalText;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What Today shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    /// The calls, by section, then by what can still be done.
    pub rows: Vec<TodayRow>,
    /// The newest import; `None` before the first.
    pub last_import: Option<LastImport>,
    /// Lines that moved less than their customer's tolerance.
    pub quiet_changes: u32,
}

/// One call to make, or one conversation to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodayRow {
    /// The case.
    pub case: CaseId,
    /// Whose.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Who has to tell them.
    pub owner: TodayOwner,
    /// Which section it stands in.
    pub section: Section,
    /// Where the case stands.
    pub stage: Stage,
    /// How many lines it covers.
    pub lines: u32,
    /// How many of them the customer knows the truth about.
    pub told: u32,
    /// Their order numbers.
    pub orders: Vec<String>,
    /// Longest slip that is still to be told, in calendar days.
    pub worst_slip_days: i32,
    /// Whether a line to tell has no date.
    pub no_date: bool,
    /// Working days of the customer until the first date that slips: how long they can still act. `None`
    /// when nothing slips, or no date was promised.
    pub can_act_days: Option<i32>,
    /// 0 to 100.
    pub severity: u8,
    /// First evidence.
    pub known_at: Timestamp,
    /// When it became news.
    pub firm_at: Option<Timestamp>,
    /// The deadline for telling.
    pub tell_by: Option<Timestamp>,
    /// When they were last told.
    pub told_at: Option<Timestamp>,
    /// 1 for the first conversation; more for a repeat slip.
    pub round: u32,
    /// Whether there is better news than the customer has.
    pub good_news: bool,
    /// How they took it last.
    pub temperature: Option<Temperature>,
    /// Why they are not told now.
    pub not_now: Option<NotNow>,
    /// What a leader asks, and nobody has answered.
    pub asked: Option<Asked>,
    /// The leader who joins the call.
    pub joins: Option<PersonId>,
    /// When they hear from us next.
    pub next_word_by: Option<Timestamp>,
    /// Whether that moment has passed in silence.
    pub next_word_missed: bool,
    /// When the next thing is owed.
    pub next_due_at: Option<Timestamp>,
    /// Whom to call.
    pub contact: Option<String>,
    /// Their number.
    pub phone: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// The customer's time zone, by its IANA name.
    pub zone: String,
    /// Where they are, as shown.
    pub place: Option<String>,
    /// Whether they work at this moment.
    pub open_now: bool,
}

/// Who has to tell a customer, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodayOwner {
    /// The person; `None` while it lies in an inbox.
    pub person: Option<PersonId>,
    /// That person's e-mail address.
    pub email: Option<String>,
    /// Their name; else the owner as reports write it; else the team, whose inbox it lies in.
    pub name: String,
}

/// A leader's question, for a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Who asks.
    pub by: Option<PersonId>,
    /// Since when.
    pub at: Timestamp,
    /// What they want to know.
    pub words: InternalText,
}

/// The newest import that took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastImport {
    /// The file's name.
    pub file: String,
    /// When it was taken in.
    pub imported_at: Timestamp,
    /// The moment it speaks of.
    pub as_of: Timestamp,
}

impl TodayRow {
    /// Whether this customer has been let down on these lines before.
    pub fn is_repeat(&self) -> bool {
        self.round > 1
    }
}

impl Store {
    /// The list for this person. The number of statements is the same however many cases there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn today(&self, scope: Scope, now: Timestamp) -> Result<Today> {
        let book = TermsBook::load(self.reads(), now).await?;
        let visible = scope::cases(scope, now);
        let sql =
            format!("SELECT {SELECT}, {TERMS} FROM {FROM} WHERE k.closed_at IS NULL AND {}", visible.sql);
        let found: Vec<Found> = self.reads().all(&sql, visible.values).await?;
        let mut rows: Vec<TodayRow> = found.into_iter().filter_map(|found| found.row(&book, now)).collect();
        rows.sort_by_cached_key(|row| {
            (row.section, triage(row.can_act_days, row.severity), row.next_due_at, row.case)
        });
        let (last_import, quiet_changes) = self.header(scope, now).await?;
        Ok(Today { rows, last_import, quiet_changes })
    }

    async fn header(&self, scope: Scope, now: Timestamp) -> Result<(Option<LastImport>, u32)> {
        let last = "SELECT file_name, imported_at, as_of FROM import \
                    WHERE state = 'imported' ORDER BY imported_at DESC, id DESC LIMIT 1";
        let last = self.reads().one::<LastImport>(last, Vec::new()).await?;
        let visible = scope::customers(scope, now);
        let quiet = format!(
            "SELECT COUNT(*) FROM promise p JOIN customer c ON c.id = p.customer_id \
             WHERE p.slip <> 'none' AND p.slip = 'quiet' AND p.delivered IS NULL AND p.status <> 'cancelled' \
             AND p.withdrawn_at IS NULL AND {}",
            visible.sql
        );
        let quiet = self.reads().one::<(u32,)>(&quiet, visible.values).await?;
        Ok((last, quiet.map_or(0, |(count,)| count)))
    }
}

/// A row before calendars and clock have had their say.
struct Found {
    row: TodayRow,
    act_until: Option<Date>,
    terms: CustomerTerms,
}

impl Found {
    fn row(self, book: &TermsBook, now: Timestamp) -> Option<TodayRow> {
        let Found { mut row, act_until, terms } = self;
        let waiting = match row.not_now {
            Some(NotNow::WaitingForFirmDate { until }) => Some(until),
            _ => None,
        };
        row.section = Section::of(row.stage, row.tell_by, waiting, now)?;
        let calendar = book.customer_calendar(&terms);
        let today = calendar.local_date(now);
        row.can_act_days = act_until.and_then(|on| can_act_days(Promised::Date { on }, &calendar, today));
        row.open_now = calendar.is_open(now);
        row.zone = terms.zone.unwrap_or_else(|| calendar.zone_name().to_owned());
        Some(row)
    }
}

/// The contact is the case's, where one was named there; else the customer's.
const SELECT: &str = "k.id, k.customer_id, k.owner_id, k.stage, k.lines, k.told_lines, k.orders, \
    k.worst_slip_days, k.no_date, k.act_until, k.severity, k.known_at, k.firm_at, k.tell_by, k.told_at, k.round, \
    k.good_news, k.temperature, k.not_now, k.asked, k.joins, k.next_word_by, k.next_word_missed, k.next_due_at, \
    CASE WHEN k.contact IS NULL THEN c.contact ELSE k.contact END AS the_contact, \
    CASE WHEN k.contact IS NULL THEN c.phone ELSE k.phone END AS the_phone, \
    CASE WHEN k.contact IS NULL THEN c.email ELSE k.email END AS the_email, \
    c.name AS customer_name, c.place, o.name AS owner_name, o.email AS owner_email, \
    r.name AS report_owner_name, t.name AS team_name";

const FROM: &str = "cases k JOIN customer c ON c.id = k.customer_id JOIN team t ON t.id = k.team_id \
    LEFT JOIN person o ON o.id = k.owner_id LEFT JOIN report_owner r ON r.name_key = c.report_owner";

impl FromRow for Found {
    fn from_row(row: &Row) -> Result<Self> {
        let found = TodayRow {
            case: row.get("id")?,
            customer: row.get("customer_id")?,
            customer_name: row.get("customer_name")?,
            owner: TodayOwner::from_row(row)?,
            section: Section::WaitingForFacts,
            stage: row.get::<Word<Stage>>("stage")?.0,
            lines: row.get("lines")?,
            told: row.get("told_lines")?,
            orders: row.get::<Json<Vec<String>>>("orders")?.0,
            worst_slip_days: row.get("worst_slip_days")?,
            no_date: row.get("no_date")?,
            can_act_days: None,
            severity: row.get("severity")?,
            known_at: row.get("known_at")?,
            firm_at: row.get("firm_at")?,
            tell_by: row.get("tell_by")?,
            told_at: row.get("told_at")?,
            round: row.get("round")?,
            good_news: row.get("good_news")?,
            temperature: row.get::<Option<Word<Temperature>>>("temperature")?.map(|word| word.0),
            not_now: row.get::<Option<Json<NotNow>>>("not_now")?.map(|json| json.0),
            asked: row.get::<Option<Json<Asked>>>("asked")?.map(|json| json.0),
            joins: row.get("joins")?,
            next_word_by: row.get("next_word_by")?,
            next_word_missed: row.get("next_word_missed")?,
            next_due_at: row.get("next_due_at")?,
            contact: row.get("the_contact")?,
            phone: row.get("the_phone")?,
            email: row.get("the_email")?,
            zone: String::new(),
            place: row.get("place")?,
            open_now: false,
        };
        Ok(Self { row: found, act_until: row.get("act_until")?, terms: CustomerTerms::from_row(row)? })
    }
}

impl FromRow for TodayOwner {
    fn from_row(row: &Row) -> Result<Self> {
        let person_name: Option<String> = row.get("owner_name")?;
        let report_owner: Option<String> = row.get("report_owner_name")?;
        let name = match person_name.or(report_owner) {
            Some(name) => name,
            None => row.get("team_name")?,
        };
        Ok(Self { person: row.get("owner_id")?, email: row.get("owner_email")?, name })
    }
}

impl Asked {
    pub(crate) fn of(ask: &Ask) -> Self {
        Self { by: ask.by, at: ask.at, words: ask.words.clone() }
    }
}

impl FromRow for LastImport {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            file: row.get("file_name")?,
            imported_at: row.get("imported_at")?,
            as_of: row.get("as_of")?,
        })
    }
}
