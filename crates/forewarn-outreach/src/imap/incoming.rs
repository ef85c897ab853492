use jiff::Timestamp;
use mail_parser::{Address, HeaderValue, Message, MessageParser};

use super::bounce::{self, Bounce};
use super::own_words::own_words;

/// A mail that came in, as far as it matters to a case. All of it was written by somebody outside: it is shown as
/// text, and believed in nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// Its number in the mailbox.
    pub uid: u32,
    /// Its Message-ID, in brackets.
    pub message_id: Option<String>,
    /// The Message-IDs that it answers, in brackets: In-Reply-To, then References from the newest to the oldest.
    pub answers: Vec<String>,
    /// The sender's address, in lower case. Forgeable.
    pub from: Option<String>,
    /// The sender's name.
    pub from_name: Option<String>,
    /// Its subject, one line.
    pub subject: String,
    /// What the sender wrote, without what they quote; at most 20,000 characters.
    pub text: String,
    /// When our server received it; else when it says that it was sent.
    pub received: Option<Timestamp>,
    /// Written by a program: an absence note, a list, a report (RFC 3834).
    pub auto: bool,
    /// A letter of ours did not arrive.
    pub bounce: Option<Bounce>,
}

const LONGEST_TEXT: usize = 20_000;

impl Incoming {
    /// Reads any bytes; what can't be read is empty.
    pub fn read(uid: u32, received: Option<Timestamp>, bytes: &[u8]) -> Self {
        // The library that parses it has met mails at which it panics: one such must not keep all others from being read.
        let read = std::panic::catch_unwind(|| Self::parsed(uid, received, bytes));
        read.unwrap_or_else(|_| Self { uid, received, ..Self::default() })
    }

    fn parsed(uid: u32, received: Option<Timestamp>, bytes: &[u8]) -> Self {
        let Some(mail) = MessageParser::default().parse(bytes) else {
            return Self { uid, received, ..Self::default() };
        };
        let answers = answers(&mail);
        let (from, from_name) = sender(&mail);
        let bounce = bounce::read(&mail, from.as_deref(), &answers);
        Self {
            uid,
            message_id: mail.message_id().and_then(id),
            bounce,
            auto: is_automatic(&mail),
            from,
            from_name,
            subject: line(mail.subject().unwrap_or_default(), 500),
            text: words(&mail.body_text(0).unwrap_or_default()),
            received: received.or_else(|| Timestamp::from_second(mail.date()?.to_timestamp()).ok()),
            answers,
        }
    }
}

/// Several lines, without characters that are none.
fn words(text: &str) -> String {
    let legible = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
    own_words(text).chars().filter(legible).take(LONGEST_TEXT).collect()
}

/// One line without control characters.
pub(super) fn line(text: &str, longest: usize) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().filter(|letter| !letter.is_control()).take(longest).collect()
}

/// A Message-ID in brackets; none where it could not be one.
pub(super) fn id(bare: &str) -> Option<String> {
    let bare = bare.trim().trim_start_matches('<').trim_end_matches('>');
    let fits = !bare.is_empty() && bare.len() < 1_000 && bare.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| format!("<{bare}>"))
}

fn answers(mail: &Message<'_>) -> Vec<String> {
    let mut answers = ids(mail.in_reply_to());
    for one in ids(mail.references()).into_iter().rev() {
        if !answers.contains(&one) {
            answers.push(one);
        }
    }
    answers.truncate(50);
    answers
}

fn ids(header: &HeaderValue<'_>) -> Vec<String> {
    let list = header.as_text_list().unwrap_or_default();
    list.iter().flat_map(|text| text.split_whitespace()).filter_map(id).collect()
}

fn sender(mail: &Message<'_>) -> (Option<String>, Option<String>) {
    let first = mail.from().and_then(Address::first);
    let address = first.and_then(|one| one.address()).map(|address| line(address, 320).to_lowercase());
    let name = first.and_then(|one| one.name()).map(|name| line(name, 200)).filter(|name| !name.is_empty());
    (address, name)
}

fn is_automatic(mail: &Message<'_>) -> bool {
    let says = |header: &str, words: &[&str]| {
        let value = mail.header_raw(header).unwrap_or_default().trim().to_ascii_lowercase();
        words.iter().any(|word| value.starts_with(word))
    };
    let has = |header: &str| mail.header_raw(header).is_some();
    let auto_submitted = has("Auto-Submitted") && !says("Auto-Submitted", &["no"]);
    auto_submitted
        || says("Precedence", &["bulk", "junk", "list", "auto_reply", "auto-reply"])
        || has("X-Autoreply")
        || has("X-Autorespond")
        || has("List-Id")
        || says("Return-Path", &["<>"])
        || says("Content-Type", &["multipart/report"])
}
