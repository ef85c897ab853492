//! What an import did; and how far it is, while it runs.

use super::check::Count;
use crate::pages::shell::{Place, Shell};
use crate::pages::tone::Tone;
use askama::Template;

/// `GET /imports/{id}`
#[derive(Debug, Template)]
#[template(path = "import/outcome.html")]
pub struct OutcomePage {
    /// The frame; its `live` address tells the progress.
    pub shell: Shell,
    /// "/imports/7"
    pub href: String,
    /// "open-orders.xlsx, 1,284 rows"
    pub file: String,
    /// How far it is.
    pub state: OutcomeState,
}

/// How far an import is.
#[derive(Debug, Clone)]
pub enum OutcomeState {
    /// At work.
    Running {
        /// "Checking the rows"
        title: String,
        /// 0 to 100; `None` before that is known.
        percent: Option<u8>,
        /// "840 of 1,284 rows"
        done: String,
    },
    /// Imported.
    Done(Outcome),
    /// Taken back; by whom and when, as a sentence.
    Undone(String),
    /// Not imported.
    Failed {
        /// Why, and what to do.
        why: String,
        /// Where its columns can be mapped anew, if it could be read that far.
        columns_href: Option<String>,
    },
}

/// What an import did.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// "61 lines slipped. 5 customers are waiting to hear from you."
    pub summary: String,
    /// The counts.
    pub counts: Vec<Count>,
    /// "until Tue 10 Nov 05:12"; `None` if it can't be undone any more.
    pub undo_until: Option<String>,
    /// The rejected rows as a file.
    pub rejected_href: Option<String>,
    /// A name for the mapping; `None` if it came from a saved one.
    pub profile_name: Option<String>,
    /// "forewarn import --profile weekly-open-so FILE"
    pub command: String,
}

impl OutcomePage {
    /// Running, done, undone, failed.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |state| Self {
            shell: Shell { live: Some("/live".into()), ..Shell::sample(Place::Import) },
            href: "/imports/7".into(),
            file: "open-orders.xlsx, 1,284 rows".into(),
            state,
        };
        let count = |name: &str, value: &str, tone| Count { name: name.into(), value: value.into(), tone };
        let done = Outcome {
            summary: "61 lines slipped. 5 customers are waiting to hear from you.".into(),
            counts: vec![
                count("added", "1,202", Tone::Calm),
                count("moved", "61", Tone::Watch),
                count("delivered", "9", Tone::Good),
                count("rejected", "12", Tone::Urgent),
            ],
            undo_until: Some("until Tue 10 Nov 05:12".into()),
            rejected_href: Some("/imports/7/rejected.csv".into()),
            profile_name: Some("Weekly open SO".into()),
            command: "forewarn import --profile weekly-open-so FILE".into(),
        };
        vec![
            (
                "running",
                page(OutcomeState::Running {
                    title: "Importing".into(),
                    percent: Some(65),
                    done: "840 of 1,284 rows".into(),
                }),
            ),
            ("done", page(OutcomeState::Done(done))),
            (
                "undone",
                page(OutcomeState::Undone(
                    "Ada Berg took it back on Mon 9 Nov 06:02. Everything is as it was before.".into(),
                )),
            ),
            (
                "failed",
                page(OutcomeState::Failed {
                    why: "The disk is full, so nothing was saved. Free some space and import the file again."
                        .into(),
                    columns_href: Some("/imports/7/mapping".into()),
                }),
            ),
        ]
    }
}
