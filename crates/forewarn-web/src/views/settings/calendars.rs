//! All calendars: the company's, and those of teams, people and customers.

use super::calendar::{address, in_short, next_off};
use crate::pages::settings::{CalendarCard, CalendarsPage, Nav};
use crate::pages::shell::Shell;
use forewarn_store::days_off::{CalendarBook, CalendarOf};
use jiff::Timestamp;

/// Whose calendar, their name, and their own calendar if they have one.
pub(crate) type Named = (CalendarOf, String, Option<CalendarBook>);

/// What the page is made of.
pub(crate) struct Known {
    company: Named,
    pub(crate) teams: Vec<Named>,
    pub(crate) people: Vec<Named>,
    /// Only those that have their own: there are many.
    pub(crate) customers: Vec<Named>,
}

impl Known {
    pub(crate) fn new(company: Named) -> Self {
        Self { company, teams: Vec::new(), people: Vec::new(), customers: Vec::new() }
    }
}

/// The page.
pub(crate) fn page(shell: Shell, nav: Nav, known: Known, now: Timestamp) -> CalendarsPage {
    let card = |(of, name, book): Named| CalendarCard {
        href: address(of),
        name,
        says: book.as_ref().map_or_else(|| as_above(of).to_owned(), in_short),
        next_off: book.as_ref().map_or_else(String::new, |book| next_off(book, now)),
        own: book.is_some(),
    };
    let group = |title: &str, named: Vec<Named>, nobody: &str| {
        let says = if named.is_empty() { nobody } else { "" };
        (title.to_owned(), says.to_owned(), named.into_iter().map(card).collect::<Vec<_>>())
    };
    let groups = vec![
        group("Teams", known.teams, "There is no team of yours."),
        group("People", known.people, "There is nobody in your team."),
        group(
            "Customers with their own",
            known.customers,
            "None: all work as we do, each on their own clock. The page of a customer leads to their calendar.",
        ),
    ];
    CalendarsPage { shell, nav, company: card(known.company), groups }
}

fn as_above(of: CalendarOf) -> &'static str {
    match of {
        CalendarOf::Person(_) => "As their team.",
        CalendarOf::Company | CalendarOf::Team(_) | CalendarOf::Customer(_) => "As the company.",
    }
}
