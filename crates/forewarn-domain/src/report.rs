//! What one row of a report means for a line: at first sight, and against what was known before.
//!
//! Most systems hold one mutable date. The first time we see a line, that date is the first promise, unless
//! a column says otherwise; every later change is evidence. A report that repeats itself says nothing new.

use crate::evidence::Outlook;
use crate::fact::{LineStatus, OrderLine, StatedDate};
use crate::promise::Promised;
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// What a report said last about when a line comes, and in which column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reported {
    /// Nothing, ever.
    #[default]
    NotGiven,
    /// In the column of dates that the system expects.
    Expected(Option<Date>),
    /// In the column of promised dates, since there is no other, or it was never filled for this line.
    Promised(Option<Date>),
}

/// A line as it was known before the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownLine {
    /// What the customer was last told.
    pub promised: Promised,
    /// What the newest evidence says.
    pub outlook: Option<Outlook>,
    /// What the last report said.
    pub reported: Reported,
    /// When the newest evidence was observed.
    pub observed_at: Timestamp,
    /// When it arrived, if it has.
    pub delivered: Option<Date>,
    /// Whether it was cancelled.
    pub cancelled: bool,
}

/// A line that no report has shown before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLine {
    /// The first promise.
    pub first_promised: Date,
    /// What this report says.
    pub reported: Reported,
    /// What it says beyond the promise.
    pub outlook: Option<Outlook>,
    /// When it arrived, if it has.
    pub delivered: Option<Date>,
    /// Whether it was cancelled.
    pub cancelled: bool,
}

/// What a report says about a line that was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// It was observed before what we know already: kept as evidence, and overrides nothing.
    Older(Option<Outlook>),
    /// Nothing new. The same words count as a second observation.
    Same,
    /// Another date, or the loss of one.
    Moved(Outlook),
    /// It arrived.
    Delivered(Date),
    /// It was cancelled.
    Cancelled,
}

/// A new line without any date that was ever given to the customer: there is no promise to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no date was promised yet")]
pub struct NothingPromised;

impl NewLine {
    /// The first sight of a line, in a report of `report_day`.
    ///
    /// # Errors
    /// [`NothingPromised`] when the row has no date that could have been promised.
    pub fn read(line: &OrderLine, report_day: Date) -> Result<NewLine, NothingPromised> {
        let first_promised = match (line.promised, line.expected) {
            (StatedDate::On(date), _) | (StatedDate::NotGiven, StatedDate::On(date)) => Some(date),
            _ => None,
        };
        let first_promised = first_promised.ok_or(NothingPromised)?;
        let reported = Reported::read(line, Reported::NotGiven);
        let outlook = match reported {
            Reported::Expected(date) => Some(outlook_of(date)),
            Reported::Promised(None) => Some(Outlook::NoDate),
            Reported::Promised(Some(_)) | Reported::NotGiven => None,
        };
        Ok(NewLine {
            first_promised,
            reported,
            outlook,
            delivered: delivered(line, report_day),
            cancelled: line.status == LineStatus::Cancelled,
        })
    }
}

impl KnownLine {
    /// What a report observed at `observed_at`, on `report_day` in the company's zone, says about this line;
    /// and what to remember as its words.
    pub fn look(&self, line: &OrderLine, observed_at: Timestamp, report_day: Date) -> (Sight, Reported) {
        let reported = Reported::read(line, self.reported);
        let stated = reported.stated();
        if observed_at < self.observed_at {
            let differs = stated.is_some() && stated != self.reported.stated();
            return (Sight::Older(stated.filter(|_| differs).map(outlook_of)), self.reported);
        }
        let sight = match (delivered(line, report_day), stated) {
            _ if self.delivered.is_some() || self.cancelled => Sight::Same,
            (Some(on), _) => Sight::Delivered(on),
            (None, _) if line.status == LineStatus::Cancelled => Sight::Cancelled,
            (None, None) => Sight::Same,
            (None, Some(date)) if self.says_the_same(date) => Sight::Same,
            (None, Some(date)) => Sight::Moved(outlook_of(date)),
        };
        (sight, reported)
    }

    fn says_the_same(&self, date: Option<Date>) -> bool {
        match self.reported.stated() {
            Some(before) => before == date,
            None => date.is_some() && date == self.outlook.map_or(self.promised.latest(), Outlook::latest),
        }
    }
}

impl Reported {
    fn read(line: &OrderLine, before: Reported) -> Reported {
        if line.status == LineStatus::OnHold {
            return Reported::Expected(None);
        }
        match line.expected {
            StatedDate::On(date) => return Reported::Expected(Some(date)),
            StatedDate::NoDate => return Reported::Expected(None),
            StatedDate::Blank if matches!(before, Reported::Expected(_)) => return Reported::Expected(None),
            StatedDate::Blank | StatedDate::NotGiven => {}
        }
        match (line.promised, before) {
            (StatedDate::On(date), _) => Reported::Promised(Some(date)),
            (StatedDate::NoDate, _) => Reported::Promised(None),
            (StatedDate::Blank, Reported::Promised(_)) => Reported::Promised(None),
            (StatedDate::Blank | StatedDate::NotGiven, before) => before,
        }
    }

    /// The date, or that there is none; `None` when nothing was ever said.
    pub fn stated(self) -> Option<Option<Date>> {
        match self {
            Reported::NotGiven => None,
            Reported::Expected(date) | Reported::Promised(date) => Some(date),
        }
    }
}

fn outlook_of(date: Option<Date>) -> Outlook {
    date.map_or(Outlook::NoDate, |on| Outlook::Likely { on })
}

fn delivered(line: &OrderLine, report_day: Date) -> Option<Date> {
    line.delivered.date().or_else(|| (line.status == LineStatus::Delivered).then_some(report_day))
}

/// As stored: empty, `expected 2026-11-27`, `promised none` and so on.
impl fmt::Display for Reported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reported::NotGiven => Ok(()),
            Reported::Expected(Some(date)) => write!(f, "expected {date}"),
            Reported::Expected(None) => f.write_str("expected none"),
            Reported::Promised(Some(date)) => write!(f, "promised {date}"),
            Reported::Promised(None) => f.write_str("promised none"),
        }
    }
}

/// A stored text that is no [`Reported`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not what a report can have said")]
pub struct NotReported(String);

impl FromStr for Reported {
    type Err = NotReported;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || NotReported(text.to_owned());
        if text.is_empty() {
            return Ok(Reported::NotGiven);
        }
        let (column, date) = text.split_once(' ').ok_or_else(fail)?;
        let date = match date {
            "none" => None,
            date => Some(date.parse().map_err(|_| fail())?),
        };
        match column {
            "expected" => Ok(Reported::Expected(date)),
            "promised" => Ok(Reported::Promised(date)),
            _ => Err(fail()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn row(promised: StatedDate, expected: StatedDate) -> OrderLine {
        OrderLine { promised, expected, ..OrderLine::default() }
    }

    fn on(day: i8) -> StatedDate {
        StatedDate::On(date(2026, 11, day))
    }

    fn morning(day: i8) -> Timestamp {
        date(2026, 11, day).at(5, 12, 0, 0).in_tz("UTC").unwrap().timestamp()
    }

    /// The line as `first` showed it on 1 November, looked at again a day later.
    fn then(first: &OrderLine, second: &OrderLine) -> Sight {
        let new = NewLine::read(first, date(2026, 11, 1)).unwrap();
        let known = KnownLine {
            promised: Promised::Date { on: new.first_promised },
            outlook: new.outlook,
            reported: new.reported,
            observed_at: morning(1),
            delivered: new.delivered,
            cancelled: new.cancelled,
        };
        known.look(second, morning(2), date(2026, 11, 2)).0
    }

    fn likely(day: i8) -> Outlook {
        Outlook::Likely { on: date(2026, 11, day) }
    }

    #[test]
    fn the_one_date_is_the_promise_when_first_seen_and_evidence_ever_after() {
        let one_date = |day| row(on(day), StatedDate::NotGiven);
        let new = NewLine::read(&one_date(6), date(2026, 11, 1)).unwrap();
        assert_eq!((new.first_promised, new.outlook), (date(2026, 11, 6), None));
        assert_eq!(then(&one_date(6), &one_date(6)), Sight::Same);
        assert_eq!(then(&one_date(6), &one_date(27)), Sight::Moved(likely(27)));
    }

    #[test]
    fn an_empty_date_is_no_date_where_there_was_one_and_not_given_where_there_never_was() {
        let blank = StatedDate::Blank;
        assert_eq!(then(&row(on(6), on(6)), &row(on(6), blank)), Sight::Moved(Outlook::NoDate));
        assert_eq!(then(&row(on(6), blank), &row(on(6), blank)), Sight::Same);
        let one_date = then(&row(on(6), StatedDate::NotGiven), &row(blank, StatedDate::NotGiven));
        assert_eq!(one_date, Sight::Moved(Outlook::NoDate));
    }

    #[test]
    fn an_expected_date_counts_before_the_promised_column() {
        assert_eq!(then(&row(on(6), on(6)), &row(on(9), on(6))), Sight::Same);
        assert_eq!(then(&row(on(6), StatedDate::Blank), &row(on(6), on(20))), Sight::Moved(likely(20)));
        assert_eq!(then(&row(on(6), StatedDate::Blank), &row(on(6), on(6))), Sight::Same);
        assert_eq!(
            then(&row(on(6), StatedDate::Blank), &row(on(9), StatedDate::Blank)),
            Sight::Moved(likely(9))
        );
    }

    #[test]
    fn a_line_on_hold_has_no_date_one_could_tell() {
        let held = OrderLine { status: LineStatus::OnHold, ..row(on(6), on(6)) };
        assert_eq!(then(&row(on(6), on(6)), &held), Sight::Moved(Outlook::NoDate));
    }

    #[test]
    fn what_arrived_or_was_cancelled_says_no_more() {
        let arrived = OrderLine { delivered: on(5), ..row(on(6), on(6)) };
        assert_eq!(then(&row(on(6), on(6)), &arrived), Sight::Delivered(date(2026, 11, 5)));
        assert_eq!(then(&arrived, &row(on(6), on(27))), Sight::Same);
        let by_status = OrderLine { status: LineStatus::Delivered, ..row(on(6), on(6)) };
        assert_eq!(then(&row(on(6), on(6)), &by_status), Sight::Delivered(date(2026, 11, 2)));
        let cancelled = OrderLine { status: LineStatus::Cancelled, ..row(on(6), on(6)) };
        assert_eq!(then(&row(on(6), on(6)), &cancelled), Sight::Cancelled);
    }

    #[test]
    fn a_report_that_repeats_itself_does_not_unsay_what_a_person_confirmed() {
        let known = KnownLine {
            promised: Promised::Date { on: date(2026, 11, 6) },
            outlook: Some(Outlook::Firm { on: date(2026, 11, 27) }),
            reported: Reported::Promised(Some(date(2026, 11, 6))),
            observed_at: morning(1),
            delivered: None,
            cancelled: false,
        };
        let same = row(on(6), StatedDate::NotGiven);
        assert_eq!(known.look(&same, morning(2), date(2026, 11, 2)).0, Sight::Same);
    }

    #[test]
    fn a_report_from_before_overrides_nothing() {
        let known = KnownLine {
            promised: Promised::Date { on: date(2026, 11, 6) },
            outlook: Some(likely(27)),
            reported: Reported::Expected(Some(date(2026, 11, 27))),
            observed_at: morning(9),
            delivered: None,
            cancelled: false,
        };
        let (sight, reported) = known.look(&row(on(6), on(6)), morning(2), date(2026, 11, 2));
        assert_eq!((sight, reported), (Sight::Older(Some(likely(6))), known.reported));
    }

    #[test]
    fn a_row_without_any_date_promises_nothing() {
        for line in [row(StatedDate::Blank, on(6)), row(StatedDate::NoDate, StatedDate::NotGiven)] {
            assert_eq!(NewLine::read(&line, date(2026, 11, 1)), Err(NothingPromised));
        }
    }

    #[test]
    fn what_was_reported_is_stored_as_text_and_read_back() {
        let day = Some(date(2026, 11, 6));
        for reported in [
            Reported::NotGiven,
            Reported::Expected(day),
            Reported::Expected(None),
            Reported::Promised(day),
            Reported::Promised(None),
        ] {
            assert_eq!(reported.to_string().parse(), Ok(reported));
        }
    }
}
