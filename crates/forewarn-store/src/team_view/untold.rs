//! What is known and not told.

use super::TeamSearch;
use crate::cases::{CaseFile, load_files};
use crate::db::{FromRow, Reads, Row, Value, binds, marks};
use crate::error::Result;
use crate::scope::{self, Condition};
use crate::terms::{CustomerTerms, TERMS, TermsBook};
use crate::today::TodayOwner;
use forewarn_domain::amount::Amount;
use forewarn_domain::case::{
    Acknowledged, Ask, CaseEvent, CaseLine, NotNow, Outcome, Owner, Stage, SupplyQuestion, triage,
};
use forewarn_domain::escalation::Ladder;
use forewarn_domain::ids::{CaseId, CustomerId, PersonId};
use forewarn_domain::people::Scope;
use forewarn_domain::promise::Promised;
use forewarn_domain::severity::Temperature;
use forewarn_domain::slip::{Slip, can_act_days};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A customer who doesn't know what we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// The case.
    pub case: CaseId,
    /// Whose.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// The customer's time zone, by its IANA name.
    pub zone: String,
    /// Where they are, as shown.
    pub place: Option<String>,
    /// Who has to tell them.
    pub owner: TodayOwner,
    /// Why somebody else may have to do it: the owner is away.
    pub away: Option<Away>,
    /// Waiting for facts, to tell, or told of something else before.
    pub stage: Stage,
    /// How many lines slip.
    pub lines: u32,
    /// What they are worth, by currency.
    pub worth: Vec<Worth>,
    /// Longest slip, in calendar days.
    pub worst_slip_days: i32,
    /// Whether a line has no date.
    pub no_date: bool,
    /// Working days of the customer that are left to act; `None` when no date was promised.
    pub can_act_days: Option<i32>,
    /// First evidence.
    pub known_at: Timestamp,
    /// Where that came from, in words.
    pub source: Option<String>,
    /// When it became news.
    pub firm_at: Option<Timestamp>,
    /// The deadline for telling.
    pub tell_by: Option<Timestamp>,
    /// Known → firm, or until now: working minutes of whoever tells. The clock of supply.
    pub fact_minutes: i64,
    /// Firm → now: working minutes of whoever tells. Their own clock; zero while nothing is firm.
    pub tell_minutes: i64,
    /// 0 to 100.
    pub severity: u8,
    /// 1 for the first conversation; more for a repeat slip.
    pub round: u32,
    /// How they took it last.
    pub temperature: Option<Temperature>,
    /// When whoever has to tell them first looked at it, or did something about it.
    pub opened_at: Option<Timestamp>,
    /// Tries to reach the customer since they were last told something.
    pub attempts: u32,
    /// The last of them.
    pub last_attempt: Option<(Timestamp, Outcome)>,
    /// Why they are not told now, and since when that is the reason.
    pub not_now: Option<(Timestamp, NotNow)>,
    /// What a leader asked last, and the answer.
    pub ask: Option<Ask>,
    /// The leader who joins the call.
    pub joins: Option<PersonId>,
    /// When the rep asked a leader in.
    pub leader_called_at: Option<Timestamp>,
    /// Who has said that they see to it, and until when that holds.
    pub acknowledged: Option<Acknowledged>,
    /// What a supply owner was asked, and has not answered.
    pub supply: Option<SupplyQuestion>,
}

/// An amount in a currency; the report may name none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    /// How much.
    pub amount: Amount,
    /// "EUR"
    pub currency: Option<String>,
}

/// Somebody is away at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// Until when.
    pub until: Timestamp,
    /// The name of whoever stands in; `None` leaves it to the leader.
    pub deputy: Option<String>,
}

/// More than a page: those with the least time to act. As many as one look-up of histories takes.
const MOST: u32 = 400;

/// The cases, and how many there are in all.
pub(super) async fn find(
    reads: Reads<'_>,
    book: &TermsBook,
    scope: Scope,
    search: &TeamSearch,
    now: Timestamp,
) -> Result<(Vec<Untold>, u32)> {
    let which = which(scope, search.rep, now);
    let total = format!("SELECT COUNT(*) FROM cases k WHERE {UNTOLD} AND {}", which.sql);
    let total = reads.one::<(u32,)>(&total, which.values.clone()).await?.map_or(0, |(count,)| count);
    // The day differs from zone to zone; sorted again below, by each customer's own.
    let sql = format!(
        "SELECT {HEAD}, {TERMS} FROM {FROM} WHERE {UNTOLD} AND {} \
         ORDER BY CASE WHEN k.act_until < ? THEN 1 ELSE 0 END, \
         CASE WHEN k.act_until < ? THEN '' ELSE COALESCE(k.act_until, '') END, \
         k.act_until DESC, k.severity DESC, k.id LIMIT ?",
        which.sql
    );
    let today = book.company_calendar().local_date(now);
    let limit = search.limit.min(MOST);
    let heads: Vec<Head> = reads.all(&sql, [which.values, binds![today, today, limit]].concat()).await?;
    let ids: Vec<CaseId> = heads.iter().map(|head| head.case).collect();
    let mut worth = worth(reads, &ids).await?;
    let away = away(reads, now).await?;
    let files = load_files(reads, book, &ids).await?;
    let mut files: BTreeMap<CaseId, CaseFile> = files.into_iter().map(|file| (file.id, file)).collect();
    let rows = heads.into_iter().filter_map(|head| {
        let file = files.remove(&head.case)?;
        let worth = worth.remove(&head.case).unwrap_or_default();
        let away = head.owner.person.and_then(|owner| away.get(&owner)).cloned();
        Some(Untold { away, ..row(head, &file, worth, now) })
    });
    let mut rows: Vec<Untold> = rows.collect();
    rows.sort_by_cached_key(|row| (triage(row.can_act_days, row.severity), row.known_at, row.case));
    Ok((rows, total))
}

/// Open, and with a slip that counts against what the customer was last told.
const UNTOLD: &str = "k.closed_at IS NULL AND (k.worst_slip_days > 0 OR k.no_date)";

const HEAD: &str = "k.id, k.customer_id, k.owner_id, c.name AS customer_name, c.place, \
    o.name AS owner_name, o.email AS owner_email, r.name AS report_owner_name, t.name AS team_name";

const FROM: &str = "cases k JOIN customer c ON c.id = k.customer_id JOIN team t ON t.id = k.team_id \
    LEFT JOIN person o ON o.id = k.owner_id LEFT JOIN report_owner r ON r.name_key = c.report_owner";

/// Those of one of the people whom the scope covers; or all that the scope covers.
fn which(scope: Scope, rep: Option<PersonId>, now: Timestamp) -> Condition {
    let Some(rep) = rep else { return scope::cases(scope, now) };
    let seen = scope::people(scope);
    let sql = format!("k.owner_id = ? AND k.owner_id IN (SELECT w.id FROM person w WHERE {})", seen.sql);
    Condition { sql, values: [binds![rep], seen.values].concat() }
}

async fn worth(reads: Reads<'_>, ids: &[CaseId]) -> Result<BTreeMap<CaseId, Vec<Worth>>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "SELECT case_id, currency, CAST(SUM(value) AS BIGINT) FROM promise WHERE case_id IN ({}) \
         AND slip IN ('late', 'no-date') AND value IS NOT NULL GROUP BY case_id, currency ORDER BY case_id, currency",
        marks(ids.len())
    );
    let values: Vec<Value> = ids.iter().flat_map(|id| binds![*id]).collect();
    let mut worth: BTreeMap<CaseId, Vec<Worth>> = BTreeMap::new();
    for (case, currency, amount) in reads.all::<(CaseId, Option<String>, Amount)>(&sql, values).await? {
        worth.entry(case).or_default().push(Worth { amount, currency });
    }
    Ok(worth)
}

/// Whoever is away now.
async fn away(reads: Reads<'_>, now: Timestamp) -> Result<BTreeMap<PersonId, Away>> {
    let sql = "SELECT a.person_id, a.until_at, d.name FROM absence a LEFT JOIN person d ON d.id = a.deputy_id \
               WHERE a.cancelled_at IS NULL AND a.from_at <= ? AND a.until_at > ? ORDER BY a.until_at, a.id";
    let rows: Vec<(PersonId, Timestamp, Option<String>)> = reads.all(sql, binds![now, now]).await?;
    Ok(rows.into_iter().map(|(person, until, deputy)| (person, Away { until, deputy })).collect())
}

fn row(head: Head, file: &CaseFile, worth: Vec<Worth>, now: Timestamp) -> Untold {
    let (case, terms) = (&file.case, &file.terms);
    let (known_at, firm_at) = (case.known_at(), case.firm_at());
    let worked = |from, to| terms.owner_calendar.working_time_between(from, to).as_mins();
    let told_at = case.tellings.last().map(|(at, ..)| *at);
    let tries = || case.attempts.iter().filter(|(at, _)| told_at.is_none_or(|told| *at > told));
    let today = terms.customer_calendar.local_date(now);
    let act_until = case.promised_of_slipping().filter_map(Promised::latest).min();
    let on = act_until.map(|on| Promised::Date { on });
    Untold {
        case: file.id,
        customer: file.customer,
        customer_name: head.customer_name,
        zone: head.terms.zone.unwrap_or_else(|| terms.customer_calendar.zone_name().to_owned()),
        place: head.place,
        owner: head.owner,
        away: None,
        stage: case.stage(),
        lines: case.slipping().count().try_into().unwrap_or(u32::MAX),
        worth,
        worst_slip_days: case.slipping().filter_map(|(_, line)| line.slip.days()).max().unwrap_or(0),
        no_date: case.slipping().any(|(_, line)| line.slip == Slip::NoDate),
        can_act_days: on.and_then(|on| can_act_days(on, &terms.customer_calendar, today)),
        known_at,
        source: source(file),
        firm_at,
        tell_by: case.tell_by,
        fact_minutes: worked(known_at, firm_at.unwrap_or(now)),
        tell_minutes: firm_at.map_or(0, |firm| worked(firm, now)),
        severity: case.severity.as_ref().map_or(0, |severity| severity.points),
        round: case.round,
        temperature: case.temperature(),
        opened_at: opened_at(file, known_at),
        attempts: tries().count().try_into().unwrap_or(u32::MAX),
        last_attempt: tries().next_back().map(|(at, attempt)| (*at, attempt.outcome)),
        not_now: case.not_now.clone(),
        ask: case.leading.asks.last().filter(|ask| told_at.is_none_or(|told| ask.at >= told)).cloned(),
        joins: case.leading.joins.and_then(|(_, by)| by),
        leader_called_at: case.leader_called_at,
        acknowledged: case.clocks.climbs.get(&Ladder::Tell).and_then(|climb| climb.acknowledged),
        supply: case.clocks.question.clone(),
    }
}

/// Where the first evidence of what slips now came from.
fn source(file: &CaseFile) -> Option<String> {
    let (first, line): (_, &CaseLine) = file.case.slipping().min_by_key(|(_, line)| line.known_at)?;
    file.history.iter().find_map(|recorded| match &recorded.event {
        CaseEvent::LineJoined { line: joined }
            if joined.promise == first && joined.known_at == line.known_at =>
        {
            Some(joined.source.clone())
        }
        CaseEvent::LineMoved { promise, observed_at, source, .. }
            if *promise == first && *observed_at == line.known_at =>
        {
            Some(source.clone())
        }
        _ => None,
    })
}

/// When whoever has to tell them first touched it since it is known. A leader who looks in doesn't count.
fn opened_at(file: &CaseFile, known_at: Timestamp) -> Option<Timestamp> {
    let Owner::Person { person } = file.case.owner else { return None };
    let own = file.history.iter().filter(|recorded| recorded.by == Some(person) && recorded.at >= known_at);
    own.map(|recorded| recorded.at).min()
}

struct Head {
    case: CaseId,
    customer_name: String,
    place: Option<String>,
    owner: TodayOwner,
    terms: CustomerTerms,
}

impl FromRow for Head {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            case: row.get("id")?,
            customer_name: row.get("customer_name")?,
            place: row.get("place")?,
            owner: TodayOwner::from_row(row)?,
            terms: CustomerTerms::from_row(row)?,
        })
    }
}
