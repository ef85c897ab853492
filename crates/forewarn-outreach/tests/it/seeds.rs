//! What `cargo xtask fuzz` starts from, and what it has found, read once each.

#[path = "../../../../fuzz/src/mime.rs"]
mod mime;
#[path = "../../../../fuzz/src/seed.rs"]
mod seed;

#[test]
fn no_mail_that_was_tried_before_upsets_the_reader() {
    seed::each("mime", mime::read);
}
