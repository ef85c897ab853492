//! How far an import is, and what it has done.

use super::history::undo_until;
use super::{counts, file, found, href};
use crate::pages::import::{Outcome, OutcomePage, OutcomeState};
use crate::pages::shell::Shell;
use crate::views::shown::{Wall, count, number};
use forewarn_store::importing::{ImportOutcome, ImportState, RegisteredImport};

/// The page of an import that runs, or has ended. `rows` are in, if it runs.
pub(crate) fn page(shell: Shell, import: &RegisteredImport, rows: Option<u64>, wall: &Wall) -> OutcomePage {
    let running = |title: &str| running(title, import, rows);
    let state = match import.state {
        ImportState::Uploaded => running("Looking into the file"),
        ImportState::Checking => running("Checking the rows"),
        ImportState::Importing => running("Importing"),
        ImportState::Surveyed | ImportState::Checked => running("Waiting for you"),
        ImportState::Imported => OutcomeState::Done(done(import, wall)),
        ImportState::Undone => OutcomeState::Undone(undone(import, wall)),
        ImportState::Failed => OutcomeState::Failed {
            why: import.message.clone().unwrap_or_else(|| "It could not be read.".to_owned()),
            columns_href: import.survey.as_ref().map(|_| format!("{}/mapping", href(import))),
        },
    };
    OutcomePage { href: href(import), file: file(import), state, shell }
}

fn running(title: &str, import: &RegisteredImport, rows: Option<u64>) -> OutcomeState {
    let all = found(import).map(|survey| survey.rows).filter(|all| *all > 0);
    let (percent, done) = match (rows, all) {
        (Some(rows), Some(all)) => {
            let percent = u8::try_from((rows.min(all) * 100) / all).unwrap_or(100);
            (Some(percent), format!("{} of {} rows", number(rows.min(all)), number(all)))
        }
        (Some(rows), None) => (None, format!("{} read", count(rows, "row", "rows"))),
        (None, _) => (None, "It will begin in a moment.".to_owned()),
    };
    OutcomeState::Running { title: title.to_owned(), percent, done }
}

fn done(import: &RegisteredImport, wall: &Wall) -> Outcome {
    let nothing = ImportOutcome::default();
    let outcome = import.outcome.as_ref().unwrap_or(&nothing);
    let saved = import.profile.clone();
    let name = saved.clone().unwrap_or_else(|| profile_name(&import.file_name));
    Outcome {
        summary: summary(outcome),
        counts: counts(outcome),
        undo_until: undo_until(import, wall),
        rejected_href: (outcome.rejected > 0).then(|| format!("{}/rejected.csv", href(import))),
        command: format!("forewarn import --profile \"{name}\" FILE"),
        profile_name: saved.is_none().then_some(name).filter(|_| import.mapping.is_some()),
    }
}

/// "61 lines slipped. 5 customers are waiting to hear from you."
fn summary(outcome: &ImportOutcome) -> String {
    let ImportOutcome { added, moved, slips, news, cases_opened, .. } = *outcome;
    let slipped = match slips {
        0 if added + moved == 0 => "Nothing new: every line says the same as before.".to_owned(),
        0 => "Done. No line is late by more than its customer puts up with.".to_owned(),
        slips => format!("{} slipped.", count(slips, "line", "lines")),
    };
    let waiting = match (cases_opened, news) {
        (0, _) => String::new(),
        (opened, 0) => {
            format!(" {} watched until the dates are firm.", count(opened, "customer is", "customers are"))
        }
        (opened, _) => {
            format!(" {} waiting to hear from you.", count(opened, "customer is", "customers are"))
        }
    };
    slipped + &waiting + &still_named(outcome)
}

/// What the report says of contacts who were erased.
fn still_named(outcome: &ImportOutcome) -> String {
    match outcome.erased_contacts {
        0 => String::new(),
        1 => " The report still names a contact who was erased: they were left out. Take them out of the report, too."
            .to_owned(),
        n => format!(
            " The report still names contacts of {} who were erased: they were left out. Take them out of the report, too.",
            count(n, "customer", "customers")
        ),
    }
}

fn undone(import: &RegisteredImport, wall: &Wall) -> String {
    let when = import.undone_at.map_or_else(String::new, |at| format!(" on {}", wall.moment(at)));
    format!("It was taken back{when}. Everything is as it was before; the history keeps both.")
}

/// A name for the columns of `open-orders-0911.csv`: "open orders".
fn profile_name(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words: Vec<&str> = stem
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    if words.is_empty() { "open orders".to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use jiff::tz::TimeZone;
    use uuid::Uuid;

    fn shown(import: &RegisteredImport, rows: Option<u64>) -> OutcomeState {
        let wall = Wall { now: "2026-11-09T06:50:00Z".parse().unwrap(), zone: TimeZone::UTC };
        page(Shell::outside(Uuid::nil()), import, rows, &wall).state
    }

    #[test]
    fn progress_is_rows_of_all_rows_and_never_more() {
        let survey = sample::survey("Order,Customer,Promised\n1,a,2026-12-01\n2,b,2026-12-01\n");
        let survey = Some(serde_json::to_string(&survey).unwrap());
        let import = RegisteredImport { survey, ..sample::import(ImportState::Importing) };
        for (rows, percent, done) in [(1, 50, "1 of 2 rows"), (9, 100, "2 of 2 rows")] {
            match shown(&import, Some(rows)) {
                OutcomeState::Running { percent: p, done: d, .. } => {
                    assert_eq!((p, d.as_str()), (Some(percent), done));
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn what_was_done_comes_with_a_way_back_and_a_name_for_next_time() {
        let at = "2026-11-09T05:12:00Z".parse().unwrap();
        let outcome = ImportOutcome { read: 9, slips: 6, news: 6, cases_opened: 1, ..Default::default() };
        let import = RegisteredImport {
            outcome: Some(outcome),
            imported_at: Some(at),
            mapping: Some("{}".into()),
            file_name: "open-orders-0911.csv".into(),
            ..sample::import(ImportState::Imported)
        };
        let OutcomeState::Done(done) = shown(&import, None) else { panic!() };
        assert_eq!(done.summary, "6 lines slipped. 1 customer is waiting to hear from you.");
        assert_eq!(done.undo_until.as_deref(), Some("until Tue 10 Nov 05:12"));
        assert_eq!(done.profile_name.as_deref(), Some("open orders"));
        assert_eq!(done.command, "forewarn import --profile \"open orders\" FILE");
    }

    #[test]
    fn a_failure_says_why_and_leads_back_to_the_columns() {
        let message = Some("The report has no column “Prom Dt”.".to_owned());
        let import = RegisteredImport { message, ..sample::import(ImportState::Failed) };
        let OutcomeState::Failed { why, columns_href } = shown(&import, None) else { panic!() };
        assert_eq!((why.as_str(), columns_href), ("The report has no column “Prom Dt”.", None));
    }
}
