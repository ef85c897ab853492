//! The talk: one card a beat, readable at arm's length, and the sheet that follows the call.
//! Beats come in any order and can be skipped or repeated; each has an address of its own.

mod after;
mod beat;
mod sample;

pub use after::{AfterPage, AfterStage, ToldForm, ToldLine, TryAgain};
pub use beat::{Acknowledge, Action, Advise, Beat, Keep, Listen, OptionAsk, Reset, Words};

use super::case::Conflict;
use super::shell::Shell;
use super::today::Phone;
use askama::Template;

/// `GET /cases/{id}/talk/{beat}`
#[derive(Debug, Template)]
#[template(path = "talk/page.html")]
pub struct TalkPage {
    /// The frame. Talk has no tabs of its own, so that nothing draws away.
    pub shell: Shell,
    /// What stays on top of every card.
    pub head: TalkHead,
    /// All eight beats, to jump to.
    pub beats: Vec<BeatTab>,
    /// The beat that is shown.
    pub beat: Beat,
    /// The slug of that beat, sent as `step`: see [`Beat::slug`].
    pub step: &'static str,
    /// What was expected of each line when this was shown: name and value of hidden fields.
    pub said: Vec<(String, String)>,
    /// The address of the beat before; `None` on the first.
    pub back: Option<String>,
    /// Where *Next* and *Skip* lead: the next beat, or the after-call sheet.
    pub onward: String,
    /// "Next", "Done: how did it go?"
    pub onward_label: String,
}

/// What stays on top of every card.
#[derive(Debug, Clone)]
pub struct TalkHead {
    /// The address of the case: "/cases/7".
    pub href: String,
    /// The version that the talk was opened with.
    pub seen: String,
    /// The name of the customer.
    pub customer: String,
    /// "Anna Halvorsen"
    pub contact: String,
    /// "09:10 in Bergen, open"
    pub place: Option<String>,
    /// The number.
    pub phone: Option<Phone>,
    /// Facts that moved meanwhile.
    pub conflict: Option<Conflict>,
}

/// One of the eight beats, to jump to.
#[derive(Debug, Clone)]
pub struct BeatTab {
    /// 1 to 8
    pub number: u8,
    /// "Listen"
    pub title: &'static str,
    /// Its address.
    pub href: String,
    /// Where it stands.
    pub state: BeatState,
    /// Whether it is shown.
    pub current: bool,
}

/// Where a beat stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BeatState {
    /// Not come to yet.
    #[default]
    Open,
    /// Done, perhaps more than once.
    Done,
    /// Passed over on purpose; stays visible.
    Skipped,
}

impl BeatState {
    /// The word for those who can't see the mark.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Skipped => "skipped",
        }
    }
}

/// The titles of the eight beats, in order.
pub const BEATS: [&str; 8] =
    ["Tell", "Why now", "Listen", "Acknowledge", "What we do", "New promise", "Thank", "Next word"];

/// The row of beats for the case at `href`, with beat `current` shown.
#[must_use]
pub fn beat_tabs(href: &str, current: u8, states: [BeatState; 8]) -> Vec<BeatTab> {
    let tab = |((number, title), state): ((u8, &'static str), BeatState)| BeatTab {
        number,
        title,
        href: format!("{href}/talk/{number}"),
        state,
        current: number == current,
    };
    (1..).zip(BEATS).zip(states).map(tab).collect()
}
