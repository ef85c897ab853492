//! Any bytes as a mail that came in: short text without control characters, or nothing.

use forewarn_outreach::imap::Incoming;

pub(crate) fn read(bytes: &[u8]) {
    let mail = Incoming::read(7, None, bytes);
    assert!(mail.text.chars().count() <= 20_000);
    assert!(!mail.subject.chars().any(char::is_control));
    let brackets = |id: &String| id.starts_with('<') && id.ends_with('>');
    assert!(mail.answers.iter().chain(&mail.message_id).all(brackets));
}
