//! Import: what was found in a file, what the columns mean, what the import would do and has done.

pub(crate) mod check;
pub(crate) mod history;
pub(crate) mod mapping;
pub(crate) mod outcome;
pub(crate) mod survey;

use super::shown::count;
use crate::pages::import::Count;
use crate::pages::tone::Tone;
use forewarn_feeds::Survey;
use forewarn_store::importing::{ImportOutcome, RegisteredImport};

/// Where an import is.
pub(crate) fn href(import: &RegisteredImport) -> String {
    format!("/imports/{}", import.id)
}

/// "open-orders.xlsx, 1,284 rows"
pub(crate) fn file(import: &RegisteredImport) -> String {
    let rows = import.outcome.as_ref().map(|outcome| outcome.read).or_else(|| Some(found(import)?.rows));
    match rows {
        Some(rows) => format!("{}, {}", import.file_name, count(rows, "row", "rows")),
        None => import.file_name.clone(),
    }
}

/// What was found in the file; `None` before anybody has looked into it.
pub(crate) fn found(import: &RegisteredImport) -> Option<Survey> {
    serde_json::from_str(import.survey.as_deref()?).ok()
}

/// The figures of an outcome, with their tones. What is nothing is left out, but for added and moved.
pub(crate) fn counts(outcome: &ImportOutcome) -> Vec<Count> {
    let ImportOutcome { added, moved, delivered, unchanged, missing, rejected, quiet, slips, .. } = *outcome;
    let always = [("added", added, Tone::Calm), ("moved", moved, Tone::Watch)];
    let if_any = [
        ("slipped", slips, Tone::Urgent),
        ("moved within tolerance", quiet, Tone::Quiet),
        ("delivered", delivered, Tone::Good),
        ("unchanged", unchanged, Tone::Quiet),
        ("missing", missing, Tone::Quiet),
        ("rejected", rejected, Tone::Urgent),
    ];
    let if_any = if_any.into_iter().filter(|(_, value, _)| *value > 0);
    let figure = |(name, value, tone): (&str, u64, Tone)| Count {
        name: name.to_owned(),
        value: super::shown::number(value),
        tone: if value == 0 { Tone::Quiet } else { tone },
    };
    always.into_iter().chain(if_any).map(figure).collect()
}

#[cfg(test)]
pub(crate) mod sample {
    //! An import for tests.

    use super::*;
    use forewarn_domain::ids::ImportId;
    use forewarn_store::importing::{Door, ImportState};

    /// "open.csv", uploaded on 9 November, in `state`.
    pub(crate) fn import(state: ImportState) -> RegisteredImport {
        let at = "2026-11-09T05:12:00Z".parse().unwrap();
        RegisteredImport {
            id: ImportId(7),
            by: None,
            door: Door::Upload,
            file_name: "open.csv".into(),
            bytes: 1_000,
            as_of: at,
            full_report: true,
            state,
            survey: None,
            mapping: None,
            profile: None,
            outcome: None,
            message: None,
            created_at: at,
            imported_at: None,
            undone_at: None,
        }
    }

    /// What the reader of files finds in this text.
    pub(crate) fn survey(text: &str) -> Survey {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("open.csv");
        std::fs::write(&path, text).unwrap();
        forewarn_feeds::survey(&forewarn_feeds::Source::csv(&path)).unwrap()
    }
}
