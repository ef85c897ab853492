//! Notices to our own people: the list, and the page that a link in a mail or a chat opens.

use super::shell::{Place, Shell};
use super::tone::{Chip, Tone};
use askama::Template;

/// `GET /notices`
#[derive(Debug, Template)]
#[template(path = "notices/page.html")]
pub struct NoticesPage {
    /// The frame.
    pub shell: Shell,
    /// What wants this person, newest first.
    pub waiting: Vec<NoticeRow>,
    /// What needs nothing any more, newest first.
    pub past: Vec<NoticeRow>,
}

/// One notice.
#[derive(Debug, Clone)]
pub struct NoticeRow {
    /// The anchor: "notice-12".
    pub id: String,
    /// "Halvorsen Marine: tell them by 14:00, they can still act for 4 days"
    pub subject: String,
    /// What is due.
    pub words: String,
    /// Why this person hears of it, where that is not plain: "Jon Eide is away until Monday."
    pub why: Option<String>,
    /// "since today 09:02"
    pub since: String,
    /// The same for machines, RFC 3339.
    pub instant: String,
    /// Whether it is new to them.
    pub unseen: bool,
    /// "you are on it until 15:00", "done"
    pub state: Option<Chip>,
    /// How it feels.
    pub tone: Tone,
    /// Where to go from there.
    pub onward: Option<Onward>,
    /// Where to say that one is on it.
    pub on_it: Option<String>,
}

/// `GET /n/{token}`: a notice, for whoever holds its link. Looking changes nothing.
#[derive(Debug, Template)]
#[template(path = "notices/tap.html")]
pub struct TapPage {
    /// The frame of somebody who has not signed in.
    pub shell: Shell,
    /// What the link shows.
    pub shows: TapShows,
}

/// What a link in a mail or a chat shows.
#[derive(Debug, Clone)]
pub enum TapShows {
    /// The notice, and what can be done.
    Notice(Tap),
    /// It was used, or there is nothing left to do; kindly.
    Over {
        /// "You are on it until 15:00"
        title: String,
        /// What that means.
        says: String,
        /// Where to go from there, for those who sign in.
        onward: Onward,
    },
}

/// A notice behind a link.
#[derive(Debug, Clone)]
pub struct Tap {
    /// Where it is acted on: the address of this page.
    pub action: String,
    /// "Halvorsen Marine: tell them by 14:00, they can still act for 4 days"
    pub subject: String,
    /// What is due.
    pub words: String,
    /// Why it came to this person.
    pub why: Option<String>,
    /// Who it was sent to.
    pub name: String,
    /// Whether they can say that they are on it.
    pub on_it: bool,
    /// Where to go from there, for those who sign in.
    pub onward: Onward,
}

/// Where a notice leads.
#[derive(Debug, Clone)]
pub struct Onward {
    /// The address.
    pub href: String,
    /// "Open the case"
    pub label: &'static str,
}

fn case_7() -> Onward {
    Onward { href: "/cases/7".into(), label: "Open the case" }
}

impl NoticesPage {
    /// Whether anything is new.
    #[must_use]
    pub fn has_unseen(&self) -> bool {
        self.waiting.iter().any(|notice| notice.unseen)
    }

    /// With notices, and without.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let shell = || Shell { unseen: Some(2), ..Shell::sample(Place::Elsewhere) };
        let row = |id: &str, subject: &str, words: &str, tone| NoticeRow {
            id: format!("notice-{id}"),
            subject: subject.into(),
            words: words.into(),
            why: None,
            since: "today 09:02".into(),
            instant: "2026-11-09T08:02:00Z".into(),
            unseen: true,
            state: None,
            tone,
            onward: Some(case_7()),
            on_it: None,
        };
        let tell = NoticeRow {
            why: Some("Mia Lund is away until Mon 16 Nov; you are her deputy.".into()),
            on_it: Some("/notices/3/acting".into()),
            ..row(
                "3",
                "Halvorsen Marine: tell them by today 14:00, they can still act for 4 days",
                "2 lines of order 4471 arrive 21 days later than promised. Nobody has told them yet.",
                Tone::Urgent,
            )
        };
        let on_it = NoticeRow {
            unseen: false,
            state: Some(Chip::new("you are on it until today 15:00", Tone::Calm)),
            ..row(
                "2",
                "Kiel Yard: your next word was due at 10:00",
                "You promised a word by today 10:00.",
                Tone::Watch,
            )
        };
        let done = NoticeRow {
            unseen: false,
            state: Some(Chip::new("done", Tone::Good)),
            ..row(
                "1",
                "Brandt & Sohn: confirm that it arrived",
                "Order 5000 arrived on Fri 6 Nov.",
                Tone::Quiet,
            )
        };
        vec![
            ("some", Self { shell: shell(), waiting: vec![tell, on_it], past: vec![done] }),
            ("none", Self { shell: Shell::sample(Place::Elsewhere), waiting: Vec::new(), past: Vec::new() }),
        ]
    }
}

impl TapPage {
    /// A link that works, and one that has been used.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let tap = Tap {
            action: "/n/0190f3c2".into(),
            subject: "Halvorsen Marine: tell them by today 14:00, they can still act for 4 days".into(),
            words: "2 lines of order 4471 arrive 21 days later than promised. Nobody has told them yet."
                .into(),
            why: Some("Mia Lund is away until Mon 16 Nov; you are her deputy.".into()),
            name: "Jon Eide".into(),
            on_it: true,
            onward: case_7(),
        };
        let over = TapShows::Over {
            title: "You are on it until today 15:00".into(),
            says: "The next step waits until then. If they have not been told by that time, it goes on."
                .into(),
            onward: case_7(),
        };
        let shell = || Shell { flash: None, ..Shell::outside(uuid::Uuid::from_u128(1)) };
        vec![
            ("works", Self { shell: shell(), shows: TapShows::Notice(tap) }),
            ("used", Self { shell: shell(), shows: over }),
        ]
    }
}
