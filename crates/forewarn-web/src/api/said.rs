//! What a program says about a case: one body for each act, with the fields of the form on its page.

use super::words::{
    Agreed, CheckedWith, EmailReason, ExpectationKind, Fault, Finding, How, Impact, LetterFate, LetterKind,
    NotNowReason, OptionAnswer, OptionKind, Outcome, Step, StepOutcome, Temperature, Tick,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

macro_rules! said {
    ($($(#[$($doc:tt)*])* $name:ident { $($(#[$($meaning:tt)*])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$($doc)*])*
        #[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name { $($(#[$($meaning)*])* pub(crate) $field: $type),* }
    )+};
}

said! {
    /// Nothing needs to be said.
    Nothing {}

    /// What has been confirmed before the talk. What is left out is taken away.
    Ticks {
        /// All that hold.
        tick: Vec<Tick>,
    }

    /// Whose doing it is.
    FaultSaid {
        /// “Not known yet” is an answer.
        fault: Fault,
    }

    /// Why the date moved, in two texts that never mix.
    CauseSaid {
        /// For our own people.
        internal: Option<String>,
        /// What the customer may hear.
        customer_safe: Option<String>,
    }

    /// Whom to tell.
    ContactSaid {
        /// Their name.
        name: String,
        /// Their number.
        phone: Option<String>,
        /// Their address.
        email: Option<String>,
    }

    /// Something that we do about it.
    ActionSaid {
        /// What, as the customer may hear it.
        what: String,
        /// Who of ours sees to it; never said outside.
        owner: Option<String>,
        /// By when.
        due: Option<Date>,
    }

    /// A way out that the customer may choose.
    OptionSaid {
        /// What kind it is.
        kind: OptionKind,
        /// What they could choose, in a few words.
        title: String,
        /// From when.
        date: Option<Date>,
        /// How much of it.
        quantity: Option<String>,
        /// What it costs, for our own people.
        cost: Option<String>,
        /// Whether it may be offered already.
        #[serde(default, skip_serializing_if = "is_false")]
        approved: bool,
    }

    /// Who has to tell the customer from now on.
    OwnerSaid {
        /// Their number.
        #[schema(minimum = 1)]
        person: i64,
        /// Why.
        reason: Option<String>,
    }

    /// A leader is asked to join.
    LeaderRequest {
        /// Which one.
        #[schema(minimum = 1)]
        leader: Option<i64>,
        /// What is needed.
        note: Option<String>,
    }

    /// A question of a leader, or the answer to it. For our own people.
    WordsSaid {
        /// The words.
        words: String,
    }

    /// A leader looked whether the record of a telling is true.
    SpotCheckSaid {
        /// Whom they asked.
        with: CheckedWith,
        /// What came out.
        finding: Finding,
        /// In their words.
        note: Option<String>,
    }

    /// Why the customer is not told now. Each reason has its own field.
    NotNowSaid {
        /// One of the four that hold.
        reason: NotNowReason,
        /// `waiting-for-date`: until the end of this day.
        until: Option<Date>,
        /// `customer-asked`: when they asked to be called.
        call_at: Option<Timestamp>,
        /// `someone-else`: who of us.
        #[schema(minimum = 1)]
        who: Option<i64>,
        /// `not-news`: why. This one ends the case.
        because: Option<String>,
    }

    /// A try to reach the contact.
    AttemptSaid {
        /// How it went.
        outcome: Outcome,
    }

    /// The customer was told: who heard what, of which lines, how. From then on it is the promise.
    TellingSaid {
        /// Who heard it, at the customer.
        contact: String,
        /// How.
        how: How,
        /// Why it was an e-mail, if it was the first word.
        email_reason: Option<EmailReason>,
        /// `no-other-way`: in your words.
        email_why: Option<String>,
        /// The promises that it was about, by number.
        line: Vec<i64>,
        /// What they expect now.
        expectation: ExpectationKind,
        /// `date`: the day.
        date: Option<Date>,
        /// `range`: the first day.
        from: Option<Date>,
        /// `range`: the last day.
        to: Option<Date>,
        /// `none`: when they hear from us, even if nothing has changed.
        next_word_by: Option<Timestamp>,
        /// Lines with a date of their own: the number of the promise, and the day.
        #[serde(default, rename(serialize = "date-"))]
        dates: BTreeMap<String, Date>,
        /// When they hear from us next.
        next_word_at: Option<Timestamp>,
        /// Whether they repeated it back right.
        understood: Option<bool>,
        /// What they said to it.
        agreed: Option<Agreed>,
        /// `thinks`: when they answer.
        answer_by: Option<Date>,
        /// How they took it.
        temperature: Option<Temperature>,
        /// What it does to them.
        impact: Option<Impact>,
        /// What they said, in their own words.
        words: Option<String>,
    }

    /// One of the eight steps, taken or left out.
    StepSaid {
        /// Which.
        step: Step,
        /// Taken, unless said otherwise.
        outcome: Option<StepOutcome>,
        /// How they took it.
        temperature: Option<Temperature>,
        /// What it does to them.
        impact: Option<Impact>,
        /// What they said, in their own words.
        words: Option<String>,
        /// `acknowledge`: we read their concern back.
        acknowledged: Option<bool>,
        /// `acknowledge`: we owned it.
        owned: Option<bool>,
        /// `acknowledge`: we apologised.
        apologised: Option<bool>,
        /// `reset`: what they said to each option: its number, counted from 1, and the answer.
        #[serde(default, rename(serialize = "answer-"))]
        answers: BTreeMap<String, OptionAnswer>,
    }

    /// A promised moment of our next update.
    NextWordSaid {
        /// When they hear from us.
        at: Timestamp,
    }

    /// They have heard from us, as promised.
    WordKept {
        /// How.
        how: How,
        /// When they hear from us next.
        next_word_at: Option<Timestamp>,
    }

    /// They have heard the good news.
    GoodNewsSaid {
        /// How.
        how: How,
    }

    /// Lines have arrived.
    ArrivalSaid {
        /// The promises, by number.
        line: Vec<i64>,
        /// On which day.
        delivered_on: Date,
    }

    /// They know that lines have arrived, and were asked whether all is well.
    DeliveryWord {
        /// The promises, by number.
        line: Vec<i64>,
    }

    /// Back to business as usual.
    ClosingSaid {
        /// How they are now.
        temperature: Temperature,
        /// What we changed so that it doesn't happen again. For our own people.
        what_we_changed: Option<String>,
    }

    /// A letter that a person has read, and that leaves ten seconds later.
    LetterSaid {
        /// Which it is.
        kind: LetterKind,
        /// To which address.
        address: String,
        /// Its subject.
        subject: String,
        /// Its text.
        text: String,
        /// `update`: when they hear from us after it.
        then: Option<Timestamp>,
        /// `delivered`: the promises that have arrived, by number.
        #[serde(default)]
        line: Vec<i64>,
        /// `first-word`: what it tells them. Its channel is the e-mail, with the reason.
        #[serde(rename(serialize = ""))]
        telling: Option<TellingSaid>,
        /// The letter that it repeats, because nobody could tell what became of that one.
        #[schema(minimum = 1)]
        again: Option<i64>,
    }

    /// What became of a letter of which nobody knew.
    ResolutionSaid {
        /// They have it, or heard it otherwise.
        how: LetterFate,
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde asks for")]
fn is_false(yes: &bool) -> bool {
    !yes
}
