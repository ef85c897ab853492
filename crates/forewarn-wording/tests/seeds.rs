//! What `cargo xtask fuzz` starts from, and what it has found, read once each.
#![expect(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "../../../fuzz/src/json.rs"]
mod json;
#[path = "../../../fuzz/src/seed.rs"]
mod seed;
#[path = "../../../fuzz/src/wording.rs"]
mod wording;

#[test]
fn no_message_that_was_tried_before_upsets_the_check() {
    seed::each("wording", wording::read);
}

#[test]
fn no_facts_that_were_tried_before_upset_the_check() {
    seed::each("json", json::read);
}
