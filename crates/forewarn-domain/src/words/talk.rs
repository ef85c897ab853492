//! What is said on the phone or face to face, beat by beat.

use super::{Brief, LineNews, say_day, say_promised};
use crate::case::Fault;
use crate::evidence::Outlook;
use crate::promise::{Expectation, Promised};
use jiff::Timestamp;

/// More groups of lines than this are summed up; nobody can follow a list on the phone.
const LINES_SAID: usize = 3;

impl Brief {
    /// Beat 1: who calls, one line of warning, and whether they have the time.
    pub fn opening(&self) -> String {
        let greeting = match self.first_name() {
            "" => "Hello".to_owned(),
            name => name.to_owned(),
        };
        let (rep, company, orders) = (&self.rep, &self.company, self.orders());
        let news = if self.round > 1 { "difficult news again" } else { "difficult news" };
        format!(
            "{greeting}, it's {rep} at {company}. I have {news} about {orders}. Do you have five minutes?"
        )
    }

    /// Beat 1: the news itself, in plain terms; one sentence or two a group of lines that moved alike.
    pub fn news(&self) -> Vec<String> {
        let mut groups: Vec<(&LineNews, Vec<&str>)> = Vec::new();
        for line in &self.lines {
            let alike = |(first, _): &&mut (&LineNews, Vec<&str>)| {
                first.promised == line.promised && first.outlook == line.outlook
            };
            match groups.iter_mut().find(alike) {
                Some((_, items)) => items.push(&line.what),
                None => groups.push((line, vec![&line.what])),
            }
        }
        let mut said: Vec<String> =
            groups.iter().take(LINES_SAID).map(|(line, items)| self.one_news(line, items)).collect();
        let rest: usize = groups.iter().skip(LINES_SAID).map(|(_, items)| items.len()).sum();
        if rest > 0 {
            said.push(format!(
                "{rest} more {} later too. I'll send you all the dates in writing.",
                lines_come(rest)
            ));
        }
        said
    }

    /// Beat 2: why they hear it now.
    pub fn why_now(&self) -> String {
        "Neither of us wanted this. I'm telling you today so that you can still re-plan.".to_owned()
    }

    /// One clause of cause, if there is one that the customer may hear.
    pub fn cause_said(&self) -> Option<String> {
        self.cause.as_ref().map(|cause| sentence(cause.as_str()))
    }

    /// Beat 4: their concern acknowledged, and an apology as the fault asks for; once.
    pub fn acknowledgement(&self) -> String {
        match self.fault {
            Fault::Ours => {
                "I understand what this does to your plans. This is on us, and I'm sorry.".to_owned()
            }
            Fault::ShouldHaveAnticipated => {
                "I understand what this does to your plans. We should have seen it coming, and I'm sorry."
                    .to_owned()
            }
            Fault::OutsideOurControl | Fault::Customers => {
                "I understand what this does to your plans, and I'm sorry that you have to deal with it."
                    .to_owned()
            }
            Fault::NotKnownYet => {
                "I understand what this does to your plans. I don't know yet how it came about; I will find out and tell you."
                    .to_owned()
            }
        }
    }

    /// Beat 5: what we are doing.
    pub fn corrective_action(&self) -> Vec<String> {
        self.actions.iter().map(|action| sentence(action.as_str())).collect()
    }

    /// Beat 6: the read-back, with the question that makes it one.
    pub fn read_back(&self, expectation: Expectation) -> String {
        let promise = match expectation {
            Expectation::NewDate { on } => format!("it arrives on {}", self.day(on)),
            Expectation::Range { from, to } => {
                format!("it arrives between {} and {}", self.day(from), self.day(to))
            }
            Expectation::NoDateYet { .. } => "we have no date yet".to_owned(),
        };
        let word = match expectation {
            Expectation::NoDateYet { next_word_by } => Some(next_word_by),
            Expectation::NewDate { .. } | Expectation::Range { .. } => self.next_word,
        };
        let next = word.map(|by| format!(" {}", self.next_word_said(by))).unwrap_or_default();
        format!("So: {promise}.{next} Did I get that right?")
    }

    /// Beat 7.
    pub fn thanks(&self) -> String {
        "Thank you for your patience, and for talking it through with me.".to_owned()
    }

    /// Beat 8: the next word, with its fixed time.
    pub fn next_word_said(&self, by: Timestamp) -> String {
        format!("I'll call you on {}, even if nothing has changed.", self.moment(by))
    }

    /// For the machine: who called and when they try again. No news on tape.
    pub fn voicemail(&self, try_again_at: Timestamp) -> String {
        let greeting = match self.first_name() {
            "" => "Hello".to_owned(),
            name => format!("Hello {name}"),
        };
        let (rep, company) = (&self.rep, &self.company);
        let back = match &self.rep_phone {
            Some(phone) => format!("You can reach me on {phone}. "),
            None => String::new(),
        };
        format!(
            "{greeting}, this is {rep} at {company}. {back}I'll try you again on {}.",
            self.moment(try_again_at)
        )
    }

    fn one_news(&self, line: &LineNews, items: &[&str]) -> String {
        let what = match items {
            [one] => (*one).to_owned(),
            [first, second] => format!("{first} and {second}"),
            many => format!("{} lines", many.len()),
        };
        let was = match line.promised {
            Promised::NoDateYet => format!("{what}: there is still no date we could promise."),
            promised => {
                let verb = if items.len() == 1 { "will not arrive" } else { "won't arrive" };
                format!("{what} {verb} {}.", say_promised(promised, self.today))
            }
        };
        let now = match line.outlook {
            Outlook::Firm { on } => format!("The date is now {}.", say_day(on, self.today)),
            Outlook::Likely { on } => {
                format!("We now expect {}; it is not confirmed yet.", say_day(on, self.today))
            }
            Outlook::Range { from, to } => format!(
                "We now expect it between {} and {}.",
                say_day(from, self.today),
                say_day(to, self.today)
            ),
            Outlook::NoDate if line.promised == Promised::NoDateYet => return was,
            Outlook::NoDate => "We don't have a new date yet.".to_owned(),
        };
        format!("{was} {now}")
    }
}

fn lines_come(count: usize) -> &'static str {
    if count == 1 { "line comes" } else { "lines come" }
}

/// A text with a capital at its start and a full stop at its end.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.trim().chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().chain(chars).collect();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}
