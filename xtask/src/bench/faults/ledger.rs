//! What was acknowledged, against what is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Duration;

use anyhow::{Result, ensure};
use jiff::Timestamp;
use serde::Serialize;

use super::company::Company;
use super::letters::Letters;
use super::notes::{Notes, Page, Word};
use super::schedule::Kills;
use crate::bench::clock;
use crate::bench::report::percentile_ms;
use crate::bench::witness::{Witness, number, text};

/// The result on one engine.
#[derive(Serialize)]
pub(super) struct Ledger {
    engine: &'static str,
    kills: usize,
    operations: usize,
    acknowledged: usize,
    lost: usize,
    mails: usize,
    mailed_twice: usize,
    unknown_with_owner: usize,
    unknown_without_owner: usize,
    deadlines: usize,
    deadlines_missed: usize,
    lateness_p99_ms: u64,
    /// How often a process was held up with SIGSTOP.
    holds: usize,
    /// How often a process ended itself at each failpoint.
    failpoints: BTreeMap<&'static str, usize>,
    /// What a person wants to know besides.
    #[serde(skip)]
    remarks: Vec<String>,
}

impl Ledger {
    /// Compares.
    pub(super) fn drawn_up(company: &Company, notes: &Notes, kills: &Kills) -> Result<Self> {
        let page = notes.page();
        let refused = page.refused.len();
        ensure!(refused * 20 <= page.operations, "the bench asks for what it may not: {:#?}", page.refused);
        let letters = Letters::of(&company.witness, &company.postman.taken())?;
        let mut lost = lost(&company.witness, &page)?;
        lost.extend(letters.lost(&page));
        let deadlines = Deadlines::of(&company.witness, &page)?;
        let mut remarks: Vec<String> = lost.iter().map(|what| format!("lost: {what}")).collect();
        remarks.extend(deadlines.missed.iter().map(|what| format!("missed: {what}")));
        remarks.extend(page.refused.iter().map(|what| format!("refused: {what}")));
        remarks.extend(letters.remarks());
        remarks.push(format!("acknowledged notices: {}", page.acknowledged.len()));
        Ok(Self {
            engine: company.engine.name(),
            kills: kills.kills,
            operations: page.operations,
            acknowledged: page.kept(),
            lost: lost.len(),
            mails: letters.sent_off(),
            mailed_twice: letters.mailed_twice().len(),
            unknown_with_owner: letters.unknown_with_owner(),
            unknown_without_owner: letters.without_end_or_owner().len(),
            deadlines: deadlines.lateness.len() + deadlines.missed.len(),
            deadlines_missed: deadlines.missed.len(),
            lateness_p99_ms: percentile_ms(&deadlines.lateness, 0.99).round() as u64,
            holds: kills.holds,
            failpoints: kills.at.clone(),
            remarks,
        })
    }

    /// Whether every zero is a zero.
    pub(super) fn held(&self) -> bool {
        [self.lost, self.mailed_twice, self.unknown_without_owner, self.deadlines_missed]
            .iter()
            .all(|n| *n == 0)
    }

    pub(super) fn json(&self) -> Result<String> {
        Ok(serde_json::to_string(self)?)
    }

    pub(super) fn table(&self) -> String {
        let mut text = String::new();
        let figures = serde_json::to_value(self).unwrap_or_default();
        for (name, value) in figures.as_object().into_iter().flatten() {
            // Writing into a String cannot fail.
            let _ = writeln!(text, "  {name:<22} {value}");
        }
        text
    }

    /// What a person wants to know besides, line by line.
    pub(super) fn remarks(&self) -> String {
        self.remarks.iter().map(|remark| format!("  ({remark})\n")).collect()
    }

    /// On which engine.
    pub(super) fn engine(&self) -> &'static str {
        self.engine
    }
}

/// Whether something is still under way that comes to an end by itself.
pub(super) fn is_restless(company: &Company, notes: &Notes) -> Result<bool> {
    let page = notes.page();
    let last_word = page.words.iter().map(|word| word.by).max().unwrap_or(Timestamp::MIN);
    let letters = Letters::of(&company.witness, &[])?;
    Ok(last_word > clock::now()
        || letters.are_restless(company.until_all_ended)
        || !Deadlines::of(&company.witness, &page)?.missed.is_empty())
}

/// Acknowledged, and not there.
fn lost(witness: &Witness, page: &Page) -> Result<Vec<String>> {
    let entries = witness.rows("SELECT entry FROM case_event WHERE entry IS NOT NULL")?;
    let entries: BTreeSet<&str> = entries.iter().map(|row| text(row, "entry")).collect();
    let acts = page.acts.iter().filter(|(entry, _)| !entries.contains(entry.as_str()));
    let mut lost: Vec<String> = acts.map(|(entry, path)| format!("{path} with the entry {entry}")).collect();

    lost.extend(notices_lost(witness, page)?);

    // An upload that nobody answered was sent again, so a report may be there twice; one of them was confirmed.
    let imports = witness.rows("SELECT file_name FROM import WHERE state = 'imported'")?;
    let imports: BTreeSet<&str> = imports.iter().map(|row| text(row, "file_name")).collect();
    let orders = witness.rows("SELECT order_no FROM promise WHERE withdrawn_at IS NULL")?;
    let orders: BTreeSet<&str> = orders.iter().map(|row| text(row, "order_no")).collect();
    for (file, lines) in &page.reports {
        if !imports.contains(file.as_str()) || lines.iter().any(|order| !orders.contains(order.as_str())) {
            lost.push(format!("the report {file}"));
        }
    }
    Ok(lost)
}

/// Notices that somebody is on, of which the record knows nothing. What was settled meanwhile needs nobody.
fn notices_lost(witness: &Witness, page: &Page) -> Result<Vec<String>> {
    let taken_on = witness.rows(
        "SELECT n.id FROM notice n WHERE n.settled_at IS NOT NULL OR (n.acted_at IS NOT NULL AND EXISTS \
         (SELECT 1 FROM case_event e WHERE e.case_id = n.case_id AND e.event LIKE '%\"did\":\"acknowledged\"%'))",
    )?;
    let taken_on: BTreeSet<i64> = taken_on.iter().filter_map(|row| number(row, "id")).collect();
    let lost = page.acknowledged.difference(&taken_on);
    Ok(lost.map(|notice| format!("that somebody is on the notice {notice}")).collect())
}

/// Deadlines that came due while nobody kept them.
struct Deadlines {
    lateness: Vec<Duration>,
    missed: Vec<String>,
}

/// How long before it is due a word is promised at most.
const PROMISED_BEFORE: jiff::SignedDuration = jiff::SignedDuration::from_secs(16);
/// A word that is kept sooner than this after it was due need not be noticed.
const MUST_BE_NOTICED_WITHIN: Duration = Duration::from_secs(60);

impl Deadlines {
    fn of(witness: &Witness, page: &Page) -> Result<Self> {
        let noted = moments(
            witness,
            "SELECT case_id, happened_at AS at FROM case_event WHERE kind = 'next-word-missed'",
        )?;
        let noticed =
            moments(witness, "SELECT case_id, created_at AS at FROM notice WHERE kind = 'next-word'")?;
        let acknowledged = moments(
            witness,
            "SELECT case_id, happened_at AS at FROM case_event WHERE event LIKE '%\"did\":\"acknowledged\"%'",
        )?;
        let mut deadlines = Self { lateness: Vec::new(), missed: Vec::new() };
        for word in page.words.iter().filter(|word| is_left_alone(word)) {
            let first = |moments: &BTreeMap<u64, BTreeSet<i64>>| {
                moments.get(&word.case)?.range(word.by.as_microsecond()..).next().copied()
            };
            // Somebody is on it already: then the next notice waits, and the record notes the moment all the same.
            let is_acknowledged = |at: &i64| {
                let since = word.by - PROMISED_BEFORE;
                let moments = acknowledged.get(&word.case);
                moments.is_some_and(|moments| moments.range(since.as_microsecond()..=*at).next().is_some())
            };
            let noted = first(&noted);
            match (noted, noted.filter(is_acknowledged).or(first(&noticed))) {
                (Some(_), Some(at)) => {
                    let late = u64::try_from(at - word.by.as_microsecond()).unwrap_or_default();
                    deadlines.lateness.push(Duration::from_micros(late));
                }
                (noted, _) => {
                    let what = if noted.is_none() { "no event" } else { "no notice" };
                    deadlines
                        .missed
                        .push(format!("{what} of the next word in case {} by {}", word.case, word.by));
                }
            }
        }
        Ok(deadlines)
    }
}

fn is_left_alone(word: &Word) -> bool {
    word.by <= clock::now() && word.kept_after.is_none_or(|kept| kept.duration_since(word.by) >= must())
}

fn must() -> jiff::SignedDuration {
    jiff::SignedDuration::try_from(MUST_BE_NOTICED_WITHIN).unwrap_or_default()
}

/// Moments by case, in microseconds.
fn moments(witness: &Witness, select: &str) -> Result<BTreeMap<u64, BTreeSet<i64>>> {
    let mut moments: BTreeMap<u64, BTreeSet<i64>> = BTreeMap::new();
    for row in witness.rows(select)? {
        let case = number(&row, "case_id").and_then(|case| u64::try_from(case).ok());
        if let (Some(case), Some(at)) = (case, number(&row, "at")) {
            moments.entry(case).or_default().insert(at);
        }
    }
    Ok(moments)
}
