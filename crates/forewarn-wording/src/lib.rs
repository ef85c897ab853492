//! The wording check: a draft and what is known of its case in, findings out.
//!
//! Pure and deterministic: no model, no network, no clock. What happens to a draft, in order: it is split into
//! sentences and words (`draft`), words get their types from the lexicon in one pass (`lexicon`, `shapes`,
//! data in `words/`), patterns over typed words find phrases and acts (`pattern`, `language`), and then each
//! rule (`rules/<flaw>.rs`, its page beside it) and each part (`parts`) looks at the result (`reading`).
//!
//! ```
//! let report = forewarn_wording::check("We apologize for any inconvenience.", &forewarn_wording::Context::default());
//! assert_eq!(report.findings[0].rule, "conditional-apology");
//! assert_eq!(report.findings[0].quote, "any inconvenience");
//! ```

mod calendar;
mod context;
mod draft;
mod language;
mod lexicon;
mod names;
pub mod pages;
mod parts;
mod pattern;
mod reading;
pub mod render;
mod report;
mod rules;
mod say;
mod shapes;

pub use context::{Channel, Context, Fault, Firmness, Kept, Kind, Name, Role};
pub use parts::due;
pub use report::{Finding, Part, Parts, Report, Severity};
pub use rules::{RULES, Rule};

/// Checks one draft. Any text will do; the time is linear in its length. The first 200 findings are given, and how
/// many more there are.
#[must_use]
pub fn check(text: &str, context: &Context) -> Report {
    let draft = draft::Draft::read(text);
    if let Some(language) = language::foreign(&draft) {
        let note = format!(
            "This looks like {language}. Only English can be checked so far; nothing was looked for."
        );
        return Report::not_checked(note);
    }
    let language = match language::Language::english() {
        Ok(language) => language,
        Err(why) => {
            return Report::not_checked(format!("The word lists can't be read: {why}"));
        }
    };
    let reading = reading::Reading::new(draft, context, language);
    let parts = parts::present(&reading);
    let missing = due(context).into_iter().filter(|part| !parts.has(*part)).collect();
    let rules::Findings { first, more, more_to_mend } = rules::find_all(reading);
    Report { findings: first, more, more_to_mend, parts, missing, note: None }
}

/// Which patterns match where, for whoever writes rules: (group, words).
#[must_use]
pub fn trace(text: &str) -> Vec<(&'static str, String)> {
    let draft = draft::Draft::read(text);
    let Ok(language) = language::Language::english() else { return Vec::new() };
    let context = Context::default();
    let reading = reading::Reading::new(draft, &context, language);
    let groups = language.groups().iter();
    groups
        .flat_map(|group| reading.hits(group).iter().map(|hit| (group.as_str(), hit.from..hit.to)))
        .map(|(group, words)| (group, text.get(reading.draft.bytes(words)).unwrap_or_default().to_owned()))
        .collect()
}

/// The page of a rule: what it flags, why, what to say instead, and examples. `None` for an unknown name.
#[must_use]
pub fn explain(rule: &str) -> Option<&'static str> {
    RULES.iter().find(|known| known.id == rule).map(|known| known.page)
}
