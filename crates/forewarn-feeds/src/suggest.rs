//! Which column is which field: suggested from headings and borne out by the data.

mod dates;
mod fit;
mod question;

pub use question::Question;
pub(crate) use question::explain;

use crate::field::Field;
use crate::keys::Keys;
use crate::survey::{Column, ColumnKind};
use crate::synonyms::{self, Level};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What each column probably is, and what is left to ask.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Suggestion {
    /// The column of each field that was found. Two fields may share a column.
    pub picks: BTreeMap<Field, Pick>,
    /// What a person has to answer before the report can be read; empty when all is certain.
    pub questions: Vec<Question>,
}

/// A column suggested for a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// Where the column stands, from 0.
    pub column: usize,
    /// Its heading.
    pub heading: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// How sure a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Shown as "looks like".
    LooksLike,
    /// The heading says so and the data bears it out.
    Certain,
}

impl Suggestion {
    /// Can the report be read without asking anything?
    pub fn certain(&self) -> bool {
        self.questions.is_empty()
    }

    /// What is missing or ambiguous, and the arguments to type; empty when all is certain.
    pub fn explain(&self) -> String {
        explain(&self.questions)
    }
}

/// From this level on a heading says by itself what it is.
const SAYS_SO: Level = 3;

/// Suggests a column for each field; what a person has said is `fixed`.
pub(crate) fn suggest(columns: &[Column], keys: &Keys, fixed: &BTreeMap<Field, usize>) -> Suggestion {
    let mut search = Search::new(columns, keys, fixed);
    search.dates();
    search.texts();
    search.line();
    search.ask_for_what_is_missing();
    search.suggestion
}

/// A search under way.
struct Search<'a> {
    columns: &'a [Column],
    keys: &'a Keys,
    /// What a person has said.
    fixed: &'a BTreeMap<Field, usize>,
    /// Which column can be which field, and how well it is named so.
    candidates: Vec<(Level, Field, usize)>,
    suggestion: Suggestion,
}

impl<'a> Search<'a> {
    fn new(columns: &'a [Column], keys: &'a Keys, fixed: &'a BTreeMap<Field, usize>) -> Self {
        let mut candidates = Vec::new();
        for column in columns {
            for (field, level) in synonyms::candidates(&column.heading) {
                if let Some(level) = fit::level(field, level, column) {
                    candidates.push((level, field, column.index));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        let mut search = Self { columns, keys, fixed, candidates, suggestion: Suggestion::default() };
        for (field, column) in fixed {
            search.pick(*field, *column, Confidence::Certain);
        }
        search
    }

    fn pick(&mut self, field: Field, column: usize, confidence: Confidence) {
        let heading = self.columns.get(column).map(|c| c.heading.clone()).unwrap_or_default();
        self.suggestion.picks.insert(field, Pick { column, heading, confidence });
    }

    fn has(&self, field: Field) -> bool {
        self.suggestion.picks.contains_key(&field)
    }

    fn is_free(&self, column: usize) -> bool {
        self.suggestion.picks.values().all(|pick| pick.column != column)
    }

    /// The free columns that are named best as `field`, with their level.
    fn best(&self, field: Field) -> Option<(Level, Vec<usize>)> {
        let mut free = self.candidates.iter().filter(|(_, f, column)| *f == field && self.is_free(*column));
        let (level, _, first) = free.next()?;
        let same = free.filter(|(other, _, _)| other == level).map(|(_, _, column)| *column);
        Some((*level, std::iter::once(*first).chain(same).collect()))
    }

    /// Everything but dates and the line: the best name wins, and a column is one thing only.
    fn texts(&mut self) {
        for (level, field, _) in self.candidates.clone() {
            if field.is_date() || field == Field::Line || self.has(field) {
                continue;
            }
            let Some((best, columns)) = self.best(field).filter(|(best, _)| *best == level) else { continue };
            let asked = self.suggestion.questions.iter().any(|question| question.field() == field);
            match columns[..] {
                [column] => self.pick(field, column, confidence(best)),
                _ if asked => {}
                _ if matches!(field, Field::Order | Field::Customer) => self.ask_which(field, &columns),
                [first, ..] => self.pick(field, first, Confidence::LooksLike),
                [] => {}
            }
        }
    }

    /// The line: by its name, by its data, or by the item where the report has no lines (ERPNext).
    fn line(&mut self) {
        if self.has(Field::Line) {
            return;
        }
        let order = self.suggestion.picks.get(&Field::Order).map(|pick| pick.column);
        let tells = |column: usize| order.is_some_and(|order| self.keys.tell_apart(&[order, column]));
        if let Some((level, columns)) = self.best(Field::Line) {
            let apart: Vec<usize> = columns.iter().copied().filter(|column| tells(*column)).collect();
            match (&columns[..], &apart[..]) {
                ([column], _) if level >= SAYS_SO => {
                    return self.pick(Field::Line, *column, Confidence::Certain);
                }
                (_, [column]) => return self.pick(Field::Line, *column, confidence(level)),
                (_, [_, _, ..]) | ([_, _, ..], []) if level >= SAYS_SO => {
                    return self.ask_which(Field::Line, &columns);
                }
                _ => {}
            }
        }
        let Some(order) = order else { return };
        if let Some((line, goods)) = self.numbered_items(order) {
            self.pick(Field::Line, line, Confidence::LooksLike);
            return self.pick(Field::Item, goods, Confidence::Certain);
        }
        if self.keys.tell_apart(&[order]) {
            return;
        }
        let item = self.suggestion.picks.get(&Field::Item).map(|pick| pick.column);
        match item.filter(|item| tells(*item)) {
            Some(item) => self.pick(Field::Line, item, Confidence::LooksLike),
            None => self.ask_missing(Field::Line),
        }
    }

    /// Where goods have a column of their own ("Material") and an "Item" beside it is a plain number that tells
    /// the lines of an order apart, as SAP's lists have it: the column of the line, and that of the goods.
    fn numbered_items(&self, order: usize) -> Option<(usize, usize)> {
        let named = || {
            let items =
                self.candidates.iter().filter(|(level, field, _)| *field == Field::Item && *level >= SAYS_SO);
            items.map(|(_, _, column)| *column)
        };
        let free = |column: usize| {
            self.is_free(column)
                || self.suggestion.picks.get(&Field::Item).is_some_and(|p| p.column == column)
        };
        let counts = |column: usize| {
            let Column { heading, samples, .. } = &self.columns[column];
            // SAP writes 000010; a number of goods is seldom that small.
            let small = |sample: &String| sample.trim().parse::<u32>().is_ok_and(|number| number < 10_000);
            synonyms::is_item_number(heading) && samples.iter().all(small)
        };
        let line = named().find(|column| free(*column) && counts(*column))?;
        let goods = named().find(|column| *column != line && free(*column))?;
        let settled =
            self.fixed.contains_key(&Field::Item) && !self.fixed.values().any(|fixed| *fixed == goods);
        (!settled && self.keys.tell_apart(&[order, line])).then_some((line, goods))
    }

    fn ask_for_what_is_missing(&mut self) {
        let asked = |search: &Self, field| search.suggestion.questions.iter().any(|q| q.field() == field);
        for field in [Field::Order, Field::Customer] {
            if !self.has(field) && !asked(self, field) {
                self.ask_missing(field);
            }
        }
        let dated = self.has(Field::Promised) || self.has(Field::Expected);
        if !dated && !asked(self, Field::Promised) && !asked(self, Field::Expected) {
            self.ask_missing(Field::Promised);
        }
        self.suggestion.questions.sort_by_key(Question::field);
    }

    fn ask_which(&mut self, field: Field, columns: &[usize]) {
        let columns = columns.iter().map(|column| self.columns[*column].heading.clone()).collect();
        self.suggestion.questions.push(Question::Several { field, columns });
    }

    fn ask_missing(&mut self, field: Field) {
        let possible = |column: &&Column| match &column.kind {
            ColumnKind::Dates { .. } => field.is_date(),
            ColumnKind::Text => !field.is_date(),
            ColumnKind::Numbers(_) => matches!(field, Field::Order | Field::Line),
            ColumnKind::Empty => false,
        };
        let free = self.columns.iter().filter(|column| self.is_free(column.index)).filter(possible);
        let could_be = free.take(5).map(|column| column.heading.clone()).collect();
        self.suggestion.questions.push(Question::Missing { field, could_be });
    }
}

fn confidence(level: Level) -> Confidence {
    if level >= SAYS_SO { Confidence::Certain } else { Confidence::LooksLike }
}
