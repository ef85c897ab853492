//! Days, moments and numbers as people read them on every page.

use super::percent;
use forewarn_domain::amount::Amount;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The clock and the calendar on the wall of whoever reads.
#[derive(Debug, Clone)]
pub(crate) struct Wall {
    /// What time it is.
    pub(crate) now: Timestamp,
    /// In which zone.
    pub(crate) zone: TimeZone,
}

impl Wall {
    /// Which day it is.
    pub(crate) fn today(&self) -> Date {
        self.zone.to_datetime(self.now).date()
    }

    /// "Fri 6 Nov"; with its year when that is another: "Fri 8 Jan 2027".
    pub(crate) fn day(&self, day: Date) -> String {
        let format = if day.year() == self.today().year() { "%a %-d %b" } else { "%a %-d %b %Y" };
        day.strftime(format).to_string()
    }

    /// "16–27 Nov", "30 Nov – 4 Dec".
    pub(crate) fn days(&self, from: Date, to: Date) -> String {
        let year = if to.year() == self.today().year() { "" } else { " %Y" };
        let end = to.strftime(&format!("%-d %b{year}")).to_string();
        if (from.year(), from.month()) == (to.year(), to.month()) {
            format!("{}–{end}", from.day())
        } else {
            format!("{} – {end}", from.strftime("%-d %b"))
        }
    }

    /// "Mon 9 Nov 05:12"
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        let local = self.zone.to_datetime(at);
        format!("{} {}", self.day(local.date()), local.strftime("%H:%M"))
    }
}

/// "1,284"
pub(crate) fn number(n: u64) -> String {
    grouped(&n.to_string())
}

/// "18,400.5"
pub(crate) fn amount(amount: Amount) -> String {
    let text = amount.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    match digits.split_once('.') {
        Some((whole, part)) => format!("{sign}{}.{part}", grouped(whole)),
        None => format!("{sign}{}", grouped(digits)),
    }
}

/// "18,400.50 EUR": money has two decimals or none.
pub(crate) fn money(value: Amount, currency: Option<&str>) -> String {
    let mut text = amount(value);
    if let Some((_, part)) = text.split_once('.')
        && part.len() == 1
    {
        text.push('0');
    }
    format!("{text} {}", currency.unwrap_or_default()).trim_end().to_owned()
}

/// "1 line", "1,284 lines"
pub(crate) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// The address `path` with a query that leaves out what is empty.
pub(crate) fn address(path: &str, query: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", percent::encode(value));
    let given: Vec<_> = query.iter().filter(|(_, value)| !value.is_empty()).map(pair).collect();
    if given.is_empty() { path.to_owned() } else { format!("{path}?{}", given.join("&")) }
}

fn grouped(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn wall() -> Wall {
        let zone = TimeZone::get("Europe/Oslo").unwrap();
        Wall { now: "2026-11-09T06:50:00Z".parse().unwrap(), zone }
    }

    #[test]
    fn a_day_says_its_year_only_when_it_is_another() {
        assert_eq!(wall().day(date(2026, 11, 6)), "Fri 6 Nov");
        assert_eq!(wall().day(date(2027, 1, 8)), "Fri 8 Jan 2027");
        assert_eq!(wall().days(date(2026, 11, 16), date(2026, 11, 27)), "16–27 Nov");
        assert_eq!(wall().days(date(2026, 11, 30), date(2027, 1, 4)), "30 Nov – 4 Jan 2027");
    }

    #[test]
    fn a_moment_is_shown_on_the_readers_clock() {
        assert_eq!(wall().moment("2026-11-09T04:12:00Z".parse().unwrap()), "Mon 9 Nov 05:12");
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!([number(7), number(1_284), number(1_263_000)], ["7", "1,284", "1,263,000"]);
        assert_eq!(amount("-18400.5".parse().unwrap()), "-18,400.5");
        assert_eq!(money("12480.5".parse().unwrap(), Some("EUR")), "12,480.50 EUR");
        assert_eq!(money("900".parse().unwrap(), None), "900");
        assert_eq!(count(1, "line", "lines") + ", " + &count(1_200, "line", "lines"), "1 line, 1,200 lines");
    }

    #[test]
    fn an_address_leaves_out_what_is_empty_and_encodes_the_rest() {
        assert_eq!(address("/promises", &[("q", ""), ("state", "")]), "/promises");
        let query = [("q", "Brandt & Sohn"), ("after", "2026-11-06 12")];
        assert_eq!(address("/promises", &query), "/promises?q=Brandt%20%26%20Sohn&after=2026-11-06%2012");
    }
}
