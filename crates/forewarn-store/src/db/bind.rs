//! What goes into a statement: plain values, and those of the domain.

use forewarn_domain::amount::Amount;
use forewarn_domain::ids::{
    AbsenceId, CaseId, CustomerId, DeliveryId, ImportId, LetterId, NoticeId, PersonId, PromiseId, ReplyId,
    TeamId, TokenId, WebhookId, WebhookMessageId,
};
use jiff::Timestamp;
use jiff::civil::Date;
pub(crate) use sea_orm::Value;
use serde::Serialize;

/// A value that a statement can bind.
pub(crate) trait Bind {
    fn bind(self) -> Value;
    /// NULL of this type: PostgreSQL wants to know which.
    fn null() -> Value;
}

/// A value kept as JSON text.
pub(crate) struct Json<T>(pub(crate) T);

/// An enum without data, kept as its word.
pub(crate) struct Word<T>(pub(crate) T);

/// The last microsecond that can be read back. `Timestamp::MAX` itself lies behind it by less than a second, but
/// has no microseconds that jiff would take.
pub(super) const LAST: i64 = 253_402_207_200_000_000;
/// The first one.
pub(super) const FIRST: i64 = -377_705_023_201_000_000;

/// A moment as it is stored. Whatever is written can be read again: one row that cannot stops every page that
/// shows it, and the tick.
fn microseconds(at: Timestamp) -> i64 {
    at.as_microsecond().clamp(FIRST, LAST)
}

/// The values of a statement, in the order of its `?`.
macro_rules! binds {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::Bind::bind($value)),*] };
}
pub(crate) use binds;

/// The word of an enum without data, as stored.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// A value as JSON text.
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl<T: Bind> Bind for Option<T> {
    fn bind(self) -> Value {
        self.map_or_else(T::null, T::bind)
    }

    fn null() -> Value {
        T::null()
    }
}

impl Bind for Value {
    fn bind(self) -> Value {
        self
    }

    fn null() -> Value {
        Value::String(None)
    }
}

impl Bind for bool {
    fn bind(self) -> Value {
        Value::Bool(Some(self))
    }

    fn null() -> Value {
        Value::Bool(None)
    }
}

macro_rules! as_number {
    ($($type:ty: $value:ident => $number:expr),+ $(,)?) => {$(
        impl Bind for $type {
            fn bind(self) -> Value {
                let $value = self;
                Value::BigInt(Some($number))
            }

            fn null() -> Value {
                Value::BigInt(None)
            }
        }
    )+};
}

as_number! {
    i64: n => n,
    i32: n => i64::from(n),
    u32: n => i64::from(n),
    u8: n => i64::from(n),
    Timestamp: at => microseconds(at),
    Amount: amount => amount.raw(),
    AbsenceId: id => id.0,
    CaseId: id => id.0,
    DeliveryId: id => id.0,
    NoticeId: id => id.0,
    CustomerId: id => id.0,
    ImportId: id => id.0,
    LetterId: id => id.0,
    ReplyId: id => id.0,
    PersonId: id => id.0,
    PromiseId: id => id.0,
    TeamId: id => id.0,
    TokenId: id => id.0,
    WebhookId: id => id.0,
    WebhookMessageId: id => id.0,
}

macro_rules! as_text {
    ($([$($generics:tt)*] $type:ty: $value:ident => $text:expr),+ $(,)?) => {$(
        impl<$($generics)*> Bind for $type {
            fn bind(self) -> Value {
                let $value = self;
                Value::String(Some($text))
            }

            fn null() -> Value {
                Value::String(None)
            }
        }
    )+};
}

as_text! {
    [] String: text => text,
    [] &str: text => text.to_owned(),
    [] &String: text => text.clone(),
    [] Date: date => date.to_string(),
    [T: Serialize] Json<T>: value => json(&value.0),
    [T: Serialize] Word<T>: value => word(&value.0),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_moment_that_is_written_can_be_read_back() {
        for at in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
            let read = Timestamp::from_microsecond(microseconds(at)).unwrap();
            assert!(read.duration_since(at).as_secs().abs() < 1, "{at}");
        }
        let at: Timestamp = "9999-12-30T22:00:00.999999Z".parse().unwrap();
        assert_eq!(microseconds(at), LAST);
    }
}
