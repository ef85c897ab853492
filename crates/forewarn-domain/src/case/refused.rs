//! Why an act is refused, in words for the person who tried it.

use jiff::Timestamp;

/// The reason for a refusal: what is wrong, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The case has ended.
    #[error("This case is closed. Take the closing back first, or wait for the next slip to open a new one.")]
    Closed,
    /// The act names a line that is not part of the case, or no longer.
    #[error("Line {0} is not part of this case any more. Reload the page to see the lines as they are now.")]
    NotALine(crate::ids::PromiseId),
    /// A telling without lines.
    #[error("Choose at least one line that you told them about.")]
    NothingTold,
    /// A telling without a person.
    #[error("Say whom you told: a name at the customer.")]
    NobodyNamed,
    /// E-mail as the first word without a reason that holds.
    #[error("The first word goes in person or by phone. To use e-mail first, say why.")]
    EmailFirstNeedsReason,
    /// "No number works", but hardly anyone tried.
    #[error(
        "“No number works” holds after {needed} tries without an answer; there were {made}. Call again, or give another reason."
    )]
    TooFewAttempts {
        /// Tries without an answer so far.
        made: u32,
        /// Tries that the policy asks for.
        needed: u32,
    },
    /// A new date that has already passed.
    #[error("The new date has already passed. Give a date that is still to come, a range, or “no date yet”.")]
    DateHasPassed,
    /// A range whose end is before its start.
    #[error("The range ends before it starts. Swap the two dates.")]
    RangeIsBackwards,
    /// A moment in the past, where one in the future is meant.
    #[error("That moment ({0}) has already passed. Choose one that is still to come.")]
    MomentHasPassed(Timestamp),
    /// A moment further ahead than anybody promises one.
    #[error("That moment ({0}) is more than a year ahead. Choose a nearer one.")]
    MomentIsTooFar(Timestamp),
    /// A new date further ahead than anybody promises one.
    #[error("The new date is more than ten years ahead. Check the year, or choose “no date yet”.")]
    DateIsTooFar,
    /// Understood or agreed before told.
    #[error("They can't have understood or agreed before they were told. Record the talk first.")]
    NotToldYet,
    /// A line without a date needs a next word (rule 4).
    #[error("The customer has no date. Say when they hear from you next.")]
    NextWordNeeded,
    /// There is no next word to keep.
    #[error("No next word is due. Promise one first.")]
    NoNextWord,
    /// The goods have not arrived.
    #[error(
        "{0} of the lines have not arrived yet. A case closes when the goods are there and the customer is back to business as usual."
    )]
    NotArrived(usize),
    /// An arrival on a day that is still to come.
    #[error("That day is still to come. Enter the day on which it arrived.")]
    NotThereYet,
    /// A slip of an open line is still to be told.
    #[error("{0} of the lines are still to be told. Tell them, or use “Not now” with the reason.")]
    StillToTell(usize),
    /// There is no good news to tell.
    #[error("There is no good news to tell for these lines.")]
    NoGoodNews,
    /// The option does not exist.
    #[error("There is no option {0} in this case.")]
    NoSuchOption(u32),
    /// No question of a leader waits for an answer.
    #[error("Nothing was asked that still waits for an answer. It may have been answered already.")]
    NothingAsked,
    /// There is no step to acknowledge.
    #[error("There is nothing to see to here any more. Reload the page to see how the case stands.")]
    NothingToAcknowledge,
    /// No line slips.
    #[error("No line of this case slips, so there is no date to ask for.")]
    NothingSlips,
    /// They have it already.
    #[error("This case is yours already. Call the customer.")]
    AlreadyTheirs,
    /// The case was handed on since.
    #[error("It has been given on since. Give it to whom you mean under “Who tells them”.")]
    GivenOnSince,
    /// The event can't be taken back.
    #[error(
        "This can't be taken back: what a customer has heard, and what reports have shown, stays in the record."
    )]
    CannotTakeBack,
    /// A leader did it.
    #[error("Only whoever did this, or somebody who leads, can take it back. Ask one of them.")]
    NotTheirsToTakeBack,
    /// A letter that is no part of the case.
    #[error("There is no such letter in this case. Reload the page to see those that there are.")]
    NoSuchLetter,
    /// A letter of the same kind has not left yet.
    #[error("A letter like this is on its way already. Wait until it has left, or cancel it first.")]
    LetterUnderWay,
    /// Nobody knows yet what became of the last letter of the same kind.
    #[error(
        "We can’t tell whether the last letter like this arrived. Say what became of it, or send that one again."
    )]
    LetterUnresolved,
    /// Too late to cancel: it is being handed over, or has left.
    #[error("This letter can’t be cancelled any more: it is being handed to the mail server, or has left.")]
    LetterHasLeft,
    /// What became of the letter is known.
    #[error("What became of this letter is known already. Reload the page to see it.")]
    LetterSettled,
}
