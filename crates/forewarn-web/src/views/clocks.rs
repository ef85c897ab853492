//! Two clocks: the customer's, on which everything is said and promised, and that of whoever looks.

use super::shown::Wall;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// The clock of a customer beside one's own.
#[derive(Debug, Clone)]
pub(crate) struct Clocks {
    /// Of whoever looks.
    pub(crate) mine: Wall,
    /// Of the customer.
    pub(crate) theirs: Wall,
    /// Where the customer is, as shown: "Bergen".
    pub(crate) place: String,
}

impl Clocks {
    /// Clocks for a customer in `zone`; where they are is `place`, or else the city of the zone.
    pub(crate) fn new(mine: Wall, zone: TimeZone, place: Option<&str>) -> Self {
        let name = zone.iana_name().unwrap_or("UTC").to_owned();
        let place = place.filter(|place| !place.is_empty()).map_or_else(|| city(&name), str::to_owned);
        let theirs = Wall { now: mine.now, zone };
        Self { mine, theirs, place }
    }

    /// Whether the two show the same at that moment.
    pub(crate) fn agree(&self, at: Timestamp) -> bool {
        self.mine.zone.to_offset(at) == self.theirs.zone.to_offset(at)
    }

    /// The same for paper, which is read on another day: nothing is near, and every day has its year.
    pub(crate) fn on_paper(self) -> Self {
        let away = |wall: Wall| Wall { now: Timestamp::UNIX_EPOCH, ..wall };
        Self { mine: away(self.mine), theirs: away(self.theirs), place: self.place }
    }

    /// A moment on the customer's clock, and on one's own where that differs: "Thu 12 Nov 10:00 in
    /// Porto (11:00 for you)".
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        let theirs = near(&self.theirs, at);
        if self.agree(at) {
            return theirs;
        }
        let (there, here) = (self.theirs.zone.to_datetime(at), self.mine.zone.to_datetime(at));
        let here = if there.date() == here.date() { clock(here) } else { near(&self.mine, at) };
        format!("{theirs} in {} ({here} for you)", self.place)
    }

    /// A moment on one's own clock.
    pub(crate) fn my_moment(&self, at: Timestamp) -> String {
        near(&self.mine, at)
    }

    /// "09:10 in Bergen, open"
    pub(crate) fn there_now(&self, open: bool) -> String {
        there_now(&self.theirs, &self.place, open)
    }

    /// What was typed into a field for a moment, on the customer's clock.
    pub(crate) fn read(&self, typed: DateTime) -> Option<Timestamp> {
        Some(typed.to_zoned(self.theirs.zone.clone()).ok()?.timestamp())
    }

    /// The same, or a moment that says itself on which clock it is: `2026-11-12T10:00:00Z`.
    pub(crate) fn read_text(&self, typed: &str) -> Option<Timestamp> {
        typed.parse().ok().or_else(|| self.read(typed.parse().ok()?))
    }

    /// A moment for such a field.
    pub(crate) fn write(&self, at: Timestamp) -> String {
        self.theirs.zone.to_datetime(at).strftime("%Y-%m-%dT%H:%M").to_string()
    }
}

/// "today 14:00", "tomorrow 10:00", "Thu 12 Nov 10:00"
pub(crate) fn near(wall: &Wall, at: Timestamp) -> String {
    let local = wall.zone.to_datetime(at);
    let day = near_day(wall, local.date());
    format!("{day} {}", clock(local))
}

/// "today", "tomorrow", "yesterday", "Thu 12 Nov"
pub(crate) fn near_day(wall: &Wall, day: Date) -> String {
    let today = wall.today();
    if day == today {
        "today".to_owned()
    } else if today.tomorrow().ok() == Some(day) {
        "tomorrow".to_owned()
    } else if today.yesterday().ok() == Some(day) {
        "yesterday".to_owned()
    } else {
        wall.day(day)
    }
}

/// "09:10 in Bergen, open"
pub(crate) fn there_now(theirs: &Wall, place: &str, open: bool) -> String {
    let state = if open { "open" } else { "closed" };
    format!("{} in {place}, {state}", clock(theirs.zone.to_datetime(theirs.now)))
}

/// The city in the name of a zone: "Sao Paulo" for America/Sao_Paulo.
pub(crate) fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

fn clock(local: DateTime) -> String {
    local.strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clocks(zone: &str) -> Clocks {
        let mine = Wall {
            now: "2026-11-09T07:10:00Z".parse().unwrap(),
            zone: TimeZone::get("Europe/Oslo").unwrap(),
        };
        Clocks::new(mine, TimeZone::get(zone).unwrap(), None)
    }

    #[test]
    fn both_clocks_are_named_only_where_they_differ() {
        let at = "2026-11-12T10:00:00Z".parse().unwrap();
        assert_eq!(clocks("Europe/Oslo").moment(at), "Thu 12 Nov 11:00");
        assert_eq!(clocks("Europe/Lisbon").moment(at), "Thu 12 Nov 10:00 in Lisbon (11:00 for you)");
        let night = "2026-11-10T23:30:00Z".parse().unwrap();
        assert_eq!(
            clocks("Europe/Lisbon").moment(night),
            "tomorrow 23:30 in Lisbon (Wed 11 Nov 00:30 for you)"
        );
    }

    #[test]
    fn what_is_typed_is_on_the_customers_clock() {
        let clocks = clocks("America/Sao_Paulo");
        let at = clocks.read("2026-11-12T10:00".parse().unwrap()).unwrap();
        assert_eq!(at, "2026-11-12T13:00:00Z".parse().unwrap());
        assert_eq!(clocks.write(at), "2026-11-12T10:00");
        assert_eq!(clocks.there_now(false), "04:10 in Sao Paulo, closed");
    }

    #[test]
    fn near_days_have_names() {
        let wall = clocks("UTC").mine;
        let near = |at: &str| near(&wall, at.parse().unwrap());
        assert_eq!(near("2026-11-09T13:00:00Z"), "today 14:00");
        assert_eq!(near("2026-11-10T09:00:00Z"), "tomorrow 10:00");
        assert_eq!(near("2026-11-08T09:00:00Z"), "yesterday 10:00");
    }
}
