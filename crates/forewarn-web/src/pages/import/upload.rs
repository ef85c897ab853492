//! The first page: drop a file, and what was imported before.

use crate::pages::shell::{Place, Shell};
use crate::pages::tone::{Chip, Choice, Tone};
use askama::Template;

/// `GET /import`
#[derive(Debug, Template)]
#[template(path = "import/upload.html")]
pub struct UploadPage {
    /// The frame.
    pub shell: Shell,
    /// Why the last file could not be read, and what to do.
    pub wrong: Option<String>,
    /// Mappings saved before; the first entry is "find out by itself".
    pub profiles: Vec<Choice>,
    /// The largest file that is taken: "50 MB".
    pub largest: String,
    /// Imports before, newest first.
    pub history: Vec<ImportRow>,
}

/// An import.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// "/imports/7"
    pub href: String,
    /// "Mon 9 Nov 05:12"
    pub when: String,
    /// "open-orders.xlsx"
    pub file: String,
    /// "Ada Berg", "command line"
    pub by: String,
    /// "1,284 read, 3 added, 61 moved, 12 rejected"
    pub counts: String,
    /// imported, undone, waiting for you, running, failed
    pub state: Chip,
    /// Where it can be undone, while that is possible.
    pub undo: Option<String>,
}

impl UploadPage {
    /// With history, the first time, and after a file that could not be read.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let row = |file: &str, state: Chip, undo: Option<&str>| ImportRow {
            href: "/imports/7".into(),
            when: "Mon 9 Nov 05:12".into(),
            file: file.into(),
            by: "Ada Berg".into(),
            counts: "1,284 read, 3 added, 61 moved, 12 rejected".into(),
            state,
            undo: undo.map(str::to_owned),
        };
        let history = vec![
            row("open-orders-0911.csv", Chip::new("imported", Tone::Good), Some("/imports/7/undoing")),
            row("open-orders-0611.csv", Chip::new("imported", Tone::Good), None),
            row("wrong-file.xlsx", Chip::new("waiting for you", Tone::Watch), None),
        ];
        let page = |wrong: Option<&str>, history| Self {
            shell: Shell::sample(Place::Import),
            wrong: wrong.map(str::to_owned),
            profiles: Choice::list(&[("", "Find out by itself"), ("weekly-open-so", "Weekly open SO")], ""),
            largest: "50 MB".into(),
            history,
        };
        let old =
            "“orders.xls” is in the old Excel format. Open it, save it as .xlsx or CSV, and drop it again.";
        vec![
            ("history", page(None, history)),
            ("first", page(None, Vec::new())),
            ("wrong", page(Some(old), Vec::new())),
        ]
    }
}
