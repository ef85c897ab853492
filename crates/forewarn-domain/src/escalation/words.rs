//! What a notice of a step says: one line that carries the customer and what is due, and a few plain sentences.
//! For our own people only, and without any words of the customer.

use super::Ladder;
use crate::ids::PersonId;
use crate::roster::{PassedOver, WhyPassedOver};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What a step is about, as far as its words need it.
#[derive(Debug, Clone)]
pub struct StepWords<'a> {
    /// Which ladder.
    pub ladder: Ladder,
    /// Whether its recipient has to do it; else they are told that somebody else has not.
    pub own: bool,
    /// The customer's name.
    pub customer: &'a str,
    /// The name of who has to do it; `None` while it lies in an inbox.
    pub owner: Option<&'a str>,
    /// By when it is to be done.
    pub due: Timestamp,
    /// Now.
    pub now: Timestamp,
    /// For how many working days the customer can still act.
    pub can_act_days: Option<i32>,
    /// Which conversation about these lines it is: 1 for the first.
    pub round: u32,
    /// Whether everything has arrived.
    pub arrived: bool,
    /// The clock of the recipient.
    pub zone: &'a TimeZone,
}

impl StepWords<'_> {
    /// One line: "Halvorsen Marine: tell them by Fri 14:00, they can still act for 4 days".
    pub fn subject(&self) -> String {
        let (customer, when) = (self.customer, self.moment(self.due));
        let who = self.owner.unwrap_or("nobody");
        let has_not = if self.owner.is_some() { "has not" } else { "has" };
        let late = self.now >= self.due;
        let line = match (self.ladder, self.own) {
            (Ladder::Tell, true) if late => format!("still not told, it was due {when}"),
            (Ladder::Tell, true) => format!("tell them by {when}"),
            (Ladder::Tell, false) if late => format!("{who} {has_not} told them, it was due {when}"),
            (Ladder::Tell, false) if self.owner.is_some() => format!("{who} has to tell them by {when}"),
            (Ladder::Tell, false) => format!("they are to be told by {when}, and nobody owns it"),
            (Ladder::NextWord, true) if late => format!("they wait for the word promised for {when}"),
            (Ladder::NextWord, true) => format!("they hear from you by {when}"),
            (Ladder::NextWord, false) if late => format!("{who} {has_not} kept the word promised for {when}"),
            (Ladder::NextWord, false) => format!("they hear from us by {when}"),
            (Ladder::ConfirmDelivery, true) if self.arrived => {
                "it has arrived, ask whether all is well".to_owned()
            }
            (Ladder::ConfirmDelivery, true) => "it should have arrived, ask whether it has".to_owned(),
            (Ladder::ConfirmDelivery, false) if self.arrived => {
                format!("it has arrived, and {who} {has_not} asked whether all is well")
            }
            (Ladder::ConfirmDelivery, false) => {
                format!("it should have arrived, and {who} {has_not} asked whether it has")
            }
            (Ladder::Supply, true) => format!("a date is needed by {when}"),
            (Ladder::Supply, false) => format!("supply has not answered, it was due {when}"),
        };
        let act = self.can_act().map(|act| format!(", {act}")).unwrap_or_default();
        format!("{customer}: {line}{act}")
    }

    /// A few plain sentences.
    pub fn words(&self) -> String {
        let again = match self.round {
            0 | 1 => String::new(),
            round => format!("It is round {round}: what they were told before no longer holds. "),
        };
        let what = match (self.ladder, self.own) {
            (Ladder::Tell, true) => {
                "Nothing short of telling them stops the clock. Open the case and call them."
            }
            (Ladder::Tell, false) => "Ask what keeps the call waiting, join it, or give it to somebody else.",
            (Ladder::NextWord, true) => "They were promised to hear from us, even if nothing has changed.",
            (Ladder::NextWord, false) => {
                "They were promised to hear from us. Ask, or keep the word yourself."
            }
            (Ladder::ConfirmDelivery, _) => "The case ends when they are back to business as usual.",
            (Ladder::Supply, true) => {
                "Somebody has to tell this customer when it really comes. Please answer."
            }
            (Ladder::Supply, false) => "Without a date the customer can only be told that there is none.",
        };
        format!("{again}{what}")
    }

    /// Why it comes to this person, in sentences: who was passed over, and who had taken it on.
    pub fn why<'n>(
        &self,
        passed_over: &[PassedOver],
        lapsed: Option<PersonId>,
        name: impl Fn(PersonId) -> &'n str,
    ) -> Option<String> {
        let taken_on = lapsed.map(|person| format!("{} had taken it on, and it is not done.", name(person)));
        let passed = passed_over.iter().map(|over| self.passed(over, &name));
        let sentences: Vec<String> = taken_on.into_iter().chain(passed).collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    fn passed<'n>(&self, over: &PassedOver, name: impl Fn(PersonId) -> &'n str) -> String {
        let who = over.person.map_or("Somebody", name);
        match over.why {
            WhyPassedOver::Away { until } => format!("{who} is away until {}.", self.moment(until)),
            WhyPassedOver::NotHereAnyMore => format!("{who} is not here any more."),
            WhyPassedOver::NoAddress => format!("{who} has no address."),
            WhyPassedOver::MailComesBack => format!("Mail to {who} comes back."),
            WhyPassedOver::SeesFactsOnly => format!("{who} sees facts only."),
            WhyPassedOver::HasToDoIt => format!("{who} has to do it."),
            WhyPassedOver::NobodyOwnsIt => "Nobody owns it yet.".to_owned(),
            WhyPassedOver::NoLeader { .. } => "The team has no leader.".to_owned(),
        }
    }

    fn can_act(&self) -> Option<String> {
        if self.ladder != Ladder::Tell {
            return None;
        }
        Some(match self.can_act_days? {
            days if days > 1 => format!("they can still act for {days} days"),
            1 => "they can still act for 1 day".to_owned(),
            0 => {
                let today = self.zone.to_datetime(self.now).strftime("%a");
                format!("{today} is the last day on which they can act")
            }
            _ => "the promised day has passed".to_owned(),
        })
    }

    /// "Fri 14:00" or "Fri 6 Nov 14:00", on the clock of the recipient. With the day even when that is today: a mail
    /// may leave on the next morning, and the list is read whenever there is time.
    fn moment(&self, at: Timestamp) -> String {
        let (then, now) = (self.zone.to_datetime(at), self.zone.to_datetime(self.now));
        let days = now.date().until(then.date()).map_or(i32::MAX, |span| span.get_days());
        let pattern = if days.abs() < 7 { "%a %H:%M" } else { "%a %-d %b %H:%M" };
        then.strftime(pattern).to_string()
    }
}
