//! Which column is what: suggested, as typed, and settled.

mod answered;

pub(crate) use answered::{Answered, answered, decimal};

use super::survey::date_orders;
use super::{file, href};
use crate::pages::import::{ColumnRow, DateQuestion, MappingPage, WordQuestion};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Choice, Tone};
use crate::views::shown::count;
use forewarn_feeds::{Column, ColumnKind, Confidence, Field, Question, Survey, Unsettled, WordMeaning};
use forewarn_store::importing::RegisteredImport;

/// The page, with what was suggested or typed chosen.
pub(crate) fn page(
    shell: Shell,
    import: &RegisteredImport,
    survey: &Survey,
    chosen: &Answered,
    missing: Vec<String>,
) -> MappingPage {
    let ambiguous = dated(survey)
        .any(|column| matches!(&column.kind, ColumnKind::Dates { order, .. } if order.settled().is_none()));
    MappingPage {
        href: href(import),
        file: file(import),
        missing,
        dates: DateQuestion {
            promised: date_columns(survey, chosen.promised),
            expected: date_columns(survey, chosen.expected),
            only_one: chosen.only_one,
            orders: if ambiguous || chosen.date_order.is_some() {
                date_orders(chosen.date_order)
            } else {
                Vec::new()
            },
            decimal: chosen.decimal.map(super::survey::decimal_name).unwrap_or_default().to_owned(),
        },
        columns: survey.columns.iter().map(|column| row(survey, column, chosen)).collect(),
        words: words(survey, chosen),
        shell,
    }
}

/// What is left to say before the file can be read, in sentences.
pub(crate) fn missing(unsettled: &Unsettled) -> Vec<String> {
    match unsettled {
        Unsettled::Twice { field, first, second } => {
            vec![format!("“{first}” and “{second}” are both {}. Leave one of them out.", field.label())]
        }
        Unsettled::Questions(questions) => questions.iter().map(question).collect(),
        other @ Unsettled::NoSuchColumn { .. } => vec![other.to_string()],
    }
}

/// What these choices leave open, in sentences.
pub(crate) fn left_open(survey: &Survey, chosen: &Answered) -> Vec<String> {
    survey.profile(&chosen.answers(survey)).err().map_or_else(Vec::new, |unsettled| missing(&unsettled))
}

fn question(question: &Question) -> String {
    match question {
        Question::Missing { field: Field::Promised, .. } => {
            "No column is the date that you told the customer. Choose it under “What do the dates mean?”."
                .to_owned()
        }
        Question::Missing { field, .. } => {
            format!("No column is the {}. Choose it below.", field.label().to_lowercase())
        }
        Question::Several { field, columns } => {
            let columns = columns.iter().map(|column| format!("“{column}”")).collect::<Vec<_>>().join(" or ");
            format!("Which column is the {}: {columns}?", field.label().to_lowercase())
        }
        Question::DateOrder { column, example, .. } => {
            format!("Is {example} in “{column}” written day first or month first? Say so under the dates.")
        }
    }
}

fn dated(survey: &Survey) -> impl Iterator<Item = &Column> {
    let empty_or_dates =
        |column: &&Column| matches!(column.kind, ColumnKind::Dates { .. } | ColumnKind::Empty);
    survey.columns.iter().filter(empty_or_dates)
}

fn date_columns(survey: &Survey, chosen: Option<usize>) -> Vec<Choice> {
    let in_doubt = survey.columns.iter().filter(|column| chosen == Some(column.index));
    let mut columns: Vec<&Column> = dated(survey).chain(in_doubt).collect();
    columns.sort_by_key(|column| column.index);
    columns.dedup_by_key(|column| column.index);
    let choice = |column: &Column| {
        let sample = column.samples.first().map_or("always empty", String::as_str);
        let choice = Choice::new(column.index.to_string(), format!("{}: {sample}", column.heading));
        if chosen == Some(column.index) { choice.chosen() } else { choice }
    };
    std::iter::once(Choice::new("", "–")).chain(columns.into_iter().map(choice)).collect()
}

fn row(survey: &Survey, column: &Column, chosen: &Answered) -> ColumnRow {
    let above = match (chosen.promised, chosen.expected) {
        (Some(promised), _) if promised == column.index => Some("Promised date, as chosen above"),
        (_, Some(expected)) if expected == column.index && !chosen.only_one => {
            Some("Expected date, as chosen above")
        }
        _ => None,
    };
    let field = chosen.columns.get(&column.index).copied();
    let left_out = Choice::new("", above.unwrap_or("Leave out"));
    let fields = Field::ALL.iter().filter(|field| !matches!(field, Field::Promised | Field::Expected));
    let fields = fields.map(|known| {
        let choice = Choice::new(known.name(), known.label());
        if field == Some(*known) { choice.chosen() } else { choice }
    });
    ColumnRow {
        index: column.index,
        heading: column.heading.clone(),
        samples: column.samples.clone(),
        fields: std::iter::once(left_out).chain(fields).collect(),
        sure: sure(survey, column),
    }
}

fn sure(survey: &Survey, column: &Column) -> Chip {
    let picks = survey.suggestion.picks.values().filter(|pick| pick.column == column.index);
    match picks.map(|pick| pick.confidence).max() {
        Some(Confidence::Certain) => Chip::new("certain", Tone::Good),
        Some(Confidence::LooksLike) => Chip::new("looks like", Tone::Watch),
        None if column.kind == ColumnKind::Empty => Chip::new("empty", Tone::Quiet),
        None => Chip::new("not recognised", Tone::Quiet),
    }
}

/// The words in columns that are read as dates, which nobody knows beforehand.
fn words(survey: &Survey, chosen: &Answered) -> Vec<WordQuestion> {
    let mut words: Vec<(&str, String)> = Vec::new();
    for column in survey.columns.iter().filter(|column| chosen.reads_as_date(column.index)) {
        for word in column.words.iter().filter(|word| word.meaning.is_none()) {
            let rows = format!("{} of “{}”", count(word.rows, "row", "rows"), column.heading);
            match words.iter_mut().find(|(text, _)| *text == word.text) {
                Some((_, all)) => *all = format!("{all}, {rows}"),
                None => words.push((&word.text, rows)),
            }
        }
    }
    let meanings = [("no-date", "There is no date now"), ("not-given", "It was not filled in")];
    let question = |(index, (text, rows)): (usize, (&str, String))| {
        let said = match chosen.words.get(text) {
            Some(WordMeaning::NoDate) => "no-date",
            Some(WordMeaning::NotGiven) => "not-given",
            None => "",
        };
        WordQuestion { index, word: text.to_owned(), rows, meanings: Choice::list(&meanings, said) }
    };
    words.into_iter().enumerate().map(question).collect()
}

#[cfg(test)]
mod tests;
