//! Whatever comes in: no panic, honest offsets, the same answer twice.

use forewarn_wording::{Context, Report, check, render};
use proptest::prelude::*;

/// Pieces that have broken text tools before, and the words this check looks for.
const PIECES: &[&str] = &[
    " ",
    "\n",
    "\n\n",
    "\t",
    ". ",
    ", ",
    "\"",
    "“",
    "”",
    "’",
    "'s",
    "—",
    "- ",
    "> ",
    "(",
    ")",
    "e\u{301}",
    "👩‍👩‍👧",
    "🏳️‍🌈",
    "שלום",
    "مرحبا",
    "\u{202e}",
    "\u{0}",
    "ß",
    "İ",
    "ﬁ",
    "\u{2028}",
    "\r\n",
    "12.",
    "2026-11-30",
    "17:00",
    "3 Dec",
    "%",
    "€",
    "Subject: ",
    "Dear Ana,\n\n",
    "Kind regards,\n",
    "we",
    "sorry",
    "any inconvenience",
    "soon",
    "our warehouse",
    "messed up",
    "will",
    "ship",
    "you should have",
    "don't",
    "can't",
    "first",
    "then",
    "storm",
    "broke down",
    "guarantee",
];

fn offsets_are_honest(text: &str, report: &Report) {
    let units: Vec<u16> = text.encode_utf16().collect();
    for (finding, utf16) in report.findings.iter().zip(report.utf16(text)) {
        assert!(finding.start <= finding.end && finding.end <= text.len());
        assert_eq!(text.get(finding.start..finding.end), Some(finding.quote.as_str()));
        assert_eq!(String::from_utf16_lossy(&units[utf16]), finding.quote);
    }
    let checked = [render::Checked { file: "-", text, report }];
    assert!(!render::text(&checked).is_empty());
    assert!(render::json(&checked).is_ok() && render::sarif(&checked).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        offsets_are_honest(&text, &check(&text, &Context::default()));
    }

    #[test]
    fn any_mixture_gets_the_same_answer_twice(picks in proptest::collection::vec(0..PIECES.len(), 0..80)) {
        let text: String = picks.iter().map(|at| PIECES[*at]).collect::<Vec<_>>().join(" ");
        let report = check(&text, &Context::default());
        offsets_are_honest(&text, &report);
        prop_assert_eq!(report, check(&text, &Context::default()));
    }

    #[test]
    fn a_clean_sentence_more_takes_no_flaw_away(at in 0..FLAWED.len(), more in 0..CLEAN.len(), before in any::<bool>()) {
        let flaw = FLAWED[at];
        let alone = check(flaw, &Context::default());
        let text = if before { format!("{}\n\n{flaw}", CLEAN[more]) } else { format!("{flaw}\n\n{}", CLEAN[more]) };
        let together = check(&text, &Context::default());
        for finding in &alone.findings {
            let still = together.findings.iter().any(|other| other.rule == finding.rule && other.quote == finding.quote);
            prop_assert!(still, "{} lost in {text:?}", finding.rule);
        }
    }
}

const FLAWED: &[&str] = &[
    "Our warehouse shipped the wrong cartons on Friday.",
    "We are badly short staffed since the summer.",
    "We have hit a small bump in the road with your order.",
    "It will be there as soon as possible.",
    "We apologise for any inconvenience.",
    "We are so, so sorry.",
    "You should have ordered earlier.",
    "I guarantee that this will never happen again.",
    "The label printer jammed, the scanner failed, the pallet collapsed.",
];

const CLEAN: &[&str] = &[
    "The drives come on 11 December.",
    "I will call you on Thursday at 15:00.",
    "Your crane is booked for the 18th.",
    "Ten pieces are in stock in Turin.",
];

/// A megabyte; a tenth of it where nothing is optimised, which shows the same: quadratic time would still take minutes.
const MUCH: usize = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };

#[test]
fn a_megabyte_of_anything_is_read_to_its_end() {
    for piece in
        ["sorry ", "x", "our warehouse ", "soon, ", "because a storm then ", "\"", "\n", "é", "a.b. ", "👩‍👩‍👧"]
    {
        let text = piece.repeat(MUCH / piece.len());
        let report = check(&text, &Context::default());
        for finding in report.findings.iter().take(50) {
            assert_eq!(text.get(finding.start..finding.end), Some(finding.quote.as_str()));
        }
    }
}

#[test]
fn the_order_of_files_changes_nothing() {
    let texts = ["We will ship it soon.", "We apologise for any inconvenience.", "We are so, so sorry."];
    let forward: Vec<Report> = texts.iter().map(|text| check(text, &Context::default())).collect();
    let mut backward: Vec<Report> = texts.iter().rev().map(|text| check(text, &Context::default())).collect();
    backward.reverse();
    assert_eq!(forward, backward);
}
