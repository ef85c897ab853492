//! Samples of the pages of sign-in and security.

use super::{LogRow, MySecurityPage, PersonSecurityPage, SecurityPage, SessionRow};
use crate::pages::settings::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::pages::tone::{Chip, Choice, Tone};

impl MySecurityPage {
    /// As it is, and after a wrong password.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |wrong: Option<(&'static str, &str)>| Self {
            shell: Shell::sample(Place::Elsewhere),
            email: "jon@norpump.example".into(),
            password: Some("Changed Tue 3 Nov 09:12.".into()),
            elsewhere: None,
            second_step: None,
            required: false,
            wrong: wrong.map(|(field, text)| (field, text.to_owned())),
            sessions: sessions(true),
            log: log(),
        };
        let wrong = ("current-password", "This is not your password. Try again.");
        let on = "On since Tue 3 Nov 09:12, with 9 recovery codes left.";
        let with_step = Self { second_step: Some(on.into()), required: true, ..page(None) };
        let elsewhere = Self { password: None, elsewhere: Some("Norpump".into()), ..page(None) };
        vec![
            ("mine", page(None)),
            ("wrong", page(Some(wrong))),
            ("second-step", with_step),
            ("elsewhere", elsewhere),
        ]
    }
}

impl PersonSecurityPage {
    /// Somebody who is signed in twice.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            shell: Shell::sample(Place::People),
            href: "/people/4".into(),
            name: "Jon Eide".into(),
            email: "jon@norpump.example".into(),
            state: Chip::new("active", Tone::Good),
            second_step: Some("On since Tue 3 Nov 09:12, with 9 recovery codes left.".into()),
            can_invite: true,
            sessions: sessions(false),
            log: log(),
        };
        vec![("jon", page)]
    }
}

impl SecurityPage {
    /// Some days.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            shell: Shell::sample(Place::Elsewhere),
            nav: Nav::sample(Section::Security),
            holds: vec!["Passwords have 10 characters or more; 15 are recommended.".into()],
            required_of: Choice::list(&[("nobody", "Nobody"), ("admins", "Admins")], "admins"),
            wrong: None,
            log: log(),
        };
        vec![("all", page)]
    }
}

fn sessions(mine: bool) -> Vec<SessionRow> {
    let row = |device: &str, says: &str, here: bool| SessionRow {
        device: device.into(),
        says: says.into(),
        here: here && mine,
        end: (mine && !here).then(|| format!("/me/sessions/{}/ending", device.len())),
    };
    vec![
        row("Firefox on Windows", "Since today 07:58 from 192.0.2.7, last seen today 09:12.", true),
        row(
            "Safari on iPhone",
            "Since Tue 3 Nov 06:30 from 198.51.100.20, last seen yesterday 18:03.",
            false,
        ),
    ]
}

fn log() -> Vec<LogRow> {
    let row = |tone, when: &str, text: &str| LogRow {
        tone,
        instant: "2026-11-09T08:12:00Z".into(),
        when: when.into(),
        text: text.into(),
        by: "Firefox on Windows, 192.0.2.7".into(),
    };
    vec![
        row(Tone::Quiet, "today 07:58", "Signed in"),
        row(Tone::Watch, "today 07:57", "Wrong password"),
        row(Tone::Calm, "Tue 3 Nov 09:12", "Password changed"),
    ]
}
