//! The first page: how each part stands.

use super::calendar::in_short;
use crate::pages::settings::{IndexPage, IndexRow, Nav, Section};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Tone};
use crate::views::shown::count;
use forewarn_domain::escalation::{EscalationPolicy, OutsideHours};
use forewarn_domain::policy::Policy;
use forewarn_store::absences::AbsenceRow;
use forewarn_store::days_off::CalendarBook;
use forewarn_store::people::Person;
use forewarn_store::settings::mail::MailSettings;
use forewarn_store::teams::Team;
use jiff::Timestamp;

/// What the page is made of.
pub(crate) struct Known<'a> {
    pub(crate) company: &'a CalendarBook,
    pub(crate) policy: &'a Policy,
    pub(crate) people: &'a [Person],
    pub(crate) teams: &'a [Team],
    pub(crate) absences: &'a [AbsenceRow],
    pub(crate) mail: Option<&'a MailSettings>,
    /// How many can't be reached.
    pub(crate) unreachable: usize,
    pub(crate) now: Timestamp,
}

/// The page.
pub(crate) fn page(shell: Shell, nav: Nav, known: &Known<'_>) -> IndexPage {
    let rows = nav.sections.iter().map(|section| row(*section, known)).collect();
    IndexPage { shell, nav, rows }
}

fn row(section: Section, known: &Known<'_>) -> IndexRow {
    let says = match section {
        Section::People => people(known.people),
        Section::Security => "How people sign in, and what has happened around it.".to_owned(),
        Section::Teams => teams(known.teams),
        Section::Absences => absences(known),
        Section::Calendars => in_short(known.company),
        Section::Policy => policy(known.policy),
        Section::Escalation => escalation(&known.policy.escalation),
        Section::Reach => "Who a notice would not reach, found before they are needed.".to_owned(),
        Section::Mail => mail(known.mail),
        Section::Chat => "Where notices are posted besides.".to_owned(),
        Section::Tokens => "Programs that work in your name, over the API.".to_owned(),
        Section::Webhooks => "Other programs that are told what happens.".to_owned(),
        Section::Wording => "Which rules people overrule, and how often.".to_owned(),
    };
    let chip = match section {
        Section::Teams => without_leader(known.teams),
        Section::Reach if known.unreachable > 0 => {
            Some(Chip::new(count(known.unreachable as u64, "gap", "gaps"), Tone::Urgent))
        }
        Section::Mail if known.mail.is_none() => Some(Chip::new("not set up", Tone::Watch)),
        _ => None,
    };
    IndexRow { href: section.href().to_owned(), title: section.label().to_owned(), says, chip }
}

fn escalation(policy: &EscalationPolicy) -> String {
    let steps = count(policy.tell.len() as u64, "step", "steps");
    let outside = match policy.outside_hours {
        OutsideHours::Never => "no mail outside of working hours",
        OutsideHours::WhenHot => "mail outside of working hours only when it is hot",
        OutsideHours::Always => "mail at any time",
    };
    format!("{steps} until a customer has been told; {outside}.")
}

fn mail(mail: Option<&MailSettings>) -> String {
    match mail {
        Some(mail) => format!("From {} through {}.", mail.from_address, mail.smtp.host),
        None => "Nothing is sent: letters and notices wait.".to_owned(),
    }
}

fn people(people: &[Person]) -> String {
    let here = people.iter().filter(|person| person.disabled_at.is_none()).count();
    format!("{} can sign in.", count(here as u64, "person", "people"))
}

fn teams(teams: &[Team]) -> String {
    let names: Vec<&str> = teams.iter().map(|team| team.name.as_str()).collect();
    format!("{}.", names.join(", "))
}

fn absences(known: &Known<'_>) -> String {
    let away = known.absences.iter().filter(|row| row.absence.covers(known.now));
    let names: Vec<&str> = away.map(|row| row.person_name.as_str()).collect();
    if names.is_empty() { "Nobody is away.".to_owned() } else { format!("Away now: {}.", names.join(", ")) }
}

fn without_leader(teams: &[Team]) -> Option<Chip> {
    let without = teams.iter().filter(|team| team.leader.is_none()).count();
    (without > 0).then(|| Chip::new(format!("{without} without a leader"), Tone::Watch))
}

fn policy(policy: &Policy) -> String {
    let [low, raised, high] = policy.tell_within_hours;
    format!(
        "{} days of tolerance, {} days to react; told within {low}, {raised} or {high} working hours.",
        policy.tolerance_days, policy.reaction_days
    )
}
