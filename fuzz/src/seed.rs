//! For the tests of the crates: what `cargo xtask fuzz` starts from, and what it has found, read once each.

use std::path::Path;

/// Hands every seed of `target` to `read`, which must not panic.
pub(crate) fn each(target: &str, read: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let mut count = 0;
    for seed in std::fs::read_dir(folder).unwrap() {
        let path = seed.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        assert!(std::panic::catch_unwind(|| read(&bytes)).is_ok(), "{}", path.display());
        count += 1;
    }
    assert!(count > 0, "there are no seeds of {target}");
}
