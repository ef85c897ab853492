//! From a survey and a person's answers to a profile.

use crate::dates::DateOrder;
use crate::field::Field;
use crate::headings::same_heading;
use crate::numbers::DecimalSign;
use crate::profile::{Coverage, Map, Profile, WordMeaning};
use crate::suggest::{Question, Suggestion, suggest};
use crate::survey::{ColumnKind, Format, Survey};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a person said about a report, on the command line or on the mapping screen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// The name to save the profile under.
    pub name: String,
    /// Which column is which field. These come before any suggestion.
    pub maps: Vec<Map>,
    /// Take only what `maps` says, and no suggestion beside it (the mapping screen, where every field has
    /// been looked at).
    pub only_these: bool,
    /// The date order of all columns that are ambiguous.
    pub date_order: Option<DateOrder>,
    /// The date order of single fields; comes before `date_order` and before what was detected.
    pub dates: BTreeMap<Field, DateOrder>,
    /// The decimal sign of all number columns, in place of what was detected.
    pub decimal: Option<DecimalSign>,
    /// What words in date columns mean.
    pub words: BTreeMap<String, WordMeaning>,
    /// Full or partial.
    pub coverage: Coverage,
}

/// Why a survey and its answers don't make a profile yet. The message says what to type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// A mapped column isn't there.
    #[error("the report has no column “{column}”; its columns are: {}", known.join(", "))]
    NoSuchColumn {
        /// As typed.
        column: String,
        /// The headings that are there.
        known: Vec<String>,
    },
    /// One field was given two columns.
    #[error("{field} is mapped twice: to “{first}” and to “{second}”; leave one out")]
    Twice {
        /// The field.
        field: Field,
        /// One column.
        first: String,
        /// The other.
        second: String,
    },
    /// Something has to be answered first.
    #[error("{}", crate::suggest::explain(.0))]
    Questions(Vec<Question>),
}

impl Survey {
    /// The suggestion once more, with a person's answers in it.
    pub fn suggestion_with(&self, answers: &Answers) -> Result<Suggestion, Unsettled> {
        let mut fixed: BTreeMap<Field, usize> = BTreeMap::new();
        for Map { column, field } in &answers.maps {
            let index = self.column_called(column)?;
            if let Some(first) = fixed.insert(*field, index).filter(|first| *first != index) {
                let heading = |index: usize| self.columns[index].heading.clone();
                return Err(Unsettled::Twice {
                    field: *field,
                    first: heading(first),
                    second: heading(index),
                });
            }
        }
        let mut suggestion = suggest(&self.columns, &self.keys, &fixed);
        if answers.only_these {
            suggestion.picks.retain(|field, _| fixed.contains_key(field));
            suggestion
                .questions
                .retain(|q| !matches!(q, Question::Several { field, .. } if !required(*field)));
            suggestion
                .questions
                .retain(|q| !matches!(q, Question::DateOrder { field, .. } if !fixed.contains_key(field)));
            for field in [Field::Order, Field::Customer] {
                ask_unless_there(&mut suggestion, field);
            }
            if !suggestion.picks.contains_key(&Field::Expected) {
                ask_unless_there(&mut suggestion, Field::Promised);
            }
        }
        suggestion.questions.retain(|question| !answers.settle(question));
        Ok(suggestion)
    }

    /// The profile that the suggestion and a person's answers make, or what is left to answer.
    pub fn profile(&self, answers: &Answers) -> Result<Profile, Unsettled> {
        let suggestion = self.suggestion_with(answers)?;
        if !suggestion.certain() {
            return Err(Unsettled::Questions(suggestion.questions));
        }
        let mut profile = Profile {
            name: answers.name.clone(),
            sheet: match &self.format {
                Format::Xlsx { sheet, .. } => Some(sheet.clone()),
                Format::Csv(_) => None,
            },
            words: answers.words.clone(),
            coverage: answers.coverage,
            ..Profile::default()
        };
        for (field, pick) in suggestion.picks {
            let kind = self.columns.get(pick.column).map(|column| &column.kind);
            if field.is_date() {
                let found = match kind {
                    Some(ColumnKind::Dates { order, evidence }) if evidence.dates > 0 => order.settled(),
                    _ => None,
                };
                let order = answers.dates.get(&field).copied().or(found).or(answers.date_order);
                profile.dates.insert(field, order.unwrap_or_else(|| self.usual_order()));
            }
            if field.is_number() {
                let found = match kind {
                    Some(ColumnKind::Numbers(finding)) => Some(finding.sign),
                    _ => None,
                };
                profile.decimals.insert(field, answers.decimal.or(found).unwrap_or(DecimalSign::Point));
            }
            profile.columns.insert(field, pick.heading);
        }
        Ok(profile)
    }

    /// The order of most date columns, for one that has no dates yet.
    fn usual_order(&self) -> DateOrder {
        let settled = self.columns.iter().filter_map(|column| match &column.kind {
            ColumnKind::Dates { order, .. } => order.settled(),
            _ => None,
        });
        let mut counts: BTreeMap<DateOrder, usize> = BTreeMap::new();
        settled.for_each(|order| *counts.entry(order).or_default() += 1);
        counts.into_iter().max_by_key(|(_, count)| *count).map_or(DateOrder::YearFirst, |(order, _)| order)
    }

    fn column_called(&self, name: &str) -> Result<usize, Unsettled> {
        let exact = self.columns.iter().position(|column| column.heading == name);
        exact
            .or_else(|| self.columns.iter().position(|column| same_heading(&column.heading, name)))
            .ok_or_else(|| Unsettled::NoSuchColumn {
                column: name.to_owned(),
                known: self.columns.iter().map(|column| column.heading.clone()).collect(),
            })
    }
}

impl Answers {
    /// Has a person answered `question` beforehand?
    fn settle(&self, question: &Question) -> bool {
        match question {
            Question::DateOrder { field, .. } => self.date_order.is_some() || self.dates.contains_key(field),
            Question::Missing { .. } | Question::Several { .. } => false,
        }
    }
}

fn required(field: Field) -> bool {
    matches!(field, Field::Order | Field::Line | Field::Customer | Field::Promised)
}

fn ask_unless_there(suggestion: &mut Suggestion, field: Field) {
    let asked = suggestion.questions.iter().any(|question| question.field() == field);
    if !asked && !suggestion.picks.contains_key(&field) {
        suggestion.questions.push(Question::Missing { field, could_be: Vec::new() });
    }
}
