//! Sign-in and security: one's own, somebody's for an admin, and the whole log.

mod sample;

use super::settings::Nav;
use super::shell::Shell;
use super::tone::{Chip, Choice, Tone};
use askama::Template;

/// `GET /me/security`
#[derive(Debug, Template)]
#[template(path = "security/me.html")]
pub struct MySecurityPage {
    /// The frame.
    pub shell: Shell,
    /// The address one signs in with.
    pub email: String,
    /// How it stands with the password; `None` for somebody who has none.
    pub password: Option<String>,
    /// What the company's own sign-in is called, where there is one.
    pub elsewhere: Option<String>,
    /// How it stands with the second step: "On since …"; `None` while it is off.
    pub second_step: Option<String>,
    /// Whether a second step is required of them.
    pub required: bool,
    /// What is wrong with the last try to change something: which field, and what.
    pub wrong: Option<(&'static str, String)>,
    /// Where one is signed in.
    pub sessions: Vec<SessionRow>,
    /// What has happened.
    pub log: Vec<LogRow>,
}

impl MySecurityPage {
    /// What is wrong in this field.
    fn wrong_in(&self, field: &str) -> Option<&str> {
        self.wrong.as_ref().filter(|(wrong, _)| *wrong == field).map(|(_, text)| text.as_str())
    }
}

/// `GET /people/{id}/security`, for admins
#[derive(Debug, Template)]
#[template(path = "security/person.html")]
pub struct PersonSecurityPage {
    /// The frame.
    pub shell: Shell,
    /// "/people/4"
    pub href: String,
    /// "Jon Eide"
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// active, invited, disabled
    pub state: Chip,
    /// How it stands with the second step; `None` while it is off.
    pub second_step: Option<String>,
    /// Whether a link to choose a password can be made.
    pub can_invite: bool,
    /// Where they are signed in.
    pub sessions: Vec<SessionRow>,
    /// What has happened.
    pub log: Vec<LogRow>,
}

/// `GET /settings/security`, for admins
#[derive(Debug, Template)]
#[template(path = "security/all.html")]
pub struct SecurityPage {
    /// The frame.
    pub shell: Shell,
    /// The parts of the settings.
    pub nav: Nav,
    /// How people sign in and what holds for it, in sentences.
    pub holds: Vec<String>,
    /// Of whom a second step is required; the field `second-step`.
    pub required_of: Vec<Choice>,
    /// What is wrong with the last try to change that.
    pub wrong: Option<String>,
    /// What has happened to anybody.
    pub log: Vec<LogRow>,
}

/// A place where somebody is signed in.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// "Firefox on Windows"
    pub device: String,
    /// "since today 07:58 from 192.0.2.7, last seen today 09:12"
    pub says: String,
    /// Whether it is the one that asks.
    pub here: bool,
    /// Where a tap ends it; `None` for the one that asks, and for admins who look on.
    pub end: Option<String>,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct LogRow {
    /// How it looks.
    pub tone: Tone,
    /// The instant, for programs.
    pub instant: String,
    /// "today 09:12"
    pub when: String,
    /// "Wrong password"
    pub text: String,
    /// "Jon Eide, Firefox on Windows, 192.0.2.7"
    pub by: String,
}
