//! Notices to our own people: what waits for them, why, and since when.

use super::clocks::near;
use super::shown::Wall;
use crate::pages::notices::{NoticeRow, NoticesPage, Onward, Tap, TapPage, TapShows};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Tone};
use forewarn_domain::ids::PersonId;
use forewarn_domain::notice::NoticeKind;
use forewarn_store::notices::Notice;
use forewarn_store::people::Person;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The list of one person: `notices` are theirs, newest first. What was said again of the same case waits once, in
/// its newest words.
pub(crate) fn page(shell: Shell, notices: &[Notice], wall: &Wall) -> NoticesPage {
    let mut said = BTreeSet::new();
    let (waiting, past): (Vec<_>, Vec<_>) = notices.iter().partition(|notice| {
        let first = notice.case.is_none_or(|case| said.insert((case, notice.kind)));
        notice.settled_at.is_none() && first
    });
    let rows = |of: Vec<&Notice>, waits| of.into_iter().map(|notice| row(notice, waits, wall)).collect();
    NoticesPage { shell, waiting: rows(waiting, true), past: rows(past, false) }
}

/// Who sees to something, for how long.
#[derive(Debug, Clone)]
pub(crate) struct Lease {
    by: Option<PersonId>,
    name: String,
    until: String,
}

impl Lease {
    /// `by` sees to it until then.
    pub(crate) fn new(by: Option<&Person>, until: Timestamp, wall: &Wall) -> Self {
        let name = by.map_or_else(|| "Somebody".to_owned(), |by| by.name.clone());
        Self { by: by.map(|by| by.id), name, until: near(wall, until) }
    }

    /// "You are on it until today 15:00", to `reader`.
    pub(crate) fn says(&self, reader: &Person) -> String {
        if self.by == Some(reader.id) {
            format!("You are on it until {}", self.until)
        } else {
            format!("{} is on it until {}", self.name, self.until)
        }
    }
}

/// What a link in a mail or a chat shows to whoever holds it: the notice, and nothing else of the case.
pub(crate) fn tap(
    shell: Shell,
    notice: &Notice,
    person: &Person,
    lease: Option<&Lease>,
    action: &str,
) -> TapPage {
    let onward = leads_to(notice).unwrap_or_else(to_notices);
    let shows = match over(notice, person, lease) {
        Some((title, says)) => TapShows::Over { title, says: says.to_owned(), onward },
        None => TapShows::Notice(Tap {
            action: action.to_owned(),
            subject: notice.subject.clone(),
            words: notice.words.clone(),
            why: notice.why.clone(),
            name: person.name.clone(),
            on_it: can_be_taken_on(notice),
            onward,
        }),
    };
    TapPage { shell, shows }
}

/// A link that has expired, or never was one.
pub(crate) fn gone(shell: Shell) -> TapPage {
    let shows = TapShows::Over {
        title: "This link does not work any more".to_owned(),
        says: "It was good for a while and has expired, or a part of it is missing. Sign in to see what waits for you."
            .to_owned(),
        onward: to_notices(),
    };
    TapPage { shell, shows }
}

fn to_notices() -> Onward {
    Onward { href: "/notices".to_owned(), label: "See what waits" }
}

/// Whether somebody can say that they are on it: it is a step of a ladder that has not come to its end.
pub(crate) fn can_be_taken_on(notice: &Notice) -> bool {
    notice.kind.ladder().is_some()
        && notice.case.is_some()
        && notice.settled_at.is_none()
        && notice.acted_at.is_none()
}

/// Why there is nothing to tap any more, if so.
fn over(notice: &Notice, person: &Person, lease: Option<&Lease>) -> Option<(String, &'static str)> {
    if notice.settled_at.is_some() {
        return Some(("This is done".to_owned(), "There is nothing left to do about it."));
    }
    if let Some(lease) = lease {
        let says =
            "The next step waits until then. If the customer has not been told by that time, it goes on.";
        return Some((lease.says(person), says));
    }
    let used = notice.acted_at.is_some() && notice.kind.ladder().is_some();
    used.then(|| {
        let says =
            "You said that you were on it, and that time is over. What has happened since is in the case.";
        ("This link has been used".to_owned(), says)
    })
}

fn row(notice: &Notice, waits: bool, wall: &Wall) -> NoticeRow {
    let state = match (notice.settled_at, notice.acted_at) {
        (Some(_), _) => Some(Chip::new("done", Tone::Good)),
        (None, _) if !waits => Some(Chip::new("said again since", Tone::Quiet)),
        (None, Some(at)) if notice.kind.ladder().is_some() => {
            Some(Chip::new(format!("you are on it since {}", near(wall, at)), Tone::Calm))
        }
        _ => None,
    };
    NoticeRow {
        id: format!("notice-{}", notice.id),
        subject: notice.subject.clone(),
        words: notice.words.clone(),
        why: notice.why.clone(),
        since: near(wall, notice.created_at),
        instant: notice.created_at.to_string(),
        unseen: waits && notice.seen_at.is_none(),
        tone: if waits { tone(notice.kind) } else { Tone::Quiet },
        state,
        onward: leads_to(notice),
        on_it: (waits && can_be_taken_on(notice)).then(|| format!("/notices/{}/acting", notice.id)),
    }
}

/// Where it leads, and what the button says.
fn leads_to(notice: &Notice) -> Option<Onward> {
    let onward = |href: &str, label| Onward { href: href.to_owned(), label };
    match (notice.case, notice.kind) {
        (Some(case), _) => Some(onward(&format!("/cases/{case}"), "Open the case")),
        (None, NoticeKind::Week) => Some(onward("/team", "Open Team")),
        (None, NoticeKind::Unreachable) => Some(onward("/settings/reach", "See who")),
        (None, _) => None,
    }
}

fn tone(kind: NoticeKind) -> Tone {
    match kind {
        NoticeKind::Tell | NoticeKind::Letter | NoticeKind::Auditor => Tone::Urgent,
        NoticeKind::NextWord
        | NoticeKind::Supply
        | NoticeKind::Leader
        | NoticeKind::Unreachable
        | NoticeKind::Webhook => Tone::Watch,
        NoticeKind::ConfirmDelivery
        | NoticeKind::SupplyAnswer
        | NoticeKind::Assigned
        | NoticeKind::Reply
        | NoticeKind::Week => Tone::Calm,
    }
}
