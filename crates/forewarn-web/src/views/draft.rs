//! What a rep has said and noted during a talk that is not recorded yet. Kept in the session until the
//! after-call sheet turns it into a telling.

use super::scene::Scene;
use crate::pages::case::{Conflict, ExpectationForm};
use crate::typed::Typed;
use forewarn_domain::ids::PromiseId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The notes of one talk.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    /// What was expected of each line when the news was said: its latest day, or `none`.
    pub(crate) said: BTreeMap<i64, String>,
    /// What was expected when they took note that it had moved.
    pub(crate) acknowledged: BTreeMap<i64, String>,
    /// The new promise as they mean to say it, or have said it: field by field.
    pub(crate) expectation: Option<Planned>,
    /// `yes`, `no`, or empty if not asked.
    pub(crate) understood: String,
    /// `yes`, `no`, `thinks`, or empty if not asked.
    pub(crate) agreed: String,
    /// When they speak next, as typed.
    pub(crate) next_word_at: String,
}

/// The fields of an expectation as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Planned {
    kind: String,
    date: String,
    from: String,
    to: String,
    next_word_by: String,
}

impl Draft {
    /// Under what the session keeps it.
    pub(crate) fn key(scene: &Scene) -> String {
        key(&scene.file.id.to_string())
    }

    /// Takes in what a step's form says.
    pub(crate) fn take_in(&mut self, typed: &Typed) {
        for (line, day) in typed.starting("said-") {
            if let Ok(line) = line.parse() {
                self.said.insert(line, day.to_owned());
            }
        }
        if typed.filled("expectation").is_some() {
            self.expectation = Some(Planned::of(typed));
        }
        for (name, kept) in [
            ("understood", &mut self.understood),
            ("agreed", &mut self.agreed),
            ("next_word_at", &mut self.next_word_at),
        ] {
            if let Some(value) = typed.filled(name) {
                value.clone_into(kept);
            }
        }
    }

    /// They have seen that the facts moved.
    pub(crate) fn acknowledge(&mut self, scene: &Scene) {
        self.acknowledged = expected(scene);
    }

    /// What has moved since it was said, unless they know.
    pub(crate) fn conflict(&self, scene: &Scene) -> Option<Conflict> {
        let now = expected(scene);
        let moved: Vec<_> = self
            .said
            .iter()
            .filter_map(|(line, said)| Some((*line, said, now.get(line)?)))
            .filter(|(line, said, now)| said != now && self.acknowledged.get(line) != Some(now))
            .collect();
        let (line, said, now) = moved.first()?;
        let title = scene.short_title(PromiseId(*line));
        let more = match moved.len() {
            1 => String::new(),
            2 => " One more line has moved.".to_owned(),
            n => format!(" {} more lines have moved.", n - 1),
        };
        let (now, said) = (scene.day_or_none(now), scene.day_or_none(said));
        Some(Conflict {
            text: format!("ERP now says {now} for {title}; you have said {said}.{more}"),
            action: format!("{}/acknowledgements", scene.href()),
            evidence: scene.file.case.version.to_string(),
            seen: scene.file.case.version.to_string(),
        })
    }
}

/// Under what the session keeps the notes of the case with this number.
pub(crate) fn key(case: &str) -> String {
    format!("talk-{case}")
}

/// The latest expected day of each line that is still open, or `none`.
pub(crate) fn expected(scene: &Scene) -> BTreeMap<i64, String> {
    let open = scene.file.case.lines.iter().filter(|(_, line)| line.is_open());
    let day = |outlook: forewarn_domain::evidence::Outlook| {
        outlook.latest().map_or_else(|| "none".to_owned(), |day| day.to_string())
    };
    open.map(|(promise, line)| (promise.0, day(line.outlook))).collect()
}

impl Planned {
    fn of(typed: &Typed) -> Self {
        let text = |name| typed.get(name).to_owned();
        Self {
            kind: text("expectation"),
            date: text("date"),
            from: text("from"),
            to: text("to"),
            next_word_by: text("next_word_by"),
        }
    }

    /// The same in a form.
    pub(crate) fn form(&self) -> ExpectationForm {
        ExpectationForm {
            kind: self.kind.clone(),
            date: self.date.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            next_word_by: self.next_word_by.clone(),
            warning: None,
        }
    }
}
