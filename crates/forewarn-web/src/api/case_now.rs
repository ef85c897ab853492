//! A case as a program sees it.

mod filling;

use super::shapes::{Expected, Named, Told};
use super::words::{Fault, Impact, OptionAnswer, OptionKind, Outcome, Stage, Temperature, Tick};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

macro_rules! shown {
    ($($(#[$($doc:tt)*])* $name:ident { $($(#[$($meaning:tt)*])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$($doc)*])*
        #[derive(Debug, Clone, Serialize, ToSchema)]
        pub(crate) struct $name { $($(#[$($meaning)*])* $field: $type),* }
    )+};
}

shown! {
    /// A case in one line of a list.
    CaseInList {
        /// Its number.
        id: i64,
        /// Whose promises slipped.
        customer: Named,
        /// Who has to tell them; none while it lies in the inbox of a team.
        owner: Option<Named>,
        /// Where it stands.
        stage: Stage,
        /// 1 for the first conversation, one more for every repeat slip.
        round: u32,
        /// 0 to 100.
        severity: u8,
        /// How many lines it covers.
        lines: u32,
        /// Their order numbers.
        orders: Vec<String>,
        /// The longest slip that is still to be told, in calendar days.
        worst_slip_days: i32,
        /// Whether a line to tell has no date.
        no_date: bool,
        /// First evidence.
        known_at: Timestamp,
        /// When it became news.
        firm_at: Option<Timestamp>,
        /// The deadline for telling.
        tell_by: Option<Timestamp>,
        /// When the customer was first told.
        first_told_at: Option<Timestamp>,
        /// When it was opened.
        opened_at: Timestamp,
        /// When it ended.
        closed_at: Option<Timestamp>,
    }

    /// A case: one piece of bad news for one customer, however many lines it covers.
    CaseNow {
        /// Its number.
        id: i64,
        /// The number of its last event: what `If-Match` takes.
        version: u32,
        /// Whose promises slipped.
        customer: Named,
        /// Who has to tell them; none while it lies in the inbox of a team.
        owner: Option<Named>,
        /// Where it stands.
        stage: Stage,
        /// 1 for the first conversation, one more for every repeat slip.
        round: u32,
        /// 0 to 100.
        severity: Option<u8>,
        /// How they took it last.
        temperature: Option<Temperature>,
        /// What it does to them.
        impact: Option<Impact>,
        /// Whose doing it is.
        fault: Option<Fault>,
        /// Why the date moved.
        cause: CauseNow,
        /// Whom to tell.
        contact: Option<ContactNow>,
        /// First evidence.
        known_at: Timestamp,
        /// When it became news.
        firm_at: Option<Timestamp>,
        /// The deadline for telling.
        tell_by: Option<Timestamp>,
        /// When the customer was last told.
        told_at: Option<Timestamp>,
        /// When one of us first looked at it.
        first_viewed_at: Option<Timestamp>,
        /// When they hear from us next.
        next_word: Option<NextWordNow>,
        /// Why they are not told now.
        not_now: Option<NotNowNow>,
        /// When it was opened.
        opened_at: Timestamp,
        /// When it ended.
        closed_at: Option<Timestamp>,
        /// Its lines, open and ended.
        lines: Vec<LineNow>,
        /// What is confirmed before the talk.
        ticks: Vec<Tick>,
        /// What we do about it.
        actions: Vec<ActionNow>,
        /// What they can choose.
        options: Vec<OptionNow>,
        /// Tries to reach the contact, oldest first.
        attempts: Vec<AttemptNow>,
        /// Who told whom, oldest first.
        tellings: Vec<TellingNow>,
        /// What we owe next.
        owed: Vec<OwedNow>,
    }

    /// Why the date moved, in two texts that never mix.
    CauseNow {
        /// For our own people.
        internal: Option<String>,
        /// What the customer may hear.
        customer_safe: Option<String>,
    }

    /// The person at the customer who is told.
    ContactNow {
        /// Name.
        name: String,
        /// Number.
        phone: Option<String>,
        /// Address.
        email: Option<String>,
    }

    /// A promised moment of our next update.
    NextWordNow {
        /// By when.
        by: Timestamp,
        /// Whether that moment has passed in silence.
        missed: bool,
    }

    /// A reason for not telling now.
    NotNowNow {
        /// Which.
        because: String,
        /// Since when.
        since: Timestamp,
        /// Until when it holds.
        until: Option<Timestamp>,
    }

    /// One line of a case.
    LineNow {
        /// The promise, by number.
        promise: i64,
        /// The order.
        order: String,
        /// The line of the order.
        line: String,
        /// The schedule of the line.
        schedule: String,
        /// What they were told last.
        promised: Told,
        /// What is expected now.
        expected: Expected,
        /// How late that is, in calendar days, 0 where nothing slips; none where there is no date.
        slip_days: Option<i32>,
        /// Whether it has to be told.
        slips: bool,
        /// First evidence.
        known_at: Timestamp,
        /// When it became news.
        firm_at: Option<Timestamp>,
        /// When they were last told.
        told_at: Option<Timestamp>,
        /// Whether they repeated it back right; none if nobody asked.
        understood: Option<bool>,
        /// Whether they accepted it; none if nobody asked, or while they think about it.
        agreed: Option<bool>,
        /// How it ended: delivered, recovered, cancelled, withdrawn.
        end: Option<String>,
        /// When it arrived.
        delivered: Option<Date>,
    }

    /// Something that we do about it.
    ActionNow {
        /// What, as the customer may hear it.
        what: String,
        /// Who of ours sees to it.
        owner: Option<String>,
        /// By when.
        due: Option<Date>,
    }

    /// A way out that the customer may choose.
    OptionNow {
        /// Its number, from 1.
        number: usize,
        /// What kind it is.
        kind: Option<OptionKind>,
        /// What it is.
        title: String,
        /// From when.
        date: Option<Date>,
        /// How much.
        quantity: Option<String>,
        /// What it costs. For our own people.
        cost: Option<String>,
        /// Whether it may be offered.
        approved: bool,
        /// What they said.
        answer: Option<OptionAnswer>,
    }

    /// A try to reach the contact.
    AttemptNow {
        /// When.
        at: Timestamp,
        /// How it went.
        outcome: Option<Outcome>,
        /// Whom.
        to: Option<String>,
    }

    /// The customer heard it.
    TellingNow {
        /// When.
        at: Timestamp,
        /// By whom.
        by: Option<Named>,
        /// Who heard it.
        to: String,
        /// How: in person, by phone, by e-mail.
        channel: String,
        /// Of which promises.
        lines: Vec<i64>,
    }

    /// Something that we owe.
    OwedNow {
        /// What.
        kind: String,
        /// By when.
        due: Timestamp,
    }
}
