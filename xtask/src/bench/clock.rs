//! The real clock: the servers that are measured have it as well.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Now.
#[expect(clippy::disallowed_methods, reason = "the server that is measured has the real clock as well")]
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}

/// Today, in UTC.
pub(super) fn today() -> Date {
    now().to_zoned(TimeZone::UTC).date()
}
