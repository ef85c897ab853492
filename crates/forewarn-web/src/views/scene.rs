//! Everything that the pages of one case are drawn from.

use super::clocks::Clocks;
use super::draft::Draft;
use super::shown::amount;
use forewarn_domain::case::{Case, CaseEvent, CaseLine};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::ids::{PersonId, PromiseId};
use forewarn_domain::promise::Promised;
use forewarn_store::cases::{CaseFile, TimelineEntry};
use forewarn_store::customers::Customer;
use forewarn_store::letters::Letter;
use forewarn_store::people::Person;
use forewarn_store::promises::PromiseRow;
use forewarn_store::relationship::Relationship;
use forewarn_store::replies::Reply;
use forewarn_store::settings::Company;
use forewarn_store::wording::KeptWording;
use jiff::Timestamp;

/// One case, its surroundings, and who looks at it when.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    /// The case, its history, and what holds for it.
    pub(crate) file: CaseFile,
    /// Whose promises slipped.
    pub(crate) customer: Customer,
    /// The promises behind its lines.
    pub(crate) promises: Vec<PromiseRow>,
    /// Our company.
    pub(crate) company: Company,
    /// Who looks.
    pub(crate) me: Person,
    /// All of us.
    pub(crate) people: Vec<Person>,
    /// How it has gone with this customer so far.
    pub(crate) relationship: Relationship,
    /// Everything that happened, with names.
    pub(crate) timeline: Vec<TimelineEntry>,
    /// Findings of the wording check that stay as they are.
    pub(crate) kept_words: Vec<KeptWording>,
    /// The letters to them, newest first, drafts included.
    pub(crate) letters: Vec<Letter>,
    /// What they wrote back, newest first. For our own people.
    pub(crate) replies: Vec<Reply>,
    /// Whom letters come from, where mail is set up: "Norpump <orders@norpump.example>".
    pub(crate) sender: Option<String>,
    /// What was noted in a talk that is not recorded yet.
    pub(crate) draft: Draft,
    /// What time it is, for both.
    pub(crate) clocks: Clocks,
}

/// Whom to reach.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reach {
    /// Their name.
    pub(crate) name: Option<String>,
    /// Their number.
    pub(crate) phone: Option<String>,
    /// Their address.
    pub(crate) email: Option<String>,
}

impl Scene {
    /// The address of the case.
    pub(crate) fn href(&self) -> String {
        format!("/cases/{}", self.file.id)
    }

    /// The case.
    pub(crate) fn case(&self) -> &Case {
        &self.file.case
    }

    /// What time it is.
    pub(crate) fn now(&self) -> Timestamp {
        self.clocks.mine.now
    }

    /// The person to reach: the one named in the case, or else the customer's.
    pub(crate) fn reach(&self) -> Reach {
        if let Some(contact) = &self.case().contact {
            return Reach {
                name: Some(contact.name.to_string()),
                phone: contact.phone.clone(),
                email: contact.email.clone(),
            };
        }
        let settings = &self.customer.settings;
        Reach { name: settings.contact.clone(), phone: settings.phone.clone(), email: settings.email.clone() }
    }

    /// What to call whom we reach: their name, or the customer's.
    pub(crate) fn contact_name(&self) -> String {
        self.reach().name.unwrap_or_else(|| self.customer.name.clone())
    }

    /// "09:10 in Bergen, open"; `None` where nobody has said where they are and the clocks agree.
    pub(crate) fn place(&self) -> Option<String> {
        let known = self.customer.settings.place.is_some() || !self.clocks.agree(self.now());
        known.then(|| self.clocks.there_now(self.file.terms.customer_calendar.is_open(self.now())))
    }

    /// The name of one of us.
    pub(crate) fn person(&self, id: PersonId) -> &str {
        self.people.iter().find(|one| one.id == id).map_or("somebody", |one| one.name.as_str())
    }

    /// The row of a promise.
    pub(crate) fn row(&self, promise: PromiseId) -> Option<&PromiseRow> {
        self.promises.iter().find(|row| row.promise.id == promise)
    }

    /// "4471 / 10"
    pub(crate) fn short_title(&self, promise: PromiseId) -> String {
        self.case().lines.get(&promise).map_or_else(|| format!("line {promise}"), order)
    }

    /// "4471 / 10, 40 pcs Pump P200"
    pub(crate) fn title(&self, promise: PromiseId) -> String {
        let what = [self.quantity(promise), self.item(promise)];
        let what: Vec<_> = what.into_iter().filter(|text| !text.is_empty()).collect();
        let order = self.short_title(promise);
        if what.is_empty() { order } else { format!("{order}, {}", what.join(" ")) }
    }

    /// "Pump P200": what the item is, in the words of the report.
    pub(crate) fn item(&self, promise: PromiseId) -> String {
        let Some(row) = self.row(promise) else { return String::new() };
        row.promise.description.clone().or_else(|| row.promise.item.clone()).unwrap_or_default()
    }

    /// "40 pcs"
    pub(crate) fn quantity(&self, promise: PromiseId) -> String {
        let row = self.row(promise).map(|row| &row.promise);
        let Some(quantity) = row.and_then(|promise| promise.quantity) else { return String::new() };
        let unit = row.and_then(|promise| promise.unit.as_deref()).unwrap_or_default();
        format!("{} {unit}", amount(quantity)).trim_end().to_owned()
    }

    /// What they were told, in words.
    pub(crate) fn promised(&self, promised: Promised) -> String {
        match promised {
            Promised::Date { on } => self.clocks.mine.day(on),
            Promised::Range { from, to } => self.clocks.mine.days(from, to),
            Promised::NoDateYet => "no date yet".to_owned(),
        }
    }

    /// What is expected, in words.
    pub(crate) fn outlook(&self, outlook: Outlook) -> String {
        match outlook {
            Outlook::Firm { on } | Outlook::Likely { on } => self.clocks.mine.day(on),
            Outlook::Range { from, to } => self.clocks.mine.days(from, to),
            Outlook::NoDate => "no date".to_owned(),
        }
    }

    /// An ISO day in words; anything else is "no date".
    pub(crate) fn day_or_none(&self, day: &str) -> String {
        day.parse().map_or_else(|_| "no date".to_owned(), |day| self.clocks.mine.day(day))
    }

    /// The line that weighs most: without a date, or the latest; an open one if nothing slips.
    pub(crate) fn worst(&self) -> Option<(PromiseId, &CaseLine)> {
        let weight = |line: &CaseLine| line.slip.days().map_or(i32::MAX, |days| days);
        let slipping = self.case().slipping().max_by_key(|(_, line)| weight(line));
        let any = || {
            let mut lines = self.case().lines.iter();
            lines.by_ref().find(|(_, line)| line.is_open()).or_else(|| self.case().lines.iter().next())
        };
        slipping.or_else(|| any().map(|(id, line)| (*id, line)))
    }

    /// Where the newest evidence about a line comes from, in words.
    pub(crate) fn source(&self, promise: PromiseId) -> Option<&str> {
        self.file.history.iter().rev().find_map(|recorded| match &recorded.event {
            CaseEvent::LineMoved { promise: moved, source, .. } if *moved == promise => Some(source.as_str()),
            CaseEvent::LineJoined { line } if line.promise == promise => Some(line.source.as_str()),
            _ => None,
        })
    }
}

/// "4471 / 10", "4471 / 10 / 2"
pub(crate) fn order(line: &CaseLine) -> String {
    let key = &line.key;
    if key.schedule.is_empty() {
        format!("{} / {}", key.order, key.line)
    } else {
        format!("{} / {} / {}", key.order, key.line, key.schedule)
    }
}
