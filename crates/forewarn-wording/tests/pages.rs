//! Every example on every page is what the page says it is.

use forewarn_wording::pages::examples;
use forewarn_wording::{Context, RULES, check};

#[test]
fn every_example_of_every_page_holds() {
    let mut broken = Vec::new();
    for rule in RULES {
        for example in examples(rule.page) {
            let case: Context = example
                .case
                .as_deref()
                .map(|json| serde_json::from_str(json).expect("the case of a page is a case"))
                .unwrap_or_default();
            let report = check(&example.text, &case);
            let found = report.findings.iter().any(|finding| finding.rule == rule.id);
            if found != example.flagged {
                let what = if example.flagged { "not flagged" } else { "flagged" };
                broken.push(format!("{}: {what}: {}", rule.id, example.text));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "{} examples are not what their page says:\n{}",
        broken.len(),
        broken.join("\n")
    );
}

#[test]
fn a_page_has_twenty_examples_on_each_side() {
    for rule in RULES {
        let all = examples(rule.page);
        for flagged in [true, false] {
            let count = all.iter().filter(|example| example.flagged == flagged).count();
            assert!(count >= 20, "{} has {count} examples with flagged = {flagged}", rule.id);
        }
    }
}

#[test]
fn a_page_says_what_why_and_what_to_say_instead() {
    for rule in RULES {
        assert!(rule.page.starts_with(&format!("# {}\n", rule.id)), "{}", rule.id);
        for title in ["## Why", "## Say instead", "## Flagged", "## Fine"] {
            assert!(rule.page.contains(title), "{} lacks {title}", rule.id);
        }
        assert_eq!(forewarn_wording::explain(rule.id), Some(rule.page));
    }
}
