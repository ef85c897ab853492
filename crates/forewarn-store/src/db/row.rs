//! What comes out of a statement: plain values, and those of the domain.

use super::bind::{self, Json, Word};
use crate::error::{Result, StoreError};
use forewarn_domain::amount::Amount;
use forewarn_domain::ids::{
    AbsenceId, CaseId, CustomerId, DeliveryId, ImportId, LetterId, NoticeId, PersonId, PromiseId, ReplyId,
    TeamId, TokenId, WebhookId, WebhookMessageId,
};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::{ColIdx, QueryResult, TryGetable};
use serde::de::DeserializeOwned;

/// One row of an answer.
pub(crate) struct Row(pub(crate) QueryResult);

/// A value that a column can hold.
pub(crate) trait Column: Sized {
    /// What the database calls it.
    type Raw: TryGetable;
    /// Reads it; an error says what stands there instead.
    fn read(raw: Self::Raw) -> Result<Self, String>;
}

/// A struct, or a tuple by position, that a row fills.
pub(crate) trait FromRow: Sized {
    fn from_row(row: &Row) -> Result<Self>;
}

impl Row {
    /// The value of a column, by its name.
    pub(crate) fn get<T: Column>(&self, column: &str) -> Result<T> {
        self.at(column).map_err(|failed| failed.in_column(column))
    }

    fn at<T: Column, I: ColIdx>(&self, index: I) -> Result<T, Failed> {
        let raw = T::Raw::try_get_by(&self.0, index).map_err(|error| Failed::Database(error.into()))?;
        T::read(raw).map_err(Failed::Unreadable)
    }
}

/// A moment as it was stored. What lies beyond the last one by less than a second was written by earlier versions
/// for “the end of time”, and means that.
fn moment(raw: i64) -> Result<Timestamp, String> {
    const A_SECOND: i64 = 1_000_000;
    let raw = match raw {
        beyond if beyond > bind::LAST && beyond - bind::LAST < A_SECOND => bind::LAST,
        raw => raw,
    };
    Timestamp::from_microsecond(raw).map_err(|_| raw.to_string())
}

enum Failed {
    Database(sea_orm::DbErr),
    Unreadable(String),
}

impl Failed {
    fn in_column(self, column: &str) -> StoreError {
        match self {
            Failed::Database(error) => StoreError::Database(error),
            Failed::Unreadable(found) => StoreError::Unreadable { column: column.to_owned(), found },
        }
    }
}

impl<T: Column> Column for Option<T>
where
    Option<T::Raw>: TryGetable,
{
    type Raw = Option<T::Raw>;

    fn read(raw: Self::Raw) -> Result<Self, String> {
        raw.map(T::read).transpose()
    }
}

macro_rules! column {
    ($([$($generics:tt)*] $type:ty, $raw_type:ty: $raw:ident => $value:expr),+ $(,)?) => {$(
        impl<$($generics)*> Column for $type {
            type Raw = $raw_type;

            fn read($raw: $raw_type) -> Result<Self, String> {
                $value
            }
        }
    )+};
}

column! {
    [] i64, i64: raw => Ok(raw),
    [] i32, i64: raw => raw.try_into().map_err(|_| raw.to_string()),
    [] u32, i64: raw => raw.try_into().map_err(|_| raw.to_string()),
    [] u8, i64: raw => raw.try_into().map_err(|_| raw.to_string()),
    [] bool, bool: raw => Ok(raw),
    [] String, String: raw => Ok(raw),
    [] Timestamp, i64: raw => moment(raw),
    [] Date, String: raw => raw.parse().map_err(|_| raw),
    [] Amount, i64: raw => Ok(Amount::from_raw(raw)),
    [] AbsenceId, i64: raw => Ok(AbsenceId(raw)),
    [] CaseId, i64: raw => Ok(CaseId(raw)),
    [] DeliveryId, i64: raw => Ok(DeliveryId(raw)),
    [] NoticeId, i64: raw => Ok(NoticeId(raw)),
    [] CustomerId, i64: raw => Ok(CustomerId(raw)),
    [] ImportId, i64: raw => Ok(ImportId(raw)),
    [] LetterId, i64: raw => Ok(LetterId(raw)),
    [] ReplyId, i64: raw => Ok(ReplyId(raw)),
    [] PersonId, i64: raw => Ok(PersonId(raw)),
    [] PromiseId, i64: raw => Ok(PromiseId(raw)),
    [] TeamId, i64: raw => Ok(TeamId(raw)),
    [] TokenId, i64: raw => Ok(TokenId(raw)),
    [] WebhookId, i64: raw => Ok(WebhookId(raw)),
    [] WebhookMessageId, i64: raw => Ok(WebhookMessageId(raw)),
    [T: DeserializeOwned] Json<T>, String: raw => serde_json::from_str(&raw).map(Json).map_err(|_| raw),
    [T: DeserializeOwned] Word<T>, String: raw =>
        serde_json::from_value(serde_json::Value::String(raw.clone())).map(Word).map_err(|_| raw),
}

macro_rules! tuple {
    ($($name:ident $index:literal),+) => {
        impl<$($name: Column),+> FromRow for ($($name,)+) {
            fn from_row(row: &Row) -> Result<Self> {
                Ok(($(row.at::<$name, usize>($index)
                    .map_err(|failed| failed.in_column(concat!("column ", $index)))?,)+))
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_time_of_earlier_versions_is_read_and_nothing_beyond_it() {
        let end = Timestamp::from_microsecond(bind::LAST).unwrap();
        assert_eq!(moment(253_402_207_200_999_999), Ok(end));
        assert_eq!(moment(bind::LAST), Ok(end));
        assert_eq!(moment(bind::FIRST), Ok(Timestamp::MIN));
        for beyond in [bind::LAST + 1_000_000, bind::FIRST - 1, i64::MAX, i64::MIN] {
            assert_eq!(moment(beyond), Err(beyond.to_string()));
        }
    }
}
