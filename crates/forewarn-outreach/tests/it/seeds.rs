//! What `cargo xtask fuzz` starts from, and what it has found, read once each.

#[path = "../../../../fuzz/src/mime.rs"]
mod mime;

use std::path::Path;

#[test]
fn no_mail_that_was_tried_before_upsets_the_reader() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/mime");
    for seed in std::fs::read_dir(seeds).unwrap() {
        let path = seed.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        assert!(std::panic::catch_unwind(|| mime::read(&bytes)).is_ok(), "{}", path.display());
    }
}
