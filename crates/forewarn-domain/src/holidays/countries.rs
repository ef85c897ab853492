//! The rules of each country, as one readable table.

use super::Country;
use super::rule::OnAWeekend::{NearestWeekday, NextFreeWeekday};
use super::rule::{Rule, easter, not_on_sunday, nth, on, on_or_after, on_or_before, once};
use jiff::civil::Weekday::{Monday, Saturday, Thursday};

/// The holidays of a country, roughly in the order of the year.
pub(super) const fn rules(country: Country) -> &'static [Rule] {
    match country {
        Country::UnitedStates => UNITED_STATES,
        Country::EnglandAndWales => ENGLAND_AND_WALES,
        Country::Germany => GERMANY,
        Country::France => FRANCE,
        Country::Spain => SPAIN,
        Country::Netherlands => NETHERLANDS,
        Country::Norway => NORWAY,
        Country::Sweden => SWEDEN,
        Country::Denmark => DENMARK,
        Country::Canada => CANADA,
    }
}

const UNITED_STATES: &[Rule] = &[
    on(1, 1, "New Year’s Day").moved_to(NearestWeekday),
    nth(3, Monday, 1, "Martin Luther King Jr. Day"),
    nth(3, Monday, 2, "Washington’s Birthday"),
    on_or_before(Monday, 5, 31, "Memorial Day"),
    on(6, 19, "Juneteenth").moved_to(NearestWeekday).since(2021),
    on(7, 4, "Independence Day").moved_to(NearestWeekday),
    nth(1, Monday, 9, "Labor Day"),
    nth(2, Monday, 10, "Columbus Day"),
    on(11, 11, "Veterans Day").moved_to(NearestWeekday),
    nth(4, Thursday, 11, "Thanksgiving Day"),
    on(12, 25, "Christmas Day").moved_to(NearestWeekday),
];

const ENGLAND_AND_WALES: &[Rule] = &[
    on(1, 1, "New Year’s Day").moved_to(NextFreeWeekday),
    easter(-2, "Good Friday"),
    easter(1, "Easter Monday"),
    nth(1, Monday, 5, "Early May bank holiday").not_in(2020),
    once(2020, 5, 8, "Early May bank holiday (VE Day)"),
    on_or_before(Monday, 5, 31, "Spring bank holiday").not_in(2022),
    once(2022, 6, 2, "Spring bank holiday"),
    once(2022, 6, 3, "Platinum Jubilee bank holiday"),
    once(2022, 9, 19, "State Funeral of Queen Elizabeth II"),
    once(2023, 5, 8, "Coronation of King Charles III"),
    on_or_before(Monday, 8, 31, "Summer bank holiday"),
    on(12, 25, "Christmas Day").moved_to(NextFreeWeekday),
    on(12, 26, "Boxing Day").moved_to(NextFreeWeekday),
];

const GERMANY: &[Rule] = &[
    on(1, 1, "New Year’s Day"),
    easter(-2, "Good Friday"),
    easter(1, "Easter Monday"),
    on(5, 1, "Labour Day"),
    easter(39, "Ascension Day"),
    easter(50, "Whit Monday"),
    on(10, 3, "German Unity Day"),
    on(12, 25, "Christmas Day"),
    on(12, 26, "Second Day of Christmas"),
];

const FRANCE: &[Rule] = &[
    on(1, 1, "New Year’s Day"),
    easter(1, "Easter Monday"),
    on(5, 1, "Labour Day"),
    on(5, 8, "Victory Day"),
    easter(39, "Ascension Day"),
    easter(50, "Whit Monday"),
    on(7, 14, "National Day"),
    on(8, 15, "Assumption Day"),
    on(11, 1, "All Saints’ Day"),
    on(11, 11, "Armistice Day"),
    on(12, 25, "Christmas Day"),
];

const SPAIN: &[Rule] = &[
    on(1, 1, "New Year’s Day"),
    on(1, 6, "Epiphany"),
    easter(-2, "Good Friday"),
    on(5, 1, "Labour Day"),
    on(8, 15, "Assumption Day"),
    on(10, 12, "National Day"),
    on(11, 1, "All Saints’ Day"),
    on(12, 6, "Constitution Day"),
    on(12, 8, "Immaculate Conception"),
    on(12, 25, "Christmas Day"),
];

const NETHERLANDS: &[Rule] = &[
    on(1, 1, "New Year’s Day"),
    easter(-2, "Good Friday"),
    easter(0, "Easter Sunday"),
    easter(1, "Easter Monday"),
    not_on_sunday(4, 27, "King’s Day"),
    on(5, 5, "Liberation Day").every(5),
    easter(39, "Ascension Day"),
    easter(49, "Whit Sunday"),
    easter(50, "Whit Monday"),
    on(12, 25, "Christmas Day"),
    on(12, 26, "Second Day of Christmas"),
];

const NORWAY: &[Rule] = &[
    on(1, 1, "New Year’s Day"),
    easter(-3, "Maundy Thursday"),
    easter(-2, "Good Friday"),
    easter(0, "Easter Sunday"),
    easter(1, "Easter Monday"),
    on(5, 1, "Labour Day"),
    on(5, 17, "Constitution Day"),
    easter(39, "Ascension Day"),
    easter(49, "Whit Sunday"),
    easter(50, "Whit Monday"),
    on(12, 25, "Christmas Day"),
    on(12, 26, "Second Day of Christmas"),
];

const SWEDEN: &[Rule] = &[
    on(1, 1, "New Year’s Day"),
    on(1, 6, "Epiphany"),
    easter(-2, "Good Friday"),
    easter(0, "Easter Sunday"),
    easter(1, "Easter Monday"),
    on(5, 1, "May Day"),
    easter(39, "Ascension Day"),
    easter(49, "Whit Sunday"),
    on(6, 6, "National Day"),
    on_or_after(Saturday, 6, 20, "Midsummer Day"),
    on_or_after(Saturday, 10, 31, "All Saints’ Day"),
    on(12, 25, "Christmas Day"),
    on(12, 26, "Second Day of Christmas"),
];

const DENMARK: &[Rule] = &[
    on(1, 1, "New Year’s Day"),
    easter(-3, "Maundy Thursday"),
    easter(-2, "Good Friday"),
    easter(0, "Easter Sunday"),
    easter(1, "Easter Monday"),
    easter(26, "Great Prayer Day").until(2023),
    easter(39, "Ascension Day"),
    easter(49, "Whit Sunday"),
    easter(50, "Whit Monday"),
    on(12, 25, "Christmas Day"),
    on(12, 26, "Second Day of Christmas"),
];

const CANADA: &[Rule] = &[
    on(1, 1, "New Year’s Day").moved_to(NextFreeWeekday),
    easter(-2, "Good Friday"),
    on_or_before(Monday, 5, 24, "Victoria Day"),
    on(7, 1, "Canada Day").moved_to(NextFreeWeekday),
    nth(1, Monday, 9, "Labour Day"),
    on(9, 30, "National Day for Truth and Reconciliation").moved_to(NextFreeWeekday).since(2021),
    nth(2, Monday, 10, "Thanksgiving Day"),
    on(11, 11, "Remembrance Day").moved_to(NextFreeWeekday),
    on(12, 25, "Christmas Day").moved_to(NextFreeWeekday),
    on(12, 26, "Boxing Day").moved_to(NextFreeWeekday),
];
