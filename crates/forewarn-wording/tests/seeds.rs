//! What `cargo xtask fuzz` starts from, and what it has found, read once each.
#![expect(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "../../../fuzz/src/json.rs"]
mod json;
#[path = "../../../fuzz/src/wording.rs"]
mod wording;

use std::path::Path;

fn each(target: &str, read: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    for seed in std::fs::read_dir(folder).unwrap() {
        let path = seed.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        assert!(std::panic::catch_unwind(|| read(&bytes)).is_ok(), "{}", path.display());
    }
}

#[test]
fn no_message_that_was_tried_before_upsets_the_check() {
    each("wording", wording::read);
}

#[test]
fn no_facts_that_were_tried_before_upset_the_check() {
    each("json", json::read);
}
