//! The words that programs send: the same that the forms of the pages send, and no others.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! words {
    ($($(#[$($doc:tt)*])* $name:ident { $($word:ident),+ $(,)? })+) => {$(
        $(#[$($doc)*])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "kebab-case")]
        pub(crate) enum $name { $($word),+ }
    )+};
}

words! {
    /// What can be confirmed before the talk.
    Tick { Facts, Date, Option, Fault, Person }

    /// Whose doing it is. It picks the words.
    Fault { Ours, ShouldHaveAnticipated, OutsideOurControl, Customers, NotKnownYet }

    /// What the customer could choose.
    OptionKind { PartShipment, Substitute, Expedite, OtherSource, Wait, Credit, Cancel, Brainstormed }

    /// What they said to an option.
    OptionAnswer { Taken, Declined, Thinking, WantsALeader }

    /// How they heard it.
    How { Spoke, Met, EMail }

    /// Why an e-mail is the first word. The leader sees it.
    EmailReason { CustomerAsked, NoAnswer, NoOtherWay }

    /// How a try to reach them went. An attempt is not a telling.
    Outcome { Spoke, Met, Voicemail, NoAnswer, WrongPerson }

    /// What they are told to expect: a date, a range, or no date and a next word.
    ExpectationKind { Date, Range, None }

    /// What they said to the new expectation.
    Agreed { Yes, No, Thinks }

    /// How they took it.
    Temperature { Calm, Concerned, Upset, Furious }

    /// What it does to them.
    Impact { None, Inconvenience, Cost, TheirCustomers, LineDown }

    /// One of the eight steps.
    Step { Advise, WhyNow, Listen, Acknowledge, CorrectiveAction, Reset, Thank, KeepInformed }

    /// What became of a step.
    StepOutcome { Taken, Skipped }

    /// Why they are not told now. The clock keeps running.
    NotNowReason { WaitingForDate, CustomerAsked, SomeoneElse, NotNews }

    /// Whom a leader asked whether the record of a telling is true.
    CheckedWith { Rep, Customer }

    /// What came out of that.
    Finding { AsRecorded, Differs, NotHeard }

    /// Which letter it is.
    LetterKind { Recap, Update, Delivered, FirstWord }

    /// What became of a letter of which nobody knew.
    LetterFate { Arrived, SaidOtherwise }

    /// How sure a date is.
    Firmness { Firm, Likely, Range, None }

    /// How much a customer weighs.
    Tier { Key, Standard, Occasional }

    /// What a person does here.
    Role { Rep, Leader, SupplyOwner, Admin }

    /// Where a case stands.
    Stage { WaitingForFacts, ToTell, KeepingWord, Arrived, Closed }

    /// Which cases.
    CaseFilter { Open, ToTell, KeepingWord, Closed, All }

    /// Which promises.
    PromiseFilter { All, Open, Late, Quiet, NoDate, Delivered, Missing }

    /// How far an import is.
    ImportState { Uploaded, Surveyed, Checking, Checked, Importing, Imported, Failed, Undone }

    /// Whether lines that are absent from a report are missing.
    Extent { Full, Partial }

    /// The order of a date such as 03/04/2026.
    DateOrder { DayFirst, MonthFirst, YearFirst, Serial }

    /// What a text is that is checked.
    CheckOf { Message, FirstWord, Update, Delivered, Cause, Step, Option }

    /// Whose doing it is, as far as words go.
    CheckFault { Ours, Outside, Unknown }

    /// How a text will be said or sent.
    CheckChannel { Email, Call, Letter, Chat, Voicemail }

    /// What kind of bad news a text is about.
    CheckKind { Delay, ShortQuantity, BotchedOrder, PriceIncrease, Mistake, Discontinuation, Outage, Other }
}
