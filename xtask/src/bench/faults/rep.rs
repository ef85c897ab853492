//! Somebody who works with Forewarn while it is being killed: asks again until there is an answer, with the same
//! entry number, and remembers what was acknowledged.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::company::{Company, PASSWORD};
use super::notes::Notes;
use crate::bench::http::{Answer, Visitor};
use crate::bench::mix::Mix;

/// How long they wait for one answer.
const ONE_ANSWER: Duration = Duration::from_secs(8);
/// How long they try before they say that Forewarn is down.
const PATIENCE: Duration = Duration::from_secs(100);

/// A person at a keyboard.
pub(super) struct Rep<'a> {
    pub(super) company: &'a Company,
    pub(super) notes: &'a Notes,
    pub(super) mix: Mix,
    visitor: Visitor,
}

impl<'a> Rep<'a> {
    /// Signs in.
    pub(super) fn sign_in(company: &'a Company, notes: &'a Notes, email: &str, mix: Mix) -> Result<Self> {
        let visitor = Visitor::sign_in(&company.fleet.address(0), email, PASSWORD)?;
        Ok(Self { company, notes, mix, visitor: visitor.patient_for(ONE_ANSWER) })
    }

    /// Fills in a form. Counts as one operation, however often it has to be sent. `false` when it was refused.
    pub(super) fn act(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<bool> {
        let entry = self.company.entry(self.notes.begin());
        let form: Vec<(&str, &str)> =
            [("entry", entry.as_str())].into_iter().chain(fields.iter().copied()).collect();
        let answer = self.until_answered(|visitor| visitor.post(path, &form))?;
        let mut page = self.notes.page();
        if is_done(&answer) {
            page.acts.insert(entry, path.to_owned());
            return Ok(true);
        }
        page.refused.push(format!("{path}: {} {}", answer.status, answer.text));
        Ok(false)
    }

    /// Sends a letter off. `false` when it was refused, as it is while another one has not come to an end.
    pub(super) fn write(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<bool> {
        let entry = self.company.entry(self.notes.begin());
        let subject = letter_subject(&entry);
        let form = [("entry", entry.as_str()), ("subject", &subject)];
        let form: Vec<(&str, &str)> = form.into_iter().chain(fields.iter().copied()).collect();
        let answer = self.until_answered(|visitor| visitor.post(path, &form))?;
        let done = is_done(&answer);
        if done {
            self.notes.page().letters.insert(entry, path.to_owned());
        }
        Ok(done)
    }

    /// Says that they are on it, of the first notice that waits for somebody. `false` if none does.
    pub(super) fn acknowledge(&mut self) -> Result<bool> {
        let notices = self.look("/notices")?;
        let Some(notice) = first_to_take_on(&notices.text) else { return Ok(false) };
        let (entry, path) = (self.company.entry(self.notes.begin()), format!("/notices/{notice}/acting"));
        let answer = self.until_answered(|visitor| visitor.post(&path, &[("entry", &entry)]))?;
        let mut page = self.notes.page();
        if is_done(&answer) {
            page.acknowledged.insert(notice);
        } else {
            page.refused.push(format!("{path}: {} {}", answer.status, answer.text));
        }
        Ok(true)
    }

    /// Looks at a page.
    pub(super) fn look(&mut self, path: &str) -> Result<Answer> {
        self.until_answered(|visitor| visitor.look(path))
    }

    /// Sends a body.
    pub(super) fn send(&mut self, path: &str, content_type: &str, body: &[u8]) -> Result<Answer> {
        self.until_answered(|visitor| visitor.send(path, content_type, body))
    }

    /// Asks whichever process answers. Trouble on their side, or no answer at all, means: ask again.
    fn until_answered(&mut self, ask: impl Fn(&mut Visitor) -> Result<Answer>) -> Result<Answer> {
        let began = Instant::now();
        loop {
            let replica = self.mix.below(self.company.fleet.size());
            self.visitor.move_to(&self.company.fleet.address(replica));
            let trouble = match ask(&mut self.visitor) {
                Ok(answer) if answer.status < 500 => return Ok(answer),
                Ok(answer) => format!("{} {}", answer.status, answer.text),
                Err(error) => format!("{error:#}"),
            };
            if began.elapsed() > PATIENCE || self.notes.is_stopped() {
                self.notes.stop();
                bail!("nobody could work for {} s: {trouble}", PATIENCE.as_secs());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The subject of a letter, by which it is known again at the mail server.
pub(super) fn letter_subject(entry: &str) -> String {
    format!("About your order ({entry})")
}

/// Whether it is acknowledged.
pub(super) fn is_done(answer: &Answer) -> bool {
    answer.status == 200 || (answer.status == 303 && answer.location.is_some())
}

/// The number of the first notice on a page that has a button for it.
fn first_to_take_on(page: &str) -> Option<i64> {
    let addresses = page.split("\"/notices/").skip(1);
    addresses.filter_map(|rest| rest.split_once("/acting\"")?.0.parse().ok()).next()
}

#[cfg(test)]
mod tests {
    use super::first_to_take_on;

    #[test]
    fn the_first_notice_that_waits_is_found() {
        let page = r#"<form action="/notices/seen"></form><form action="/notices/31/acting"></form>
            <form action="/notices/9/acting"></form>"#;
        assert_eq!(first_to_take_on(page), Some(31));
        assert_eq!(first_to_take_on(r#"<form action="/notices/seen">"#), None);
    }
}
