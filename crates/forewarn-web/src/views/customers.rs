//! Customers as rows, and one with contact, terms, record and history.

use super::shown::{Wall, address, count};
use crate::pages::customers::{ContactRow, CustomerPage, CustomerRow, CustomersPage, Terms};
use crate::pages::shell::Shell;
use crate::pages::sign_in::FieldError;
use crate::pages::tone::{Chip, Choice, Tone};
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::policy::{Policy, Tier};
use forewarn_domain::severity::Temperature;
use forewarn_store::Page;
use forewarn_store::cases::CaseSummary;
use forewarn_store::customers::Customer;
use forewarn_store::people::Person;
use forewarn_store::relationship::Relationship;
use jiff::tz::TimeZone;

/// How much a customer weighs, as it is sent and read.
pub(crate) const TIERS: [(&str, &str, Tier); 3] = [
    ("key", "Key", Tier::Key),
    ("standard", "Standard", Tier::Standard),
    ("occasional", "Occasional", Tier::Occasional),
];

/// The list.
pub(crate) fn list(shell: Shell, search: &str, found: &Page<Customer>, after: &str) -> CustomersPage {
    let rows = found.rows.len() as u64;
    let matching = if search.is_empty() { String::new() } else { format!(" match “{search}”") };
    let all = found.next.is_none() && after.is_empty();
    let summary = match (all, rows) {
        (_, 0) => format!("No customers{matching}"),
        (true, rows) => format!("{}{matching}", count(rows, "customer", "customers")),
        (false, rows) => format!("{rows} of many{matching}, by name"),
    };
    CustomersPage {
        summary,
        query: search.to_owned(),
        rows: found.rows.iter().map(row).collect(),
        next_page: found
            .next
            .as_deref()
            .map(|after| address("/customers", &[("q", search), ("after", after)])),
        shell,
    }
}

fn row(customer: &Customer) -> CustomerRow {
    CustomerRow {
        href: format!("/customers/{}", customer.id),
        name: customer.name.clone(),
        owner: owner(customer),
        open_lines: customer.open_promises.to_string(),
        slipping: (customer.late_promises > 0)
            .then(|| Chip::new(format!("{} slipping", customer.late_promises), Tone::Urgent)),
    }
}

fn owner(customer: &Customer) -> String {
    match (&customer.owner_name, &customer.report_owner) {
        (Some(name), _) => name.clone(),
        (None, Some(name)) => format!("team inbox ({name} in the report)"),
        (None, None) => "team inbox".to_owned(),
    }
}

/// What a page about one customer is made of.
pub(crate) struct Known<'a> {
    pub(crate) customer: &'a Customer,
    pub(crate) relationship: &'a Relationship,
    pub(crate) policy: &'a Policy,
    pub(crate) company: &'a WorkingCalendar,
    /// Who could own the account; `None` for a reader who can't assign it.
    pub(crate) owners: Option<&'a [Person]>,
    pub(crate) may_change: bool,
    pub(crate) sees_cases: bool,
}

/// One customer.
pub(crate) fn one(shell: Shell, known: &Known<'_>, wall: &Wall) -> CustomerPage {
    let Known { customer, relationship, .. } = known;
    let href = format!("/customers/{}", customer.id);
    let cases: &[CaseSummary] = if known.sees_cases { &relationship.cases } else { &[] };
    let open = cases.iter().find(|case| case.closed_at.is_none());
    let ended = cases.iter().filter(|case| case.closed_at.is_some());
    CustomerPage {
        name: customer.name.clone(),
        place: Some(local_time(known, wall)),
        chips: chips(customer, relationship),
        open_case: open.map(|case| (format!("/cases/{}", case.id), says(case, wall))),
        contact: contact(customer),
        terms: terms(known),
        record: record(relationship, wall),
        history: ended
            .map(|case| (format!("/cases/{}", case.id), wall.moment(case.opened_at), says(case, wall)))
            .collect(),
        calendar_href: format!("/settings/calendars/customer-{}", customer.id),
        promises_href: address("/promises", &[("customer", &customer.id.to_string()), ("state", "all")]),
        href,
        shell,
    }
}

/// "09:10 in Bergen, open"
fn local_time(known: &Known<'_>, wall: &Wall) -> String {
    let settings = &known.customer.settings;
    let own = settings.calendar.clone();
    let there = settings.zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
    let calendar =
        own.or_else(|| known.company.in_zone(there?).ok()).unwrap_or_else(|| known.company.clone());
    let time = calendar.zone().to_datetime(wall.now).strftime("%H:%M").to_string();
    let zone = calendar.zone_name().rsplit('/').next().unwrap_or_default().replace('_', " ");
    let place = settings.place.clone().unwrap_or(zone);
    let open = if calendar.is_open(wall.now) { "open" } else { "closed" };
    format!("{time} in {place}, {open}")
}

fn chips(customer: &Customer, relationship: &Relationship) -> Vec<Chip> {
    let tier = match customer.settings.tier {
        Tier::Key => Some(Chip::new("Key customer", Tone::Calm)),
        Tier::Occasional => Some(Chip::new("Buys now and then", Tone::Quiet)),
        Tier::Standard => None,
    };
    let felt = relationship.temperatures.last().map(|(_, temperature)| match temperature {
        Temperature::Calm => Chip::new("Calm", Tone::Quiet),
        Temperature::Concerned => Chip::new("Concerned", Tone::Calm),
        Temperature::Upset => Chip::new("Upset", Tone::Watch),
        Temperature::Furious => Chip::new("Furious", Tone::Urgent),
    });
    tier.into_iter().chain(felt).collect()
}

/// "6 lines, worst +21 days, told Mon 9 Nov 08:12"
fn says(case: &CaseSummary, wall: &Wall) -> String {
    let lines = count(u64::from(case.lines), "line", "lines");
    let slip = match (case.no_date, case.worst_slip_days) {
        (true, _) => ", no date".to_owned(),
        (false, days) if days > 0 => {
            format!(", worst +{}", count(u64::from(days.unsigned_abs()), "day", "days"))
        }
        (false, _) => String::new(),
    };
    let told =
        case.first_told_at.map_or_else(|| "not told".to_owned(), |at| format!("told {}", wall.moment(at)));
    let round = if case.round > 1 { format!(", round {}", case.round) } else { String::new() };
    let closed = case.closed_at.map_or_else(String::new, |at| format!(", closed {}", wall.moment(at)));
    format!("{lines}{slip}{round}, {told}{closed}")
}

fn contact(customer: &Customer) -> Option<ContactRow> {
    let settings = &customer.settings;
    let known = settings.contact.is_some() || settings.phone.is_some() || settings.email.is_some();
    known.then(|| ContactRow {
        name: settings.contact.clone().unwrap_or_default(),
        phone: settings.phone.clone().map(|shown| (dialled(&shown), shown)),
        email: settings.email.clone(),
    })
}

/// A phone number as a `tel:` link dials it.
pub(crate) fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

fn terms(known: &Known<'_>) -> Terms {
    let Known { customer, policy, .. } = known;
    let settings = &customer.settings;
    let tier = TIERS.iter().find(|(.., tier)| *tier == settings.tier).map_or("standard", |(word, ..)| word);
    let tiers = TIERS.map(|(word, label, _)| (word, label));
    let shown = |days: Option<i32>| days.map_or_else(String::new, |days| days.to_string());
    let chosen = customer.owner.map_or_else(String::new, |owner| owner.to_string());
    let inbox = Choice::new("", "Team inbox");
    let people = known.owners.unwrap_or_default().iter();
    let people = people.map(|person| Choice::new(person.id.to_string(), &person.name));
    Terms {
        tolerance: shown(settings.tolerance_days),
        usual_tolerance: policy.tolerance_days.to_string(),
        reaction_days: shown(settings.reaction_days),
        usual_reaction_days: policy.reaction_days.to_string(),
        tiers: Choice::list(&tiers, tier),
        zone: settings.zone.clone().unwrap_or_default(),
        city: settings.place.clone().unwrap_or_default(),
        owners: std::iter::once(inbox)
            .chain(people)
            .map(|choice| if choice.value == chosen { choice.chosen() } else { choice })
            .collect(),
        can_change: known.may_change,
        can_assign: known.owners.is_some(),
        wrong: Vec::<FieldError>::new(),
    }
}

fn record(relationship: &Relationship, wall: &Wall) -> Vec<(String, String)> {
    let delivered = relationship.delivered;
    let share = |kept: u32| match delivered {
        0 => "nothing has arrived yet".to_owned(),
        all => format!("{} % of {all}", (f64::from(kept) * 100.0 / f64::from(all)).round()),
    };
    let apologies = relationship.apologies.len() as u64;
    let last =
        relationship.apologies.last().map_or_else(String::new, |at| format!(", last {}", wall.moment(*at)));
    vec![
        ("On time, first promise".to_owned(), share(relationship.on_first_promise)),
        ("On time, last promise".to_owned(), share(relationship.on_current_promise)),
        ("Apologies".to_owned(), format!("{apologies}{last}")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_domain::ids::{CustomerId, PersonId, TeamId};
    use forewarn_store::customers::CustomerSettings;
    use uuid::Uuid;

    fn customer() -> Customer {
        Customer {
            id: CustomerId(3),
            name: "Halvorsen Marine".into(),
            owner: Some(PersonId(1)),
            owner_name: Some("Jon Eide".into()),
            report_owner: Some("JEIDE".into()),
            team: TeamId(1),
            settings: CustomerSettings {
                tolerance_days: Some(0),
                zone: Some("Europe/Oslo".into()),
                place: Some("Bergen".into()),
                contact: Some("Anna".into()),
                phone: Some("+47 55 55 01 90".into()),
                ..CustomerSettings::default()
            },
            open_promises: 6,
            late_promises: 2,
            open_cases: 1,
        }
    }

    fn page(customer: &Customer, owners: Option<&[Person]>) -> CustomerPage {
        let wall = Wall { now: "2026-11-09T08:10:00Z".parse().unwrap(), zone: TimeZone::UTC };
        let relationship = Relationship {
            delivered: 46,
            on_first_promise: 42,
            on_current_promise: 44,
            apologies: vec![wall.now],
            temperatures: vec![(wall.now, Temperature::Upset)],
            ..Relationship::default()
        };
        let known = Known {
            customer,
            relationship: &relationship,
            policy: &Policy::default(),
            company: &WorkingCalendar::default(),
            owners,
            may_change: true,
            sees_cases: true,
        };
        one(Shell::outside(Uuid::nil()), &known, &wall)
    }

    #[test]
    fn a_customer_is_shown_with_their_own_time_and_how_to_call_them() {
        let page = page(&customer(), None);
        assert_eq!(page.place.as_deref(), Some("09:10 in Bergen, open"));
        let contact = page.contact.unwrap();
        assert_eq!(contact.phone.unwrap(), ("+4755550190".to_owned(), "+47 55 55 01 90".to_owned()));
        assert_eq!(page.record[0].1, "91 % of 46");
        assert_eq!(page.chips[0].text, "Upset");
    }

    #[test]
    fn no_tolerance_of_their_own_is_empty_and_zero_is_zero() {
        let known = page(&customer(), None).terms;
        assert_eq!((known.tolerance.as_str(), known.reaction_days.as_str()), ("0", ""));
        assert!(!known.can_assign);
    }

    #[test]
    fn a_customer_that_nobody_owns_says_whom_the_report_names() {
        let nobodys = Customer { owner: None, owner_name: None, ..customer() };
        assert_eq!(row(&nobodys).owner, "team inbox (JEIDE in the report)");
        let terms = page(&nobodys, Some(&[])).terms;
        assert!(terms.owners[0].chosen && terms.can_assign);
    }
}
