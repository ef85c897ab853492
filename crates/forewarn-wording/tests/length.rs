//! However long a text is and whatever stands in it: a check takes as long as its length asks for, and no longer.

use forewarn_wording::{Context, Name, Role, Severity, check};

/// What has taken minutes at this length, or could: time that grows faster than the text keeps these tests from ending.
const LENGTH: usize = 200_000;

/// Ends, and points at what stands there.
fn is_checked(pieces: &[&str], context: &Context) {
    for piece in pieces {
        let text = piece.repeat(LENGTH / piece.len());
        let report = check(&text, context);
        for finding in &report.findings {
            assert_eq!(text.get(finding.start..finding.end), Some(finding.quote.as_str()));
        }
    }
}

#[test]
fn rows_of_marks_are_read_once() {
    is_checked(
        &[".", "!", "?", "…", ",", "\"", ".\"", "“", "(", ")", ".)", "-", "'", ">"],
        &Context::default(),
    );
}

#[test]
fn rows_of_lines_and_spaces_are_read_once() {
    is_checked(&["\n", "\r\n", " ", "\n ", " \t", "a.\n", "> a\n", "- a\n", "1.\n"], &Context::default());
}

#[test]
fn one_line_of_a_hundred_thousand_sentences_is_read_once() {
    is_checked(&["a. ", "1. ", "(a.) ", "- a. ", "> a. "], &Context::default());
    is_checked(&["Re. ", "Subject. ", "Hello! ", "Mr. ", "a? ", "Regards, "], &Context::default());
}

#[test]
fn one_word_without_an_end_is_read_once() {
    is_checked(&["x", "é", "e\u{301}", "a'", "1", "1.1", "12:", "👩‍👩‍👧", "שלום", "a-"], &Context::default());
}

#[test]
fn dates_and_flawed_phrases_are_read_once() {
    is_checked(&["27 November 2026 ", "27 November. ", "Monday ", "2026-11-27 "], &dated());
    is_checked(&["sorry ", "soon, ", "our warehouse ", "The printer jammed. "], &dated());
}

#[test]
fn names_are_looked_for_in_one_walk_however_many_the_case_knows() {
    let names = (0..5_000).map(|n| format!("Voltex {}", "abcdefghij".repeat(n % 5) + &n.to_string()));
    let all = names.chain(["Voltex".to_owned(), "Voltex ".repeat(5_000)]);
    let inside = |name| Name { name, role: Role::Supplier, internal: true };
    let context = Context { names: all.map(inside).collect(), ..Context::default() };
    is_checked(&["Voltex ", "Voltex. ", "Voltex 77 is late. "], &context);
    let report = check("It is late; Voltex 4005 has it.", &context);
    assert_eq!(report.findings[0].quote, "Voltex 4005", "the longest name that fits");
}

#[test]
fn the_first_two_hundred_findings_are_given_and_the_others_counted() {
    let grovelling = "We are so, so sorry. ".repeat(300);
    let report = check(&grovelling, &Context::default());
    assert_eq!((report.findings.len(), report.more), (200, 100));
    assert!(report.findings.is_sorted_by_key(|finding| finding.start), "the first ones");
    assert!(report.findings.iter().all(|finding| finding.severity == Severity::Consider));
    assert!(!report.must_fix(), "none of all 300 must be mended");

    let blamed = check(&format!("{grovelling}Our warehouse messed up."), &Context::default());
    assert!(blamed.findings.len() == 200 && blamed.must_fix(), "what must be mended comes behind them");

    let few = check("We are so, so sorry.", &Context::default());
    assert_eq!((few.findings.len(), few.more), (1, 0));
}

#[test]
fn advice_from_the_case_is_told_from_general_advice() {
    let text = "It should ship soon.";
    assert!(check(text, &dated()).findings[0].from_case);
    assert!(!check(text, &Context::default()).findings[0].from_case);
}

fn dated() -> Context {
    let day = |day| Some(jiff::civil::date(2026, 12, day));
    Context { today: day(1), promised: day(4), expected: day(11), ..Context::default() }
}
