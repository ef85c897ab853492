//! What a person said on the page of columns, and the answers that it makes for the reader of files.

use crate::typed::Typed;
use crate::views::import::survey::{common_order, decimal_name};
use forewarn_feeds::{Answers, Coverage, DateOrder, DecimalSign, Field, Map, Profile, Survey, WordMeaning};
use std::collections::BTreeMap;

/// What is chosen on the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Answered {
    /// The column whose date the customer was told.
    pub(crate) promised: Option<usize>,
    /// The column whose date the ERP believes now.
    pub(crate) expected: Option<usize>,
    /// "I have only one date."
    pub(crate) only_one: bool,
    /// All other columns that mean something.
    pub(crate) columns: BTreeMap<usize, Field>,
    /// The order of dates where a column leaves it open.
    pub(crate) date_order: Option<DateOrder>,
    /// The decimal sign, if the one that was found is wrong.
    pub(crate) decimal: Option<DecimalSign>,
    /// What words in date columns mean.
    pub(crate) words: BTreeMap<String, WordMeaning>,
}

/// What was typed.
pub(crate) fn answered(typed: &Typed) -> Answered {
    let mut answered = Answered {
        promised: typed.get("promised").parse().ok(),
        expected: typed.get("expected").parse().ok(),
        only_one: typed.filled("only_one").is_some(),
        date_order: typed.get("date_order").parse().ok(),
        decimal: decimal(typed.get("decimal")),
        words: words(typed),
        ..Answered::default()
    };
    for (index, field) in typed.starting("column-") {
        let (Ok(index), Ok(field)) = (index.parse(), field.parse()) else { continue };
        match field {
            Field::Promised if answered.promised.is_none() => answered.promised = Some(index),
            Field::Expected if answered.expected.is_none() => answered.expected = Some(index),
            Field::Promised | Field::Expected => {}
            other => {
                answered.columns.insert(index, other);
            }
        }
    }
    answered
}

/// The sign that is called so.
pub(crate) fn decimal(name: &str) -> Option<DecimalSign> {
    [DecimalSign::Comma, DecimalSign::Point].into_iter().find(|sign| decimal_name(*sign) == name)
}

fn words(typed: &Typed) -> BTreeMap<String, WordMeaning> {
    let meant = typed.starting("word-").filter_map(|(index, meaning)| {
        let meaning = match meaning {
            "no-date" => WordMeaning::NoDate,
            "not-given" => WordMeaning::NotGiven,
            _ => return None,
        };
        Some((typed.get(&format!("word-{index}-text")).to_owned(), meaning))
    });
    meant.filter(|(word, _)| !word.is_empty()).collect()
}

impl Answered {
    /// What the headings and the data suggest.
    pub(crate) fn suggested(survey: &Survey) -> Self {
        let picks = &survey.suggestion.picks;
        let of = |field| picks.get(&field).map(|pick| pick.column);
        let (promised, expected) = (of(Field::Promised), of(Field::Expected));
        let others = picks.iter().filter(|(field, _)| !matches!(field, Field::Promised | Field::Expected));
        // A column that is two fields shows the first of them.
        let columns = others.rev().map(|(field, pick)| (pick.column, *field)).collect();
        Self {
            promised,
            expected,
            only_one: promised.is_some() && expected.is_none(),
            columns,
            ..Self::default()
        }
    }

    /// What a profile says, as far as its columns are there.
    pub(crate) fn of_profile(survey: &Survey, profile: &Profile) -> Self {
        let place = |field| {
            let heading = profile.column(field)?;
            survey.columns.iter().find(|column| column.heading == heading).map(|column| column.index)
        };
        let (promised, expected) = (place(Field::Promised), place(Field::Expected));
        let others =
            profile.columns.keys().filter(|field| !matches!(field, Field::Promised | Field::Expected));
        Self {
            promised,
            expected,
            only_one: promised.is_some() && expected.is_none(),
            columns: others.filter_map(|field| Some((place(*field)?, *field))).collect(),
            words: profile.words.clone(),
            ..Self::default()
        }
    }

    /// The same as answers for the reader of files.
    pub(crate) fn answers(&self, survey: &Survey) -> Answers {
        let (promised, expected) = match (self.only_one, self.promised, self.expected) {
            (true, promised, expected) => (promised.or(expected), None),
            (false, promised, expected) => (promised, expected),
        };
        let dates = [(promised, Field::Promised), (expected, Field::Expected)];
        let dates = dates.into_iter().filter_map(|(index, field)| Some((index?, field)));
        let others = self.columns.iter().map(|(index, field)| (*index, *field));
        let map = |(index, field): (usize, Field)| {
            let column = survey.columns.get(index)?.heading.clone();
            Some(Map { column, field })
        };
        // Where no column leaves its order open, a chosen one overrules what was found.
        let overruled = self.date_order.filter(|_| common_order(survey).is_some());
        let all_dates = Field::ALL.iter().copied().filter(|field| field.is_date());
        Answers {
            maps: dates.chain(others).filter_map(map).collect(),
            only_these: true,
            date_order: self.date_order,
            dates: overruled
                .map_or_else(BTreeMap::new, |order| all_dates.map(|field| (field, order)).collect()),
            decimal: self.decimal,
            words: self.words.clone(),
            coverage: Coverage::Full,
            ..Answers::default()
        }
    }

    /// Whether dates are read from this column.
    pub(crate) fn reads_as_date(&self, column: usize) -> bool {
        let chosen = [self.promised, self.expected].contains(&Some(column));
        chosen || self.columns.get(&column).is_some_and(|field| field.is_date())
    }
}
