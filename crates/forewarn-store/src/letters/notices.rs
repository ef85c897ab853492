//! Telling whoever has the case what became of a letter, when that is anything but *accepted*.

use super::Letter;
use crate::cases::CaseFile;
use crate::db::{Tx, binds, marks};
use crate::error::Result;
use crate::notices::{NewNotice, post};
use crate::terms::TermsBook;
use forewarn_domain::case::{Bounce, LetterEnd};
use forewarn_domain::ids::{LetterId, NoticeId};
use forewarn_domain::letter::LetterKind;
use forewarn_domain::notice::NoticeKind;
use forewarn_domain::text::InternalText;
use jiff::Timestamp;

/// What there is to say.
#[derive(Clone, Copy)]
pub(super) enum Said<'a> {
    /// The mail server will not take it.
    Refused(&'a InternalText),
    /// Nobody can tell whether it has left.
    Unknown(&'a InternalText),
    /// It has not left for a while.
    Waits(&'a InternalText),
    /// It came back.
    CameBack(&'a Bounce),
    /// Its case ended before it could leave.
    Overtaken,
}

/// The words in the keys of such notices: one of each a letter.
const KEYS: [&str; 5] = ["refused", "unknown", "waits", "came-back", "overtaken"];

/// Tells whoever acts for the owner of the case, in this transaction; each thing once.
pub(super) async fn tell_owner(
    tx: &Tx,
    file: &CaseFile,
    letter: &Letter,
    said: Said<'_>,
    now: Timestamp,
) -> Result<()> {
    let book = TermsBook::load(tx.reads(), now).await?;
    let Some(person) = book.roster().acting(file.case.owner, now) else { return Ok(()) };
    let sql = "SELECT name FROM customer WHERE id = ?";
    let customer =
        tx.one::<(String,)>(sql, binds![file.customer]).await?.map_or(String::new(), |(name,)| name);
    let notice = NewNotice {
        key: key(letter.id, said.key()),
        person,
        case: Some(file.id),
        kind: NoticeKind::Letter,
        subject: format!("{customer}: {}", said.subject(letter.kind())),
        words: said.words(letter.kind()),
        why: None,
        hot: file.case.is_hot(),
    };
    post(tx, &book, vec![notice], now).await?;
    Ok(())
}

/// There is nothing left to do about this letter: what was said of it can rest, and what has not left yet stays
/// here.
pub(super) async fn settle(tx: &Tx, letter: LetterId, now: Timestamp) -> Result<()> {
    let sql = format!(
        "UPDATE notice SET settled_at = ? WHERE settled_at IS NULL AND key IN ({}) RETURNING id",
        marks(KEYS.len())
    );
    let mut values = binds![now];
    values.extend(KEYS.iter().flat_map(|said| binds![key(letter, said)]));
    for (id,) in tx.all::<(NoticeId,)>(&sql, values).await? {
        let sql = "UPDATE notice_delivery SET state = 'dropped' WHERE state = 'pending' AND notice_id = ?";
        tx.execute(sql, binds![id]).await?;
    }
    Ok(())
}

fn key(letter: LetterId, said: &str) -> String {
    format!("letter-{letter}-{said}")
}

impl<'a> Said<'a> {
    pub(super) fn of_end(end: &'a LetterEnd) -> Option<Self> {
        match end {
            LetterEnd::Accepted { .. } => None,
            LetterEnd::Refused { answer } => Some(Said::Refused(answer)),
            LetterEnd::Unknown { trouble } => Some(Said::Unknown(trouble)),
        }
    }

    fn key(self) -> &'static str {
        let [refused, unknown, waits, came_back, overtaken] = KEYS;
        match self {
            Said::Refused(_) => refused,
            Said::Unknown(_) => unknown,
            Said::Waits(_) => waits,
            Said::CameBack(_) => came_back,
            Said::Overtaken => overtaken,
        }
    }

    fn subject(self, kind: LetterKind) -> String {
        let name = kind.name().to_lowercase();
        match self {
            Said::Refused(_) => format!("the mail server refused the {name}"),
            Said::Unknown(_) => format!("we can’t tell whether the {name} has left"),
            Said::Waits(_) => format!("the {name} has not left yet"),
            Said::CameBack(_) => format!("the {name} came back"),
            Said::Overtaken => format!("the {name} was not sent"),
        }
    }

    fn words(self, kind: LetterKind) -> String {
        let untold =
            if kind == LetterKind::FirstWord { "They have not been told." } else { "They have not got it." };
        match self {
            Said::Refused(answer) => format!(
                "{untold} The mail server said: {}. Phone them, or check the address and send it again.",
                sentence(answer)
            ),
            Said::Unknown(trouble) => format!(
                "They may have got it, or not: {}. It is not sent again by itself. Phone them, or send it again.",
                sentence(trouble)
            ),
            Said::Waits(answer) => format!(
                "{untold} The mail server puts us off: {}. Forewarn keeps trying for two days. If it can’t wait, \
                 phone them.",
                sentence(answer)
            ),
            Said::CameBack(Bounce { status, answer }) => {
                let answer = answer.as_ref().map(sentence);
                let said: Vec<&str> = status.as_deref().into_iter().chain(answer).collect();
                let said = if said.is_empty() { "no reason given".to_owned() } else { said.join(" ") };
                format!(
                    "{untold} Their mail server said: {said}. Phone them, or check the address and send it again."
                )
            }
            Said::Overtaken => {
                "The case ended before it could leave: what it says is not true any more.".to_owned()
            }
        }
    }
}

/// Without the full stop at its end, to stand before one.
fn sentence(text: &InternalText) -> &str {
    text.for_our_people().trim_end_matches(['.', ' '])
}
