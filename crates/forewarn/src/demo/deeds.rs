//! What people do about a case, as data; each deed is an act of the domain.

use forewarn_domain::case::{
    Action, Agreement, Attempt, Case, CaseEvent, Channel, CheckedWith, Choice, ChoiceKind, EmailReason,
    Fault, Finding, NotNow, OptionAnswer, Outcome, Recorded, Refused, SpotCheck, Step, Telling, Tick,
};
use forewarn_domain::evidence::{Cause, Outlook};
use forewarn_domain::ids::PromiseId;
use forewarn_domain::policy::Terms;
use forewarn_domain::promise::Expectation;
use forewarn_domain::severity::{Impact, Temperature};
use forewarn_domain::text::{CustomerText, InternalText};
use jiff::Timestamp;
use jiff::civil::Date;

/// One thing that a person does.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    /// Looks at the case.
    View,
    /// Decides whose doing it is.
    Fault(Fault),
    /// Writes the cause, for us and for them.
    Cause { internal: &'static str, customer: Option<&'static str> },
    /// Adds what we do about it.
    Act { what: &'static str, who: &'static str, due: Date },
    /// Adds a way out.
    Offer {
        kind: ChoiceKind,
        what: &'static str,
        date: Option<Date>,
        cost: Option<&'static str>,
        approved: bool,
    },
    /// Confirms before the call.
    Tick(Tick),
    /// Tries to reach the contact.
    Try(Outcome),
    /// Tells them everything that slips, as the newest evidence has it.
    Tell { by: By, next_word: Option<Timestamp> },
    /// They repeat it back: right, or not.
    Understood(bool),
    /// What they say to it.
    Answer(Agreement),
    /// What they say to an option, counted from 1.
    Choose(u32, OptionAnswer),
    /// How they take it.
    Feel(Temperature),
    /// What it does to them.
    Hit(Impact),
    /// Their own words.
    Hear(&'static str),
    /// A step of the conversation.
    Step(Step),
    /// Their concern is read back, and where it is on us, owned with an apology.
    AnswerConcern,
    /// A step left out.
    Skip(Step),
    /// Not telling now.
    NotNow(NotNow),
    /// Asks a leader in.
    CallLeader(&'static str),
    /// Asks whoever tells them something.
    Ask(&'static str),
    /// Answers what a leader asked.
    AnswerLeader(&'static str),
    /// Joins the call.
    Join,
    /// Looks whether the telling was as recorded.
    SpotCheck { with: CheckedWith, finding: Finding, note: &'static str },
    /// Keeps the next word, and promises another.
    KeepWord { by: By, then: Option<Timestamp> },
    /// Tells them of the arrival and asks whether all is well.
    Confirm,
    /// Back to business as usual.
    Close { temperature: Temperature, changed: Option<&'static str> },
}

/// How word reaches them.
#[derive(Debug, Clone, Copy)]
pub(super) enum By {
    Visit,
    Phone,
    /// As the customer has asked.
    Email,
}

/// The events of several deeds, each done on what the ones before have left.
pub(super) fn events(
    deeds: &[Deed],
    contact: &CustomerText,
    mut history: Vec<Recorded>,
    terms: &Terms,
    at: Timestamp,
) -> Result<Vec<CaseEvent>, Refused> {
    let before = history.len();
    for deed in deeds {
        let Some(case) = Case::replay(&history) else { break };
        for event in deed.done(&case, contact, terms, at)? {
            let seq = history.last().map_or(1, |last| last.seq + 1);
            history.push(Recorded { seq, at, by: None, event });
        }
    }
    Ok(history.split_off(before).into_iter().map(|recorded| recorded.event).collect())
}

impl Deed {
    fn done(
        &self,
        case: &Case,
        contact: &CustomerText,
        terms: &Terms,
        at: Timestamp,
    ) -> Result<Vec<CaseEvent>, Refused> {
        match self.clone() {
            Deed::View => Ok(case.view(at)),
            Deed::Fault(fault) => case.set_fault(fault, at),
            Deed::Cause { internal, customer } => {
                let customer = customer.and_then(CustomerText::new);
                case.set_cause(Cause { internal: InternalText::new(internal), customer }, at)
            }
            Deed::Act { what, who, due } => {
                let what = CustomerText::new(what).unwrap_or_default();
                let action = Action { what, internal_owner: InternalText::new(who), due: Some(due) };
                case.add_action(action, at)
            }
            Deed::Offer { kind, what, date, cost, approved } => {
                let (what, cost) =
                    (CustomerText::new(what).unwrap_or_default(), cost.and_then(InternalText::new));
                case.add_option(Choice { kind, what, date, quantity: None, cost, approved }, at)
            }
            Deed::Tick(tick) => case.tick(tick, true, at),
            Deed::Try(outcome) => case.attempt(Attempt { outcome, to: Some(contact.clone()) }, at),
            Deed::Tell { by, next_word } => {
                let lines = case.slipping().map(|(id, line)| (id, expectation(line.outlook, next_word)));
                let telling = Telling { to: contact.clone(), channel: by.first(), lines: lines.collect() };
                case.tell(telling, next_word, at, terms)
            }
            Deed::Understood(yes) => case.understood(just_told(case), yes, at),
            Deed::Answer(agreement) => case.answered(just_told(case), agreement, at),
            Deed::Choose(option, answer) => case.answer_option(option, answer, at),
            Deed::Feel(temperature) => case.feel(temperature, at, terms),
            Deed::Hit(impact) => case.name_impact(impact, at, terms),
            Deed::Hear(words) => case.note_concern(InternalText::new(words).unwrap_or_default(), at),
            Deed::Step(step) => case.take_step(step, at),
            Deed::AnswerConcern => {
                let ours = case.fault.is_on_us();
                case.answer_concern(true, ours, ours, at)
            }
            Deed::Skip(step) => case.skip_step(step, at),
            Deed::NotNow(reason) => case.not_now(reason, at),
            Deed::CallLeader(need) => case.call_leader(InternalText::new(need), at),
            Deed::Ask(words) => case.ask(InternalText::new(words).unwrap_or_default(), at),
            Deed::AnswerLeader(words) => case.answer_ask(InternalText::new(words).unwrap_or_default(), at),
            Deed::Join => case.join(at),
            Deed::SpotCheck { with, finding, note } => {
                case.spot_check(SpotCheck { with, finding, note: InternalText::new(note) }, at)
            }
            Deed::KeepWord { by, then } => case.keep_next_word(by.later(), then, at),
            Deed::Confirm => case.confirm_delivery(case.lines.keys().copied().collect(), Channel::Phone, at),
            Deed::Close { temperature, changed } => {
                case.close(temperature, changed.and_then(InternalText::new), at)
            }
        }
    }
}

impl By {
    fn first(self) -> Channel {
        match self {
            By::Visit => Channel::InPerson,
            By::Phone => Channel::Phone,
            By::Email => Channel::Email { reason: Some(EmailReason::CustomerAsked) },
        }
    }

    fn later(self) -> Channel {
        match self {
            By::Email => Channel::Email { reason: None },
            By::Visit | By::Phone => self.first(),
        }
    }
}

/// What is said when the evidence is passed on as it is. Where there is no date, the next word is what they
/// get; without one, the domain refuses.
fn expectation(outlook: Outlook, next_word: Option<Timestamp>) -> Expectation {
    match outlook {
        Outlook::Firm { on } | Outlook::Likely { on } => Expectation::NewDate { on },
        Outlook::Range { from, to } => Expectation::Range { from, to },
        Outlook::NoDate => Expectation::NoDateYet { next_word_by: next_word.unwrap_or(Timestamp::MIN) },
    }
}

fn just_told(case: &Case) -> Vec<PromiseId> {
    let last = case.tellings.last();
    last.map(|(_, _, telling)| telling.lines.iter().map(|(id, _)| *id).collect()).unwrap_or_default()
}
