//! What a rep does with a case, one operation at a time.

use std::time::{Duration, Instant};

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};

use super::notes::Word;
use super::rep::Rep;
use super::reports::{CONTACT, dates};
use crate::bench::clock;

/// A case as the rep remembers it.
pub(super) struct Work {
    pub(super) case: u64,
    stage: Stage,
    /// When the next letter may be written; `None` before they are told.
    letter_after: Option<Instant>,
}

enum Stage {
    /// Nobody has told them.
    Untold,
    /// They wait for a next word that is far away.
    Told,
    /// A next word is due that nobody keeps: Forewarn has to notice. So long the case is left alone.
    LeftAlone(Instant),
}

/// Nobody keeps a word for so long after it was due: the most that noticing it may take, and a little.
const LEFT_ALONE: Duration = Duration::from_secs(65);

/// Between two letters of a case: the first one has mostly ended by then.
const BETWEEN_LETTERS: Duration = Duration::from_secs(20);
/// How the address of every customer ends, and of nobody else.
pub(super) const CUSTOMERS: &str = ".customer.example";

impl Work {
    /// A case seen for the first time.
    pub(super) fn on(case: u64) -> Self {
        Self { case, stage: Stage::Untold, letter_after: None }
    }

    /// Whether there is something to do now.
    pub(super) fn can_go_on(&self) -> bool {
        match self.stage {
            Stage::Untold | Stage::Told => true,
            Stage::LeftAlone(until) => until <= Instant::now(),
        }
    }

    /// One operation. With `may_leave` the case may be left alone afterwards, with a word that comes due.
    pub(super) fn go_on(&mut self, rep: &mut Rep<'_>, may_leave: bool) -> Result<()> {
        match self.stage {
            Stage::Untold if rep.mix.per_mille(400) => self.try_to_call(rep),
            Stage::Untold => self.tell(rep),
            Stage::Told if self.letter_after.is_some_and(|at| at <= Instant::now()) => self.write(rep),
            Stage::Told | Stage::LeftAlone(_) => {
                let leave = may_leave && !self.gets_updates() && rep.mix.per_mille(200);
                self.keep_word(rep, leave)
            }
        }
    }

    /// A word that is due in a moment, and that nobody will keep.
    pub(super) fn leave_alone(&mut self, rep: &mut Rep<'_>) -> Result<()> {
        if self.gets_updates() || matches!(self.stage, Stage::LeftAlone(_)) {
            return Ok(());
        }
        let by = near(rep);
        let path = format!("/cases/{}/next-words", self.case);
        if rep.act(&path, &[("at", &typed(by))])? {
            self.is_left_alone(rep, by);
        }
        Ok(())
    }

    fn try_to_call(&self, rep: &mut Rep<'_>) -> Result<()> {
        rep.act(&format!("/cases/{}/attempts", self.case), &[("outcome", "no-answer")]).map(drop)
    }

    fn tell(&mut self, rep: &mut Rep<'_>) -> Result<()> {
        let sheet = rep.look(&format!("/cases/{}/talk/after/spoke", self.case))?;
        let lines: Vec<&str> = values_of(&sheet.text, "line").collect();
        let (_, expected) = dates()?;
        let (date, word) = (expected.to_string(), typed(far(rep)));
        let mut form = vec![("how", "spoke"), ("contact", CONTACT), ("expectation", "date"), ("date", &date)];
        form.push(("next_word_at", &word));
        form.extend(lines.iter().map(|line| ("line", *line)));
        if rep.act(&format!("/cases/{}/tellings", self.case), &form)? {
            self.stage = Stage::Told;
            self.letter_after = Some(Instant::now());
        }
        Ok(())
    }

    /// A recap of what was said, which changes nothing that is owed; or an update, which keeps the word that is open.
    fn write(&mut self, rep: &mut Rep<'_>) -> Result<()> {
        self.letter_after = Some(Instant::now() + BETWEEN_LETTERS);
        let address = format!("buyer@case-{}{CUSTOMERS}", self.case);
        let text =
            "Hello Ada Holm,\n\nwhat we said on the phone holds: it reaches you on the new day.\n\nRep";
        let path = format!("/cases/{}/letters", self.case);
        let then = typed(far(rep));
        let mut letter = vec![("address", address.as_str()), ("text", text)];
        if self.gets_updates() {
            letter.extend([("kind", "update"), ("then", then.as_str())]);
        } else {
            letter.push(("kind", "recap"));
        }
        if rep.write(&path, &letter)? { Ok(()) } else { self.settle(rep) }
    }

    /// Whether letters to this customer are updates. Whenever one is taken, it keeps the word that is open then: so
    /// no word is left to come due here.
    const fn gets_updates(&self) -> bool {
        self.case.is_multiple_of(3)
    }

    /// Another letter stands in the way. If nobody knows what became of it, the rep has asked the customer.
    fn settle(&self, rep: &mut Rep<'_>) -> Result<()> {
        let page = rep.look(&format!("/cases/{}", self.case))?;
        let Some(letter) = unknown_letter(&page.text, self.case) else { return Ok(()) };
        let path = format!("/cases/{}/letters/{letter}/resolution", self.case);
        rep.act(&path, &[("how", "said-otherwise")]).map(drop)
    }

    fn keep_word(&mut self, rep: &mut Rep<'_>, leave: bool) -> Result<()> {
        rep.notes.page().word_may_be_kept(self.case, clock::now());
        let by = if leave { near(rep) } else { far(rep) };
        let path = format!("/cases/{}/next-words/keeping", self.case);
        if rep.act(&path, &[("how", "spoke"), ("next_word_at", &typed(by))])? {
            self.stage = Stage::Told;
            if leave {
                self.is_left_alone(rep, by);
            }
        }
        Ok(())
    }

    fn is_left_alone(&mut self, rep: &Rep<'_>, by: Timestamp) {
        let due_in = Duration::try_from(by.duration_since(clock::now())).unwrap_or_default();
        self.stage = Stage::LeftAlone(Instant::now() + due_in + LEFT_ALONE);
        rep.notes.page().words.push(Word { case: self.case, by, kept_after: None });
    }
}

/// Far enough for it to be promised before it is due, however long the promise is under way.
fn near(rep: &mut Rep<'_>) -> Timestamp {
    let by = clock::now() + SignedDuration::from_secs(9 + rep.mix.below(6) as i64);
    Timestamp::from_second(by.as_second()).unwrap_or(by)
}

fn far(rep: &mut Rep<'_>) -> Timestamp {
    clock::now() + SignedDuration::from_mins(3 * 24 * 60 + rep.mix.below(1_000) as i64)
}

/// As a form has it; the customers of this company live by UTC.
fn typed(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// The values of all fields of this name on a page.
fn values_of<'a>(page: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let field = format!("name=\"{name}\" value=\"");
    let mut rest = page;
    std::iter::from_fn(move || {
        let start = rest.find(&field)? + field.len();
        let value = rest[start..].split('"').next()?;
        rest = &rest[start..];
        Some(value)
    })
}

/// The number of the first letter on a page of which somebody can say what became of it.
fn unknown_letter(page: &str, case: u64) -> Option<u64> {
    let addresses = page.split(&format!("\"/cases/{case}/letters/")).skip(1).collect::<Vec<_>>();
    addresses.into_iter().filter_map(|rest| rest.split_once("/resolution\"")?.0.parse().ok()).next()
}

#[cfg(test)]
mod tests {
    use super::{unknown_letter, values_of};

    #[test]
    fn a_letter_that_nobody_knows_of_is_found() {
        let page = r#"<a href="/cases/7/letters/3">Recap</a><form action="/cases/7/letters/5/resolution">"#;
        assert_eq!(unknown_letter(page, 7), Some(5));
        assert_eq!(unknown_letter(page, 8), None);
    }

    #[test]
    fn all_lines_of_a_sheet_are_found() {
        let page = r#"<input type="checkbox" name="line" value="7" checked><input name="line" value="12">"#;
        assert_eq!(values_of(page, "line").collect::<Vec<_>>(), ["7", "12"]);
    }
}
