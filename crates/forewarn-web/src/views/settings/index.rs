//! The first page: how each part stands.

use super::calendar::in_short;
use crate::pages::settings::{IndexPage, IndexRow, Nav, Section};
use crate::pages::shell::Shell;
use forewarn_domain::policy::Policy;
use forewarn_store::days_off::CalendarBook;

/// What the page is made of.
pub(crate) struct Known<'a> {
    pub(crate) company: &'a CalendarBook,
    pub(crate) policy: &'a Policy,
}

/// The page.
pub(crate) fn page(shell: Shell, nav: Nav, known: &Known<'_>) -> IndexPage {
    let rows = nav.sections.iter().map(|section| row(*section, known)).collect();
    IndexPage { shell, nav, rows }
}

fn row(section: Section, known: &Known<'_>) -> IndexRow {
    let says = match section {
        Section::Calendars => in_short(known.company),
        Section::Policy => policy(known.policy),
        Section::Wording => "Which rules people overrule, and how often.".to_owned(),
    };
    IndexRow { href: section.href().to_owned(), title: section.label().to_owned(), says, chip: None }
}

fn policy(policy: &Policy) -> String {
    let [low, raised, high] = policy.tell_within_hours;
    format!(
        "{} days of tolerance, {} days to react; told within {low}, {raised} or {high} working hours.",
        policy.tolerance_days, policy.reaction_days
    )
}
