//! Team: what we knew and had not told. The same page shows a person what their leader sees about them.

mod acts;
mod sample;
mod told;
mod untold;

pub use acts::{LeaderActs, OpenAsk};
pub use told::{Checks, EmailedRow, Heat, HeatCell, HeatPicture, HeatRow, Listed, Pick, ToldRow};
pub use untold::{UntoldRow, WaitBar};

use super::shell::Shell;
use super::tone::Choice;
use askama::Template;

/// `GET /team?rep=&band=&waits=&show=` and `GET /people/{id}/record`
#[derive(Debug, Template)]
#[template(path = "team/page.html")]
pub struct TeamPage {
    /// The frame.
    pub shell: Shell,
    /// "Team", "What your leader sees"
    pub title: String,
    /// "7 customers don't know what we know. 5 of them can still act; 3 are past their tell-by."
    pub summary: String,
    /// Who sees this page, for the person it is about; `None` for a leader.
    pub about_you: Option<String>,
    /// From when on counts are true, and on whose hours.
    pub note: String,
    /// Whom to show; empty hides the filter.
    pub reps: Vec<Choice>,
    /// Known, not told: by time left to act.
    pub untold: Vec<UntoldRow>,
    /// "Show all 137", and where.
    pub more: Option<(String, String)>,
    /// What to say when nothing is untold: "Longest wait this week: 5 h (Halvorsen)."
    pub longest: String,
    /// How long it took to tell, as a picture.
    pub heat: Heat,
    /// The tellings behind a cell of the picture.
    pub listed: Option<Listed>,
    /// First words that went by e-mail.
    pub emailed: Vec<EmailedRow>,
    /// A few tellings to look at, and what came out of earlier ones.
    pub checks: Checks,
    /// Handing all cases of one person to another; `None` for those who don't lead.
    pub handover: Option<HandoverForm>,
}

/// Handing all cases of one person to another.
#[derive(Debug, Clone)]
pub struct HandoverForm {
    /// Whose.
    pub from: Vec<Choice>,
    /// To whom.
    pub to: Vec<Choice>,
}
