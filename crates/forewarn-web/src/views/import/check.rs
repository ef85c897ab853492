//! What an import would do, and what is wrong with rows.

use super::{counts, file, href};
use crate::pages::import::{CheckPage, ErrorRow, RepairGroup};
use crate::pages::shell::Shell;
use crate::pages::tone::Choice;
use crate::views::shown::{count, number};
use forewarn_feeds::{Repair, RowError, group_by_repair};
use forewarn_store::importing::{ImportOutcome, RegisteredImport, RowProblem};

/// The page.
pub(crate) fn page(shell: Shell, import: &RegisteredImport, outcome: &ImportOutcome) -> CheckPage {
    let href = href(import);
    let taken = outcome.read.saturating_sub(outcome.rejected);
    let extents = [
        ("full", "Full: an open line that is absent is listed as missing"),
        ("partial", "Partial: it says nothing about lines that are absent"),
    ];
    CheckPage {
        file: file(import),
        summary: summary(outcome),
        counts: counts(outcome),
        extents: Choice::list(&extents, if import.full_report { "full" } else { "partial" }),
        groups: groups(outcome),
        rejected_href: (outcome.rejected > 0).then(|| format!("{href}/rejected.csv")),
        blocked: blocked(outcome),
        import_label: format!("Import {}", count(taken, "row", "rows")),
        href,
        shell,
    }
}

/// "Will add 1,202 lines and move 61. 5 customers will need a call."
fn summary(outcome: &ImportOutcome) -> String {
    let ImportOutcome { added, moved, delivered, cases_opened, news, .. } = *outcome;
    let acts = [
        (added > 0).then(|| format!("add {}", count(added, "line", "lines"))),
        (moved > 0 && added > 0).then(|| format!("move {}", number(moved))),
        (moved > 0 && added == 0).then(|| format!("move {}", count(moved, "line", "lines"))),
        (delivered > 0).then(|| format!("close {}, which arrived", number(delivered))),
    ];
    let acts: Vec<String> = acts.into_iter().flatten().collect();
    let does = match acts.split_last() {
        None if outcome.rejected == outcome.read => return "No row can be taken in.".to_owned(),
        None if outcome.rejected > 0 => {
            return "Nothing new: every line that can be read says the same as before.".to_owned();
        }
        None => return "Nothing new: every line says the same as before.".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    };
    let calls = match (cases_opened, news) {
        (0, _) => String::new(),
        (_, 0) => format!(
            " Slips of {} are watched; none is fit to tell yet.",
            count(cases_opened, "customer", "customers")
        ),
        (opened, news) => format!(
            " {} fit to tell, in {}.",
            count(news, "slip is", "slips are"),
            count(opened, "new conversation", "new conversations")
        ),
    };
    format!("Will {does}.{calls}")
}

fn blocked(outcome: &ImportOutcome) -> Option<String> {
    if outcome.read == 0 {
        let why = "There are no rows below the headings. Check the sheet and the heading row, or export the report again.";
        return Some(why.to_owned());
    }
    (outcome.rejected == outcome.read).then(|| {
        let all = count(outcome.read, "row is", "rows are");
        format!(
            "All {all} rejected, so there is nothing to import. Go back to the columns: one of them is probably \
             something else."
        )
    })
}

fn groups(outcome: &ImportOutcome) -> Vec<RepairGroup> {
    let errors: Vec<RowError> = outcome.errors.iter().map(error).collect();
    group_by_repair(&errors).into_iter().zip(1..).map(|(repair, n)| group(&repair, n)).collect()
}

fn group(repair: &Repair, n: usize) -> RepairGroup {
    let rows = count(repair.count, "row", "rows");
    let column =
        if repair.column.is_empty() { String::new() } else { format!("in “{}”, ", repair.column) };
    let row = |error: &RowError| ErrorRow {
        row: error.row,
        column: error.column.clone(),
        found: error.found.clone(),
        expected: error.expected.clone(),
        fix: format!("{}.", error.fix.trim_end_matches('.')),
    };
    RepairGroup {
        id: n.to_string(),
        title: format!("{rows}: {column}expected {}", repair.expected),
        rejects: true,
        rows: repair.examples.iter().map(row).collect(),
        more: usize::try_from(repair.count).unwrap_or(usize::MAX).saturating_sub(repair.examples.len()),
    }
}

fn error(problem: &RowProblem) -> RowError {
    let RowProblem { row, column, found, expected, fix } = problem.clone();
    RowError { row, column, found, expected, fix }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use forewarn_store::importing::ImportState;
    use uuid::Uuid;

    fn shown(outcome: &ImportOutcome) -> CheckPage {
        page(Shell::outside(Uuid::nil()), &sample::import(ImportState::Checked), outcome)
    }

    #[test]
    fn the_heading_says_what_would_happen() {
        let outcome = ImportOutcome {
            read: 1_270,
            added: 1_202,
            moved: 61,
            news: 9,
            cases_opened: 5,
            ..Default::default()
        };
        let page = shown(&outcome);
        assert_eq!(
            page.summary,
            "Will add 1,202 lines and move 61. 9 slips are fit to tell, in 5 new conversations."
        );
        assert_eq!(page.import_label, "Import 1,270 rows");
        assert_eq!((page.blocked, page.rejected_href), (None, None));
        let nothing = ImportOutcome { read: 3, unchanged: 3, ..Default::default() };
        assert_eq!(shown(&nothing).summary, "Nothing new: every line says the same as before.");
    }

    #[test]
    fn errors_that_one_repair_mends_stand_together() {
        let problem = |row, column: &str, found: &str| RowProblem {
            row,
            column: column.into(),
            found: found.into(),
            expected: "a date like 31/12/2026".into(),
            fix: "Correct it in the file, or skip the row".into(),
        };
        let errors = vec![
            problem(42, "Prom Dt", "31/02/26"),
            problem(50, "Conf Dt", "x"),
            problem(97, "Prom Dt", "soon"),
        ];
        let page = shown(&ImportOutcome { read: 3, rejected: 3, errors, ..Default::default() });
        assert_eq!(page.groups[0].title, "2 rows: in “Prom Dt”, expected a date like 31/12/2026");
        assert_eq!((page.groups[0].rows[0].row, page.groups[0].more), (42, 0));
        assert!(page.blocked.unwrap().starts_with("All 3 rows are rejected"));
        assert_eq!(page.rejected_href.as_deref(), Some("/imports/7/rejected.csv"));
    }
}
