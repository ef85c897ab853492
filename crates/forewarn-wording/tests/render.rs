//! What the doors print.

use forewarn_wording::render::{Checked, json, sarif, text};
use forewarn_wording::{Context, check};

const DRAFT: &str = "Dear Ana,\n\nÄrger: we apologise for any inconvenience.\n";

#[test]
fn text_points_at_the_words() {
    let report = check(DRAFT, &Context::default());
    let out = text(&[Checked { file: "draft.txt", text: DRAFT, report: &report }]);
    assert!(out.starts_with("fix[conditional-apology]: "), "{out}");
    assert!(out.contains("\n --> draft.txt:3:25\n"), "{out}");
    let lines: Vec<&str> = out.lines().collect();
    let shown = lines.iter().position(|line| line.starts_with("3 | ")).expect("the line itself");
    let column = lines[shown + 1].find('^').expect("carets") - 4;
    let words: String =
        lines[shown].chars().skip(4 + column).take(lines[shown + 1].matches('^').count()).collect();
    assert_eq!(words, "any inconvenience");
    assert!(out.contains(" = instead: "), "{out}");
    assert!(out.ends_with("1 finding in 1 file.\n"), "{out}");
}

#[test]
fn a_clean_file_says_so() {
    let report = check("", &Context::default());
    let out = text(&[Checked { file: "-", text: "", report: &report }]);
    assert!(out.ends_with("Nothing found in 1 file.\n"), "{out}");
}

#[test]
fn json_is_one_object_a_file_in_the_order_given() {
    let report = check(DRAFT, &Context::default());
    let files = ["b.txt", "a.txt"].map(|file| Checked { file, text: DRAFT, report: &report });
    let out: serde_json::Value = serde_json::from_str(&json(&files).expect("JSON")).expect("JSON");
    assert_eq!(out[0]["file"], "b.txt");
    assert_eq!(out[1]["file"], "a.txt");
    assert_eq!(out[0]["findings"][0]["quote"], "any inconvenience");
}

#[test]
fn sarif_names_rules_levels_and_places() {
    let report = check(DRAFT, &Context::default());
    let out = sarif(&[Checked { file: "draft.txt", text: DRAFT, report: &report }]).expect("SARIF");
    let out: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(out["version"], "2.1.0");
    let run = &out["runs"][0];
    assert_eq!(
        run["tool"]["driver"]["rules"].as_array().expect("rules").len(),
        forewarn_wording::RULES.len()
    );
    assert_eq!(run["results"][0]["ruleId"], "conditional-apology");
    assert_eq!(run["results"][0]["level"], "error");
    assert_eq!(run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
}
