//! The imports so far.

use super::{counts, href};
use crate::pages::import::{ImportRow, UploadPage};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Choice, Tone};
use crate::views::shown::{Wall, number};
use forewarn_domain::ids::PersonId;
use forewarn_store::importing::{Door, ImportState, RegisteredImport};
use forewarn_store::people::Person;
use jiff::SignedDuration;

/// Where a file is dropped, and what was imported before.
pub(crate) fn page(
    shell: Shell,
    imports: &[RegisteredImport],
    people: &[Person],
    profiles: &[String],
    largest: &str,
    wall: &Wall,
) -> UploadPage {
    let last = imports.iter().find(|import| import.state == ImportState::Imported).map(|import| import.id);
    let by_itself = Choice::new("", "Find out by itself").chosen();
    let saved = profiles.iter().map(|name| Choice::new(name, name));
    UploadPage {
        wrong: None,
        profiles: std::iter::once(by_itself).chain(saved).collect(),
        largest: largest.to_owned(),
        history: imports
            .iter()
            .map(|import| ImportRow {
                href: href(import),
                when: wall.moment(import.created_at),
                file: import.file_name.clone(),
                by: by(import, people),
                counts: what_it_did(import),
                state: state(import.state),
                undo: undo_until(import, wall)
                    .filter(|_| last == Some(import.id))
                    .map(|_| format!("{}/undoing", href(import))),
            })
            .collect(),
        shell,
    }
}

/// "until Tue 10 Nov 05:12"; `None` if it can't be undone any more.
pub(crate) fn undo_until(import: &RegisteredImport, wall: &Wall) -> Option<String> {
    let imported_at = import.imported_at.filter(|_| import.state == ImportState::Imported)?;
    let until = imported_at.saturating_add(SignedDuration::from_hours(24)).ok()?;
    (wall.now <= until).then(|| format!("until {}", wall.moment(until)))
}

/// Who brought it: "Ada Berg", "command line".
pub(crate) fn by(import: &RegisteredImport, people: &[Person]) -> String {
    match (import.door, import.by) {
        (Door::CommandLine, _) => "command line".to_owned(),
        (Door::Upload, by) => name(by, people).unwrap_or("one of us").to_owned(),
    }
}

fn name(person: Option<PersonId>, people: &[Person]) -> Option<&str> {
    people.iter().find(|known| Some(known.id) == person).map(|known| known.name.as_str())
}

fn what_it_did(import: &RegisteredImport) -> String {
    let done = matches!(import.state, ImportState::Imported | ImportState::Undone);
    match (&import.outcome, &import.message) {
        (Some(outcome), _) if done => {
            let read = format!("{} read", number(outcome.read));
            let rest = counts(outcome).into_iter().filter(|count| count.value != "0");
            let rest = rest.map(|count| format!("{} {}", count.value, count.name));
            std::iter::once(read).chain(rest).collect::<Vec<_>>().join(", ")
        }
        (_, Some(message)) if import.state == ImportState::Failed => message.clone(),
        _ => "nothing yet".to_owned(),
    }
}

fn state(state: ImportState) -> Chip {
    match state {
        ImportState::Uploaded | ImportState::Checking | ImportState::Importing => {
            Chip::new("running", Tone::Calm)
        }
        ImportState::Surveyed | ImportState::Checked => Chip::new("waiting for you", Tone::Watch),
        ImportState::Imported => Chip::new("imported", Tone::Good),
        ImportState::Failed => Chip::new("failed", Tone::Urgent),
        ImportState::Undone => Chip::new("undone", Tone::Quiet),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use forewarn_store::importing::ImportOutcome;
    use jiff::tz::TimeZone;
    use uuid::Uuid;

    fn imported() -> RegisteredImport {
        let import = sample::import(ImportState::Imported);
        let outcome = ImportOutcome { read: 1_284, added: 3, rejected: 12, ..ImportOutcome::default() };
        RegisteredImport { imported_at: Some(import.created_at), outcome: Some(outcome), ..import }
    }

    fn shown(imports: &[RegisteredImport], now: &str) -> UploadPage {
        let wall = Wall { now: now.parse().unwrap(), zone: TimeZone::UTC };
        page(Shell::outside(Uuid::nil()), imports, &[], &["Weekly".into()], "256 MB", &wall)
    }

    #[test]
    fn only_the_last_import_can_be_undone_and_only_for_a_day() {
        let before = RegisteredImport { id: forewarn_domain::ids::ImportId(6), ..imported() };
        let both = [imported(), before];
        let page = shown(&both, "2026-11-10T05:12:00Z");
        assert_eq!(page.history[0].undo.as_deref(), Some("/imports/7/undoing"));
        assert_eq!(page.history[1].undo, None);
        assert_eq!(shown(&both, "2026-11-10T05:12:01Z").history[0].undo, None);
    }

    #[test]
    fn a_row_says_in_short_what_it_did() {
        let page = shown(&[imported()], "2026-11-09T06:00:00Z");
        assert_eq!(page.history[0].counts, "1,284 read, 3 added, 12 rejected");
        assert_eq!(page.profiles.iter().map(|p| p.value.as_str()).collect::<Vec<_>>(), ["", "Weekly"]);
        let waiting = shown(&[sample::import(ImportState::Surveyed)], "2026-11-09T06:00:00Z");
        assert_eq!(waiting.history[0].state.text, "waiting for you");
    }
}
