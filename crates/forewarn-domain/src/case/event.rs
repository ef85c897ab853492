//! What happened in a case. The events are the history: a case is what its events say, and nothing else.

use super::clock::ClockEvent;
use super::closing::Closing;
use super::leading::SpotCheck;
use super::letter::LetterEvent;
use super::line::LineFacts;
use super::not_now::NotNow;
use super::preparing::{Action, Choice, Fault, OptionAnswer, Tick};
use super::step::Step;
use super::telling::{Agreement, Attempt, Channel, Telling};
use crate::evidence::{Cause, Outlook};
use crate::ids::{CustomerId, ImportId, LetterId, PersonId, PromiseId, ReplyId, TeamId};
use crate::promise::Promised;
use crate::severity::{Impact, Severity, Temperature};
use crate::slip::{NewsBecause, Slip};
use crate::text::{CustomerText, InternalText};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An event with its place in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// 1, 2, 3 … within the case.
    pub seq: u32,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it; `None` for what the software observed.
    pub by: Option<PersonId>,
    /// What happened.
    pub event: CaseEvent,
}

/// Something that happened in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CaseEvent {
    /// A slip made us open the case.
    Opened {
        /// Who has to tell the customer.
        owner: Owner,
        /// Whose case it is; `None` in cases that are older than this field.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        customer: Option<OpenedFor>,
    },
    /// The work moved to someone.
    Assigned {
        /// Who has to tell the customer now.
        owner: Owner,
        /// Why.
        reason: Option<InternalText>,
    },
    /// A line joined the conversation.
    LineJoined {
        /// The line and how it stands.
        line: LineFacts,
    },
    /// New evidence about a line.
    LineMoved {
        /// Which line.
        promise: PromiseId,
        /// What is expected now.
        outlook: Outlook,
        /// How that stands against what the customer was last told.
        slip: Slip,
        /// When it was observed.
        observed_at: Timestamp,
        /// Where it comes from, in words.
        source: String,
    },
    /// Slips became fit to tell.
    BecameNews {
        /// Which lines.
        promises: Vec<PromiseId>,
        /// Why now.
        because: NewsBecause,
    },
    /// What the customer was told no longer holds: the next round begins, one level hotter.
    RepeatSlip {
        /// The line that moved again.
        promise: PromiseId,
        /// 2 for the second conversation, and so on.
        round: u32,
    },
    /// A date came back to what was promised.
    Recovered {
        /// Which line.
        promise: PromiseId,
        /// Whether the customer had been told of the slip: then it is good news to tell.
        after_telling: bool,
    },
    /// A line was cancelled: nothing is owed any more.
    LineCancelled {
        /// Which line.
        promise: PromiseId,
    },
    /// The import that brought a line was undone.
    LineWithdrawn {
        /// Which line.
        promise: PromiseId,
        /// Which import.
        import: ImportId,
    },
    /// The import that said a line had arrived or was cancelled was undone: it is open again.
    LineReopened {
        /// Which line.
        promise: PromiseId,
        /// Which import.
        import: ImportId,
    },
    /// A line arrived.
    LineDelivered {
        /// Which line.
        promise: PromiseId,
        /// On which day.
        on: Date,
    },
    /// The weight and the deadline changed.
    Weighed {
        /// The sum and its terms.
        severity: Severity,
        /// The deadline for telling; `None` while there is nothing to tell.
        tell_by: Option<Timestamp>,
    },
    /// The owner or somebody else of ours looked at it.
    Viewed,
    /// Not telling now, with the reason. The clock keeps running (rule 5).
    NotNow {
        /// Why, and until when.
        reason: NotNow,
    },
    /// A do-confirm tick before the talk.
    Ticked {
        /// Which one.
        tick: Tick,
        /// Set or taken away.
        on: bool,
    },
    /// Whose doing it is.
    FaultSet {
        /// As decided now.
        fault: Fault,
    },
    /// Why the date moved, in two texts.
    CauseSet {
        /// For us and for them.
        cause: Cause,
    },
    /// Whom to tell.
    ContactSet {
        /// Name of the person at the customer.
        name: CustomerText,
        /// Their number.
        phone: Option<String>,
        /// Their address.
        email: Option<String>,
    },
    /// Something that we do about it.
    ActionAdded {
        /// What, who, by when.
        action: Action,
    },
    /// A way out that the customer may choose.
    OptionAdded {
        /// What it is, its date, quantity, cost, and whether it is approved.
        option: Choice,
    },
    /// An option may be offered.
    OptionApproved {
        /// Which one, counted from 1 in the order of adding.
        option: u32,
    },
    /// What the customer said to an option.
    OptionAnswered {
        /// Which one, counted from 1 in the order of adding.
        option: u32,
        /// What they said.
        answer: OptionAnswer,
    },
    /// One of the eight steps was taken. Again, if they needed it again.
    StepTaken {
        /// Which one.
        step: Step,
    },
    /// One of the eight steps was left out on purpose.
    StepSkipped {
        /// Which one.
        step: Step,
    },
    /// What we said to their concern. What was left unsaid is on record, too.
    ConcernAnswered {
        /// We read it back.
        read_back: bool,
        /// We owned it.
        owned: bool,
        /// We apologised.
        apologised: bool,
    },
    /// A try to reach the contact. An attempt is not a telling.
    Attempted {
        /// How it went.
        attempt: Attempt,
    },
    /// The customer was told.
    Told {
        /// Who told whom what, and how.
        telling: Telling,
        /// Working days from the telling to the earliest date that was promised: how long they had to
        /// act. `None` if they had been told that there is no date.
        notice_days: Option<i32>,
        /// How long it took us, apart for facts and for words.
        waits: Waits,
    },
    /// They repeated it back: right, or not.
    Understood {
        /// Which lines.
        promises: Vec<PromiseId>,
        /// Whether they had it right.
        yes: bool,
    },
    /// They accepted the new expectation, or not.
    Answered {
        /// Which lines.
        promises: Vec<PromiseId>,
        /// What they said.
        agreement: Agreement,
    },
    /// How the customer took it.
    TemperatureFelt {
        /// As the rep felt it.
        temperature: Temperature,
    },
    /// What it does to them.
    ImpactNamed {
        /// As they said.
        impact: Impact,
    },
    /// What they said, in their own words.
    ConcernNoted {
        /// Their words.
        words: InternalText,
    },
    /// A leader was asked in.
    LeaderCalled {
        /// What the rep needs.
        need: Option<InternalText>,
    },
    /// A leader asked whoever tells the customer something.
    Asked {
        /// Private, as everything internal.
        words: InternalText,
    },
    /// What a leader asked was answered.
    AskAnswered {
        /// Private, as everything internal.
        words: InternalText,
    },
    /// A leader will be there when the customer is called.
    LeaderJoined,
    /// A leader took the work over.
    TakenOver {
        /// From whom.
        from: Owner,
        /// Who has to tell the customer now.
        owner: Owner,
    },
    /// Somebody looked whether the record of a telling is true.
    SpotChecked {
        /// Whom they asked, and what came out.
        check: SpotCheck,
    },
    /// We promised to be heard of again.
    NextWordPromised {
        /// By when.
        by: Timestamp,
    },
    /// We kept that word.
    NextWordKept {
        /// When it was due.
        due: Timestamp,
        /// How.
        channel: Channel,
        /// Whether it came after it was due.
        late: bool,
    },
    /// The moment of a next word passed in silence.
    NextWordMissed {
        /// When it was due.
        due: Timestamp,
    },
    /// Good news told: a date came back, or a line without a date has one.
    GoodNewsTold {
        /// Which lines, and what the customer expects now.
        lines: Vec<(PromiseId, Promised)>,
        /// How.
        channel: Channel,
    },
    /// The customer was told that it has arrived, and asked whether all is well.
    DeliveryConfirmed {
        /// Which lines.
        promises: Vec<PromiseId>,
        /// How.
        channel: Channel,
    },
    /// The recap was copied or opened in the rep's mail program.
    RecapTaken,
    /// Something became of a letter to the customer.
    Letter {
        /// Which letter.
        letter: LetterId,
        /// What.
        what: LetterEvent,
    },
    /// The customer wrote to us. It closes nothing and stops no clock.
    ReplyReceived {
        /// What they wrote.
        reply: ReplyId,
        /// The letter that they answer, if it is one of ours.
        letter: Option<LetterId>,
    },
    /// Time or absence moved something, or somebody said something about it.
    Clock {
        /// What.
        what: ClockEvent,
    },
    /// The case ended.
    Closed {
        /// How.
        closing: Closing,
    },
    /// A person took back one of the acts that may be taken back. The act stays in the history.
    TakenBack {
        /// Which event.
        seq: u32,
    },
    /// Personal data of a contact was erased from earlier events.
    Erased {
        /// From which, and what stands there now.
        events: Vec<ErasedText>,
        /// Why.
        because: InternalText,
    },
}

/// Whose case it is, so that nobody can file its history under another customer unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedFor {
    /// Their number.
    pub id: CustomerId,
    /// Their name, which never changes.
    pub name: String,
}

/// An event from which something was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedText {
    /// Its number.
    pub seq: u32,
    /// SHA-256 of the text that stands there since, as lower-case hexadecimal digits.
    pub now: String,
}

/// The two waits of a telling, in working minutes of the rep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Waits {
    /// Fact wait: known → firm.
    pub fact_minutes: i64,
    /// Tell wait: firm → told. Zero when it was told before it was firm.
    pub tell_minutes: i64,
}

/// Who has to tell the customer. There is always somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Owner {
    /// One rep.
    Person {
        /// Who.
        person: PersonId,
    },
    /// Nobody yet: it lies in the inbox of a team, for everybody there to see.
    Inbox {
        /// Which team.
        team: TeamId,
    },
}
