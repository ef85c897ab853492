//! Who is away, and who gets their work.

use crate::pages::settings::{AbsenceCard, AbsenceForm, AbsencesPage, Nav};
use crate::pages::shell::Shell;
use crate::pages::tone::Choice;
use crate::typed::Typed;
use crate::views::shown::Wall;
use forewarn_domain::absence::Absence;
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::case::Owner;
use forewarn_domain::ids::{AbsenceId, PersonId};
use forewarn_domain::people::Role;
use forewarn_domain::roster::Roster;
use forewarn_store::absences::AbsenceRow;
use forewarn_store::people::Person;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// What the page is made of.
pub(crate) struct Known<'a> {
    /// Who looks.
    pub(crate) me: &'a Person,
    /// Everybody.
    pub(crate) people: &'a [Person],
    /// The absences that whoever looks may see.
    pub(crate) absences: &'a [AbsenceRow],
    /// For whom they may enter absences, besides themselves.
    pub(crate) may_enter: &'a [PersonId],
    /// Who acts for whom.
    pub(crate) roster: &'a Roster,
    /// The company's calendar.
    pub(crate) calendar: &'a WorkingCalendar,
    /// What time it is.
    pub(crate) now: Timestamp,
}

/// A form that could not be kept: which (`None` for a new absence), what was typed, and why.
pub(crate) type Refused<'a> = (Option<AbsenceId>, &'a Typed, String);

/// The page.
pub(crate) fn page(shell: Shell, nav: Nav, known: &Known<'_>, refused: Option<&Refused<'_>>) -> AbsencesPage {
    let (now, coming): (Vec<_>, Vec<_>) =
        known.absences.iter().partition(|row| row.absence.from <= known.now);
    let cards = |rows: Vec<&AbsenceRow>| rows.into_iter().map(|row| card(row, known, refused)).collect();
    AbsencesPage { shell, nav, now: cards(now), coming: cards(coming), form: new(known, refused) }
}

/// "Jon Eide is away Mon 23 Nov to Fri 4 Dec. Mia Lund stands in."
pub(crate) fn in_words(absence: &Absence, name: &str, known: &Known<'_>) -> String {
    let wall = wall_of(absence.person, known);
    format!("{name} is away {}. {}", days(absence, &wall), work_goes_to(absence, known).0)
}

/// What was typed, as an absence of this person: from the first day, or from now if that is today, to the end
/// of the last.
pub(crate) fn read(typed: &Typed, person: PersonId, known: &Known<'_>) -> Result<Absence, String> {
    let zone = wall_of(person, known).zone;
    let first = typed.date("from").ok_or("Choose the first day away.")?;
    let last = typed.date("until").ok_or("Choose the last day away.")?;
    let from = midnight(first, &zone).ok_or("No clock goes to that first day. Choose another.")?;
    let until = last.tomorrow().ok().and_then(|day| midnight(day, &zone));
    let until = until.ok_or("No clock goes to that last day. Choose a nearer one.")?;
    let began_today = zone.to_datetime(known.now).date() == first;
    let from = if began_today { known.now } else { from };
    Ok(Absence { person, deputy: typed.get("deputy").parse().ok(), from, until })
}

fn card(row: &AbsenceRow, known: &Known<'_>, refused: Option<&Refused<'_>>) -> AbsenceCard {
    let absence = &row.absence;
    let wall = wall_of(absence.person, known);
    let (says, watch) = work_goes_to(absence, known);
    let may_change = absence.person == known.me.id || known.may_enter.contains(&absence.person);
    AbsenceCard {
        id: row.id.to_string(),
        name: row.person_name.clone(),
        when: format!("{}; back {}.", capital(&days(absence, &wall)), back(absence, known.calendar, &wall)),
        says,
        watch,
        begun: absence.from <= known.now,
        form: may_change.then(|| {
            let typed = refused.filter(|(id, ..)| *id == Some(row.id));
            form_of(row, known, &wall, typed)
        }),
    }
}

fn form_of(row: &AbsenceRow, known: &Known<'_>, wall: &Wall, refused: Option<&Refused<'_>>) -> AbsenceForm {
    let absence = &row.absence;
    let kept = AbsenceForm {
        key: row.id.to_string(),
        people: Vec::new(),
        from: wall.zone.to_datetime(absence.from).date().to_string(),
        until: last_day(absence, wall).to_string(),
        deputies: deputies(known, Some(absence.person), absence.deputy),
        wrong: None,
    };
    with_typed(kept, known, Some(absence.person), refused)
}

fn new(known: &Known<'_>, refused: Option<&Refused<'_>>) -> AbsenceForm {
    let refused = refused.filter(|(id, ..)| id.is_none());
    let chosen = refused.and_then(|(_, typed, _)| typed.get("person").parse().ok()).unwrap_or(known.me.id);
    let may_enter = |person: &&Person| {
        person.disabled_at.is_none() && (person.id == known.me.id || known.may_enter.contains(&person.id))
    };
    let choice = |person: &Person| {
        let choice = Choice::new(person.id.to_string(), &person.name);
        if person.id == chosen { choice.chosen() } else { choice }
    };
    let people: Vec<Choice> = known.people.iter().filter(may_enter).map(choice).collect();
    let people = if people.len() > 1 { people } else { Vec::new() };
    let empty = AbsenceForm {
        key: "new".to_owned(),
        people,
        deputies: deputies(known, None, None),
        ..AbsenceForm::default()
    };
    with_typed(empty, known, None, refused)
}

/// The form with what was typed last time, and what is wrong with it.
fn with_typed(
    form: AbsenceForm,
    known: &Known<'_>,
    of: Option<PersonId>,
    refused: Option<&Refused<'_>>,
) -> AbsenceForm {
    let Some((_, typed, why)) = refused else { return form };
    AbsenceForm {
        from: typed.get("from").to_owned(),
        until: typed.get("until").to_owned(),
        deputies: deputies(known, of, typed.get("deputy").parse().ok()),
        wrong: Some(why.clone()),
        ..form
    }
}

/// Whoever can stand in: everybody here who sees conversations, or did so before.
fn deputies(known: &Known<'_>, of: Option<PersonId>, chosen: Option<PersonId>) -> Vec<Choice> {
    let nobody = Choice::new("", "Nobody: the leader sees to it");
    let fits = |person: &&Person| {
        let can = person.disabled_at.is_none()
            && (person.role != Role::SupplyOwner || known.me.role == Role::SupplyOwner);
        Some(person.id) != of && (can || chosen == Some(person.id))
    };
    let choice = |person: &Person| {
        let away = known.roster.absence(person.id, known.now).is_some();
        let name = if away { format!("{} (away now)", person.name) } else { person.name.clone() };
        let choice = Choice::new(person.id.to_string(), name);
        if chosen == Some(person.id) { choice.chosen() } else { choice }
    };
    std::iter::once(nobody).chain(known.people.iter().filter(fits).map(choice)).collect()
}

/// Who gets the work while somebody is away, and whether that has to be looked at.
fn work_goes_to(absence: &Absence, known: &Known<'_>) -> (String, bool) {
    let name = |id: PersonId| {
        let person = known.people.iter().find(|person| person.id == id);
        person.map_or("somebody", |person| person.name.as_str())
    };
    let at = absence.from.max(known.now);
    let acting = known.roster.acting(Owner::Person { person: absence.person }, at);
    let acting = acting.filter(|acting| *acting != absence.person);
    match (absence.deputy, acting) {
        (Some(deputy), Some(acting)) if deputy == acting => (format!("{} stands in.", name(deputy)), false),
        (Some(deputy), Some(acting)) => {
            (format!("{} can’t stand in then: the work goes to {}.", name(deputy), name(acting)), true)
        }
        (Some(deputy), None) => {
            (format!("{} can’t stand in then, and there is nobody else.", name(deputy)), true)
        }
        (None, Some(acting)) => (format!("Nobody stands in: the work goes to {}.", name(acting)), true),
        (None, None) => ("Nobody stands in, and there is nobody the work could go to.".to_owned(), true),
    }
}

/// "Mon 23 Nov to Fri 4 Dec", "on Mon 23 Nov"
fn days(absence: &Absence, wall: &Wall) -> String {
    let (first, last) = (wall.zone.to_datetime(absence.from).date(), last_day(absence, wall));
    if last <= first {
        format!("on {}", wall.day(first))
    } else {
        format!("from {} to {}", wall.day(first), wall.day(last))
    }
}

fn last_day(absence: &Absence, wall: &Wall) -> Date {
    let last_moment = absence.until.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(absence.until);
    wall.zone.to_datetime(last_moment).date()
}

/// "Mon 7 Dec 08:00": when they work again.
fn back(absence: &Absence, calendar: &WorkingCalendar, wall: &Wall) -> String {
    let there = calendar.in_zone(wall.zone.clone());
    let calendar = there.as_ref().unwrap_or(calendar);
    wall.moment(calendar.next_opening(absence.until))
}

/// The clock of whoever is away, or else the company's.
fn wall_of(person: PersonId, known: &Known<'_>) -> Wall {
    let own = known.people.iter().find(|one| one.id == person).and_then(|one| one.zone.as_deref());
    let own = own.and_then(|zone| TimeZone::get(zone).ok());
    Wall { now: known.now, zone: own.unwrap_or_else(|| known.calendar.zone().clone()) }
}

fn midnight(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    Some(day.to_zoned(zone.clone()).ok()?.timestamp())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
