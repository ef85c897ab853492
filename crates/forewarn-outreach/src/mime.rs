//! A mail as text: 7-bit, lines that end with CRLF, exactly the headers named in [`compose`].

mod mailbox;

use std::time::SystemTime;

use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0,
};
use lettre::message::{Body, Mailbox as Entry};
use thiserror::Error;

pub use mailbox::{BadAddress, Mailbox};

/// A mail to one person, before it is frozen.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// Who writes.
    pub from: &'a Mailbox,
    /// The one recipient.
    pub to: &'a Mailbox,
    /// One line.
    pub subject: &'a str,
    /// Plain text, lines ended by LF or CRLF.
    pub body: &'a str,
    /// `<local@domain>`, see [`message_id`].
    pub message_id: &'a str,
    /// The Message-ID that this one answers.
    pub in_reply_to: Option<&'a str>,
    /// The Message-IDs of the thread so far, oldest first.
    pub references: &'a [String],
    /// When it was approved.
    pub date: Timestamp,
}

/// Why a letter can't be made into a mail.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadLetter {
    /// A subject is one line of text.
    #[error("the subject has a line break or another control character; write it as one line")]
    Subject,
    /// A NUL in the text.
    #[error("the text has a NUL character; take it out")]
    Text,
    /// A Message-ID that is none.
    #[error("{0:?} is not a Message-ID; one looks like <name@domain>")]
    MessageId(String),
    /// A date that no mail can carry (before 1970).
    #[error("the date {0} can't be written into a mail")]
    Date(Timestamp),
    /// What the mail library says.
    #[error("the mail could not be composed: {0}")]
    Library(String),
}

/// The mail as it will be sent, byte for byte: ASCII, CRLF, at most 998 characters a line (RFC 5322 2.1.1).
/// Its headers are From, To, Subject, Message-ID, Date, MIME-Version, Content-Type, Content-Transfer-Encoding
/// and, in a thread, In-Reply-To and References. Nothing in the letter can add another.
///
/// # Errors
/// See [`BadLetter`].
pub fn compose(letter: &Letter<'_>) -> Result<String, BadLetter> {
    write(letter, false)
}

/// The same for a notice that no person writes: it says so (RFC 3834), so that no program answers it.
///
/// # Errors
/// See [`BadLetter`].
pub fn compose_notice(letter: &Letter<'_>) -> Result<String, BadLetter> {
    write(letter, true)
}

fn write(letter: &Letter<'_>, automatic: bool) -> Result<String, BadLetter> {
    if letter.subject.chars().any(char::is_control) {
        return Err(BadLetter::Subject);
    }
    if letter.body.contains('\0') {
        return Err(BadLetter::Text);
    }
    let date = SystemTime::from(letter.date);
    if date < SystemTime::UNIX_EPOCH {
        return Err(BadLetter::Date(letter.date));
    }
    let mut builder = Message::builder()
        .from(entry(letter.from))
        .to(entry(letter.to))
        .subject(letter.subject)
        .message_id(Some(checked_id(letter.message_id)?))
        .date(date)
        .header(MIME_VERSION_1_0)
        .header(ContentType::TEXT_PLAIN);
    if let Some(answered) = letter.in_reply_to {
        builder = builder.in_reply_to(checked_id(answered)?);
    }
    let references = letter.references.iter().map(|id| checked_id(id)).collect::<Result<Vec<_>, _>>()?;
    if !references.is_empty() {
        builder = builder.references(references.join(" "));
    }
    if automatic {
        let name = HeaderName::new_from_ascii_str("Auto-Submitted");
        builder = builder.raw_header(HeaderValue::new(name, "auto-generated".to_owned()));
    }
    let message = builder.body(body(letter.body)).map_err(|error| BadLetter::Library(error.to_string()))?;
    String::from_utf8(message.formatted()).map_err(|error| BadLetter::Library(error.to_string()))
}

/// The Message-ID of a letter whose unique part is `unique` (a UUID): `<unique@domain of the sender>`.
pub fn message_id(unique: &str, from: &Mailbox) -> String {
    format!("<{unique}@{}>", from.domain())
}

/// RFC 5322 3.6.4, and narrower: visible ASCII, one `@`, in angle brackets, short enough for one line.
fn checked_id(id: &str) -> Result<String, BadLetter> {
    let inner = id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id);
    let fits = inner.len() <= 900
        && inner.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>".contains(&byte))
        && matches!(inner.split_once('@'), Some((left, right)) if !left.is_empty() && !right.is_empty());
    if fits { Ok(format!("<{inner}>")) } else { Err(BadLetter::MessageId(id.to_owned())) }
}

fn entry(mailbox: &Mailbox) -> Entry {
    Entry::new(mailbox.name().map(str::to_owned), mailbox.typed().clone())
}

/// Legible where it can be: plain text travels as it is, anything else as quoted-printable.
fn body(text: &str) -> Body {
    let text = text.replace("\r\n", "\n").replace(['\r', '\n'], "\r\n");
    let plain =
        text.lines().all(|line| line.len() <= 78) && text.bytes().all(|byte| byte.is_ascii() && byte != 0x7f);
    let encoding =
        if plain { ContentTransferEncoding::SevenBit } else { ContentTransferEncoding::QuotedPrintable };
    Body::new_with_encoding(text, encoding).unwrap_or_else(Body::new)
}
