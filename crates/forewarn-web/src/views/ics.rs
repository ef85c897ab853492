//! Appointments as files, for whatever calendar a rep uses. They say whom to call and never what about:
//! calendars are shared.

use icalendar::{Calendar, Component as _, Event, EventLike as _};
use jiff::{SignedDuration, Timestamp};

/// Something to put into a calendar.
#[derive(Debug, Clone)]
pub(crate) struct Appointment {
    /// The same for the same appointment, so that a second download replaces the first.
    pub(crate) uid: String,
    /// "Call Anna Halvorsen, Halvorsen Marine"
    pub(crate) title: String,
    /// A sentence below it.
    pub(crate) note: String,
    /// Where, for a visit.
    pub(crate) place: Option<String>,
    /// When it begins.
    pub(crate) from: Timestamp,
    /// How long it takes.
    pub(crate) lasts: SignedDuration,
}

impl Appointment {
    /// The file, as of `now`.
    pub(crate) fn file(&self, now: Timestamp) -> String {
        let until = self.from.saturating_add(self.lasts).unwrap_or(self.from);
        let mut event = Event::with_uid(&self.uid);
        event
            .summary(&self.title)
            .description(&self.note)
            .add_property("DTSTAMP", stamp(now))
            .add_property("DTSTART", stamp(self.from))
            .add_property("DTEND", stamp(until));
        if let Some(place) = &self.place {
            event.location(place);
        }
        Calendar::new().push(event.done()).done().to_string()
    }
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appointment_says_when_in_a_way_that_every_calendar_reads() {
        let from: Timestamp = "2026-11-12T09:00:00Z".parse().unwrap();
        let appointment = Appointment {
            uid: "case-7-next-word@forewarn".to_owned(),
            title: "Call Anna; she waits, really".to_owned(),
            note: "Even if nothing has changed.\nTwo lines.".to_owned(),
            place: None,
            from,
            lasts: SignedDuration::from_mins(15),
        };
        let file = appointment.file(from);
        for line in [
            "BEGIN:VEVENT\r\n",
            "UID:case-7-next-word@forewarn\r\n",
            "DTSTART:20261112T090000Z\r\n",
            "DTEND:20261112T091500Z\r\n",
            "SUMMARY:Call Anna\\; she waits\\, really\r\n",
        ] {
            assert!(file.contains(line), "{line:?} is not in {file}");
        }
        assert_eq!(file.matches("DTSTAMP").count(), 1, "{file}");
    }
}
