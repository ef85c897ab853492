//! Counting in working time: instants, and the zone between them and the clock on the wall.

use super::WorkingCalendar;
use jiff::civil::Date;
use jiff::tz::AmbiguousOffset;
use jiff::{SignedDuration, Timestamp};

/// A span of time during which the zone's offset does not change, in nanoseconds since 1970 UTC.
struct Stretch {
    start: i128,
    end: i128,
    /// What to add to an instant to get the reading of the wall clock.
    offset: i128,
}

impl WorkingCalendar {
    /// Whether somebody works at this instant.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.is_open_at(at.as_nanosecond() + self.offset_at(at))
    }

    /// The date on the wall at this instant.
    pub fn local_date(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// How much working time lies between two instants; negative if `to` comes first. Counts add up: a→b
    /// plus b→c is a→c.
    pub fn working_time_between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        if to < from {
            return -self.working_time_between(to, from);
        }
        let (end, mut start, mut total) = (to.as_nanosecond(), from, 0);
        loop {
            let stretch = self.stretch_from(start);
            let last = stretch.end >= end;
            let until = if last { end } else { stretch.end };
            total += self.worked(stretch.start + stretch.offset, until + stretch.offset);
            if last {
                return duration(total);
            }
            start = instant(until);
        }
    }

    /// The earliest instant by which `work` has been done since `from`: an hour from 16:00 is 17:00, not
    /// 08:00 on the next day. 0 gives `from` itself; negative work goes back as
    /// [`subtract_working_time`](Self::subtract_working_time) does. Ends at [`Timestamp::MAX`].
    pub fn add_working_time(&self, from: Timestamp, work: SignedDuration) -> Timestamp {
        self.moved(from, work.as_nanos())
    }

    /// The latest instant from which `work` can still be done by `to`: an hour before 09:00 is 08:00, not
    /// 17:00 on the day before. 0 gives `to` itself; negative work goes forward. Ends at [`Timestamp::MIN`].
    ///
    /// It undoes [`add_working_time`](Self::add_working_time) up to time in which nobody works: adding, then
    /// subtracting the same gives the [`next_opening`](Self::next_opening) of where one began.
    pub fn subtract_working_time(&self, to: Timestamp, work: SignedDuration) -> Timestamp {
        self.moved(to, -work.as_nanos())
    }

    /// The first instant at or after `at` at which somebody works: `at` itself if it is open.
    /// [`Timestamp::MAX`] if there is none before the end of time.
    pub fn next_opening(&self, at: Timestamp) -> Timestamp {
        self.after(at, 1).map_or(Timestamp::MAX, |worked| instant(worked.as_nanosecond() - 1))
    }

    /// The last instant at or before `at` up to which somebody worked: `at` itself if there was work until
    /// then. [`Timestamp::MIN`] if there is none since the beginning of time.
    pub fn previous_closing(&self, at: Timestamp) -> Timestamp {
        self.before(at, 1).map_or(Timestamp::MIN, |unworked| instant(unworked.as_nanosecond() + 1))
    }

    /// The first opening on or after this date.
    pub fn start_of_work(&self, date: Date) -> Timestamp {
        let (first, again) = self.midnights(date);
        let opening = self.next_opening(first);
        // A clock set back over midnight shows the date before once more.
        if self.local_date(opening) < date { self.next_opening(again) } else { opening }
    }

    /// The last closing on or before this date: on a day without work the end of the last working day, so
    /// that what is due "by then" is never due too late.
    pub fn end_of_work(&self, date: Date) -> Timestamp {
        let Ok(tomorrow) = date.tomorrow() else { return self.previous_closing(Timestamp::MAX) };
        let (first, again) = self.midnights(tomorrow);
        let closing = self.previous_closing(again);
        let last_worked = instant(closing.as_nanosecond() - 1);
        if self.local_date(last_worked) > date { self.previous_closing(first) } else { closing }
    }

    fn moved(&self, at: Timestamp, work: i128) -> Timestamp {
        match work {
            0 => at,
            1.. => self.after(at, work).unwrap_or(Timestamp::MAX),
            _ => self.before(at, -work).unwrap_or(Timestamp::MIN),
        }
    }

    /// The earliest instant by which `work` nanoseconds, at least 1, have been worked since `at`.
    fn after(&self, mut at: Timestamp, mut work: i128) -> Option<Timestamp> {
        loop {
            let Stretch { start, end, offset } = self.stretch_from(at);
            let possible = self.worked(start + offset, end + offset);
            if work <= possible {
                return Some(instant(self.wall_after(start + offset, work) - offset));
            }
            work -= possible;
            at = instant(end);
            if at == Timestamp::MAX {
                return None;
            }
        }
    }

    /// The latest instant from which `work` nanoseconds, at least 1, are worked until `at`.
    fn before(&self, mut at: Timestamp, mut work: i128) -> Option<Timestamp> {
        loop {
            let Stretch { start, end, offset } = self.stretch_to(at);
            let possible = self.worked(start + offset, end + offset);
            if work <= possible {
                return Some(instant(self.wall_before(end + offset, work) - offset));
            }
            work -= possible;
            at = instant(start);
            if at == Timestamp::MIN {
                return None;
            }
        }
    }

    /// From `start` to the zone's next change of offset.
    fn stretch_from(&self, start: Timestamp) -> Stretch {
        let end = self.zone.following(start).next().map_or(Timestamp::MAX, |change| change.timestamp());
        Stretch { start: start.as_nanosecond(), end: end.as_nanosecond(), offset: self.offset_at(start) }
    }

    /// From the zone's last change of offset before `end` up to `end`.
    fn stretch_to(&self, end: Timestamp) -> Stretch {
        let start = self.zone.preceding(end).next().map_or(Timestamp::MIN, |change| change.timestamp());
        Stretch { start: start.as_nanosecond(), end: end.as_nanosecond(), offset: self.offset_at(start) }
    }

    /// The first and the last instant at which the wall clock turns to 00:00 of this date; twice the same
    /// unless it is set back over it. If it jumps over 00:00, the instant of the jump.
    fn midnights(&self, date: Date) -> (Timestamp, Timestamp) {
        let midnight = date.at(0, 0, 0, 0);
        let edge = if date.year() < 1970 { Timestamp::MIN } else { Timestamp::MAX };
        match self.zone.to_ambiguous_timestamp(midnight).offset() {
            AmbiguousOffset::Unambiguous { offset } => {
                let at = offset.to_timestamp(midnight).unwrap_or(edge);
                (at, at)
            }
            AmbiguousOffset::Fold { before, after } => {
                (before.to_timestamp(midnight).unwrap_or(edge), after.to_timestamp(midnight).unwrap_or(edge))
            }
            AmbiguousOffset::Gap { before, .. } => {
                let past = instant(before.to_timestamp(midnight).unwrap_or(edge).as_nanosecond() + 1);
                let jump = self.zone.preceding(past).next().map_or(past, |change| change.timestamp());
                (jump, jump)
            }
        }
    }

    fn offset_at(&self, at: Timestamp) -> i128 {
        i128::from(self.zone.to_offset(at).seconds()) * 1_000_000_000
    }
}

/// The instant that many nanoseconds after 1970 UTC, within what [`Timestamp`] can hold.
fn instant(nanoseconds: i128) -> Timestamp {
    let (min, max) = (Timestamp::MIN, Timestamp::MAX);
    Timestamp::from_nanosecond(nanoseconds).unwrap_or(if nanoseconds < 0 { min } else { max })
}

fn duration(nanoseconds: i128) -> SignedDuration {
    SignedDuration::try_from_nanos_i128(nanoseconds).unwrap_or(if nanoseconds < 0 {
        SignedDuration::MIN
    } else {
        SignedDuration::MAX
    })
}
