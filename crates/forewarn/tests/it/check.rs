//! `forewarn check`

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use serde_json::{Value, json};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

const FLAWED: &str = "Dear Ana,\n\nÄrger: we apologise for any inconvenience.\n";
const FINE: &str = "Order 4471 will arrive on Friday 27 November instead of Friday 13 November. I'm sorry.\n";

#[test]
fn the_exit_code_says_whether_something_must_be_mended() {
    assert_eq!(forewarn(&["check"], FINE).code, 0);
    assert_eq!(forewarn(&["check"], FLAWED).code, 1);
    assert_eq!(forewarn(&["check", "-"], FLAWED).code, 1);
    assert_eq!(forewarn(&["check"], "").code, 0);
}

#[test]
fn what_cannot_be_checked_is_a_mistake_that_names_itself() {
    let drafts = Drafts::new();
    let broken = drafts.write("case.json", r#"{"faults": "ours"}"#);
    let broken = broken.to_str().unwrap();
    for (arguments, says) in [
        (vec!["check", "no-such-draft.txt"], "no-such-draft.txt"),
        (vec!["check", "--case", "no-such-case.json"], "no-such-case.json"),
        (vec!["check", "--case", broken], "unknown field `faults`"),
        (vec!["check", "--fault", "theirs"], "theirs"),
        (vec!["check", "--format", "xml"], "xml"),
    ] {
        let refused = forewarn(&arguments, FLAWED);
        assert_eq!(refused.code, 2, "{arguments:?}: {}{}", refused.out, refused.err);
        assert!(refused.err.contains(says), "{arguments:?}: {}", refused.err);
        assert_eq!(refused.out, "", "nothing is printed where nothing was checked");
    }
}

#[test]
fn many_drafts_are_answered_in_the_order_they_were_named() {
    let drafts = Drafts::new();
    let draft = |n: usize| if n.is_multiple_of(3) { FLAWED } else { FINE };
    let files: Vec<PathBuf> = (0..100).map(|n| drafts.write(&format!("draft-{n}.txt"), draft(n))).collect();
    let names: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    let checked = forewarn(&[&["check", "--format", "json"], names.as_slice()].concat(), "");
    assert_eq!(checked.code, 1);
    let all: Value = serde_json::from_str(&checked.out).unwrap();
    for (n, (answer, name)) in all.as_array().unwrap().iter().zip(&names).enumerate() {
        assert_eq!(answer["file"], **name);
        assert_eq!(answer["findings"].as_array().unwrap().is_empty(), n % 3 != 0, "{name}");
    }
    assert_eq!(all.as_array().unwrap().len(), names.len());

    let gone = [&["check"], names.as_slice(), &["gone-1.txt", "gone-2.txt"]].concat();
    let refused = forewarn(&gone, "");
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("gone-1.txt"), "the first that cannot be read is named: {}", refused.err);
}

#[test]
fn text_points_at_the_words_like_a_compiler() {
    let drafts = Drafts::new();
    let file = drafts.write("draft.txt", FLAWED);
    let checked = forewarn(&["check", file.to_str().unwrap()], "");
    assert!(checked.out.starts_with("fix[conditional-apology]: "), "{}", checked.out);
    assert!(checked.out.contains("draft.txt:3:25"), "{}", checked.out);
    assert!(checked.out.contains("^^^^^^^^^^^^^^^^^"), "{}", checked.out);
    assert!(checked.out.contains("missing: "), "{}", checked.out);
}

#[test]
fn json_has_exactly_the_fields_it_promises_and_counts_in_bytes() {
    let checked = forewarn(&["check", "--format", "json"], FLAWED);
    let all: Value = serde_json::from_str(&checked.out).unwrap();
    let file = &all.as_array().unwrap()[0];
    assert_eq!(keys(file), ["file", "findings", "missing", "parts"]);
    assert_eq!(file["file"], "-");
    let finding = &file["findings"][0];
    assert_eq!(keys(finding), ["end", "instead", "quote", "rule", "severity", "start", "why"]);
    assert_eq!(finding["rule"], "conditional-apology");
    assert_eq!(finding["severity"], "fix");
    let place = |name: &str| usize::try_from(finding[name].as_u64().unwrap()).unwrap();
    assert_eq!(&FLAWED[place("start")..place("end")], finding["quote"]);
    let parts = [
        "acknowledge",
        "apology",
        "corrective-action",
        "date-or-no-date",
        "keep-informed",
        "news",
        "next-update",
        "options",
        "ownership",
        "thanks",
    ];
    assert_eq!(keys(&file["parts"]), parts);
    assert!(file["parts"].as_object().unwrap().values().all(Value::is_boolean));
    assert!(file["missing"].as_array().unwrap().contains(&json!("next-update")));
}

#[test]
fn the_case_and_the_arguments_pick_what_is_due_and_what_to_say() {
    let drafts = Drafts::new();
    let facts = json!({ "goods": "the 40 drives", "promised": "2026-11-27", "expected": "2026-12-11", "firmness": "firm" });
    let case = drafts.write("case.json", &facts.to_string());
    let arguments = [
        "check",
        "--format",
        "json",
        "--fault",
        "ours",
        "--channel",
        "email",
        "--case",
        case.to_str().unwrap(),
    ];
    let all: Value = serde_json::from_str(&forewarn(&arguments, FLAWED).out).unwrap();
    let says = all[0]["findings"][0]["instead"].as_str().unwrap();
    assert!(says.contains("the 40 drives") && says.contains("Friday 11 December"), "{says}");
    let missing = |fault: &str| {
        let all = forewarn(&["check", "--format", "json", "--fault", fault], FLAWED).out;
        let all: Value = serde_json::from_str(&all).unwrap();
        all[0]["missing"].as_array().unwrap().contains(&json!("ownership"))
    };
    assert!(missing("ours") && !missing("outside"));
}

#[test]
fn sarif_names_its_version_its_rules_and_a_place_for_each_result() {
    let drafts = Drafts::new();
    let file = drafts.write("draft.txt", FLAWED);
    let checked = forewarn(&["check", "--format", "sarif", file.to_str().unwrap()], "");
    assert_eq!(checked.code, 1);
    let sarif: Value = serde_json::from_str(&checked.out).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert!(sarif["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let known: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    let expected: Vec<&str> = forewarn_wording::RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(known, expected);
    for result in run["results"].as_array().unwrap() {
        assert!(known.contains(&result["ruleId"].as_str().unwrap()));
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].as_str().unwrap().ends_with("draft.txt"));
        let region = &place["region"];
        assert_eq!([&region["startLine"], &region["startColumn"]], [&json!(3), &json!(25)]);
    }
}

#[test]
fn the_order_of_files_changes_nothing_but_their_order() {
    let drafts = Drafts::new();
    let (a, b) = (drafts.write("a.txt", FLAWED), drafts.write("b.txt", FINE));
    let check = |files: [&Path; 2]| {
        let files = files.map(|file| file.to_str().unwrap());
        let checked = forewarn(&["check", "--format", "json", files[0], files[1]], "");
        (checked.code, serde_json::from_str::<Vec<Value>>(&checked.out).unwrap())
    };
    let (code, mut there) = check([&a, &b]);
    let (code_back, back) = check([&b, &a]);
    there.reverse();
    assert_eq!((code, there), (code_back, back));
}

#[test]
fn any_bytes_are_read() {
    let drafts = Drafts::new();
    let file = drafts.folder.path().join("latin.txt");
    std::fs::write(&file, b"Wir \xfc\xff\x00 any inconvenience").unwrap();
    let checked = forewarn(&["check", "--format", "json", file.to_str().unwrap()], "");
    assert!(checked.code < 2, "{}", checked.err);
    assert!(serde_json::from_str::<Value>(&checked.out).is_ok());
}

/// How the program ended, and what it wrote.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program with this on its standard input.
pub(crate) fn forewarn(arguments: &[&str], input: &str) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_forewarn"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that refuses its arguments does not read on.
    let _unread = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ended {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Drafts in a folder of their own.
struct Drafts {
    folder: TempDir,
}

impl Drafts {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}
