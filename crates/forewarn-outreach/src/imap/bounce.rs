use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::incoming::{id, line};

/// A report that a mail of ours did not arrive (RFC 3464, and what older servers write instead).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// The Message-ID of the mail that did not arrive, where the report says it.
    pub of: Option<String>,
    /// Whom it did not reach.
    pub recipient: Option<String>,
    /// `5.1.1` and the like.
    pub status: Option<String>,
    /// The words of the server that would not have it, one line.
    pub answer: String,
}

/// The bounce in `mail`, if it is one. A report that a mail is late, or has arrived, is none.
pub(super) fn read(mail: &Message<'_>, from: Option<&str>, answers: &[String]) -> Option<Bounce> {
    let report =
        mail.parts.iter().find(|part| is(part, "message", &["delivery-status", "global-delivery-status"]));
    let original = || original_id(mail).or_else(|| answers.first().cloned());
    if let Some(report) = report {
        let fields = Fields::of(report);
        if !fields.get("action").is_some_and(|action| action.eq_ignore_ascii_case("failed")) {
            return None;
        }
        let answer = fields.get("diagnostic-code").map(after_semicolon).unwrap_or_default();
        return Some(Bounce {
            of: original(),
            recipient: fields
                .get("final-recipient")
                .or_else(|| fields.get("original-recipient"))
                .map(|it| after_semicolon(it).to_lowercase()),
            status: fields.get("status").map(|status| line(status, 20)),
            answer: line(&answer, 500),
        });
    }
    // Without a report: from the mailer itself, about a mail of ours.
    let mailer = from
        .and_then(|from| from.split('@').next())
        .is_some_and(|local| matches!(local, "mailer-daemon" | "postmaster"));
    let of = if mailer { original() } else { None };
    of.map(|of| Bounce {
        of: Some(of),
        recipient: mail.header_raw("X-Failed-Recipients").map(|failed| line(failed, 320).to_lowercase()),
        status: None,
        answer: line(mail.subject().unwrap_or_default(), 500),
    })
}

/// The Message-ID inside of the mail that came back, whole or its headers alone.
fn original_id(mail: &Message<'_>) -> Option<String> {
    mail.parts.iter().find_map(|part| match &part.body {
        PartType::Message(original) => original.message_id().and_then(id),
        _ if is(part, "text", &["rfc822-headers"])
            || is(part, "message", &["rfc822-headers", "global-headers"]) =>
        {
            MessageParser::default().parse(part.contents())?.message_id().and_then(id)
        }
        _ => None,
    })
}

fn is(part: &MessagePart<'_>, kind: &str, subtypes: &[&str]) -> bool {
    let Some(content) = part.content_type() else { return false };
    let subtype = content.subtype().unwrap_or_default();
    content.ctype().eq_ignore_ascii_case(kind) && subtypes.iter().any(|one| one.eq_ignore_ascii_case(subtype))
}

/// The fields of a delivery report, all its groups in one; the last failed recipient counts.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn of(report: &MessagePart<'_>) -> Self {
        let text = String::from_utf8_lossy(report.contents()).replace("\r\n", "\n");
        let text = text.replace("\n ", " ").replace("\n\t", " ");
        let field = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        };
        Self(text.lines().filter_map(field).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// `rfc822; anna@example.com` means `anna@example.com`.
fn after_semicolon(value: &str) -> String {
    line(value.split_once(';').map_or(value, |(_, rest)| rest), 500)
}
