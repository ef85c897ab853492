//! `/customers`: the list, and one with contact, terms, owner and history.

use super::wall::wall;
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::customers::{self as view, Known, TIERS};
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use forewarn_domain::ids::{CustomerId, PersonId};
use forewarn_domain::people::Role;
use forewarn_store::customers::{AssignFailed, Customer, CustomerSettings};
use forewarn_store::people::Person;
use jiff::tz::TimeZone;
use serde::Deserialize;

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/customers", get(list))
        .route("/customers/{id}", get(one))
        .route("/customers/{id}/terms", post(terms))
        .route("/customers/{id}/contact", post(contact))
}

const A_PAGE: u32 = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    q: String,
    after: String,
}

async fn list(
    State(state): State<AppState>,
    me: Me,
    Query(Filters { q, after }): Query<Filters>,
) -> Result<Html<String>, AppError> {
    let q = q.trim();
    let from = Some(after.as_str()).filter(|after| !after.is_empty());
    let found = state.store.customers(me.scope(), q, from, A_PAGE, me.now).await?;
    let shell = me.shell(&state, Place::Customers).await?;
    page(&view::list(shell, q, &found, &after))
}

async fn one(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<CustomerId>,
) -> Result<Html<String>, AppError> {
    let customer = visible(&state, &me, id).await?;
    let relationship = state.store.relationship(me.scope(), id, me.now).await?.unwrap_or_default();
    let owners = possible_owners(&state, &me).await?;
    let known = Known {
        customer: &customer,
        relationship: &relationship,
        policy: &state.store.policy().await?,
        company: &state.store.company().await?.calendar,
        owners: owners.as_deref(),
        may_change: may_change(&me),
        sees_cases: me.scope().sees_conversations(),
    };
    let shell = me.shell(&state, Place::Customers).await?;
    page(&view::one(shell, &known, &wall(&state, &me).await?))
}

async fn terms(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<CustomerId>,
    typed: Typed,
) -> Result<Redirect, AppError> {
    let customer = keep_terms(&state, &me, id, &typed).await?;
    me.say(format!("Kept: this is how {} is treated from now on.", customer.name), None).await?;
    Ok(Redirect::to(&format!("/customers/{id}")))
}

/// Keeps how a customer is treated, and who owns the account.
pub(crate) async fn keep_terms(
    state: &AppState,
    me: &Me,
    id: CustomerId,
    typed: &Typed,
) -> Result<Customer, AppError> {
    let customer = changeable(state, me, id).await?;
    let back = format!("/customers/{id}");
    let settings = with_terms(customer.settings.clone(), typed)
        .map_err(|why| AppError::refused(why, typed.written(), &back))?;
    let owners = possible_owners(state, me).await?;
    // The field is there for those who may assign; empty, it is the inbox.
    if let (Some(owners), Some(owner)) = (owners, typed.all("owner").next()) {
        let to = owner.parse::<PersonId>().ok();
        if to != customer.owner {
            // First, because it alone can be refused.
            assign(&state.outside_of_calls(), me, id, to, &owners, &back).await?;
        }
    }
    state.store.save_customer(me.scope(), id, &settings, me.now).await?;
    Ok(customer)
}

async fn assign(
    state: &AppState,
    me: &Me,
    customer: CustomerId,
    to: Option<PersonId>,
    owners: &[Person],
    back: &str,
) -> Result<(), AppError> {
    if to.is_some_and(|to| owners.iter().all(|owner| owner.id != to)) {
        let why = "This person can’t own the account: choose somebody of your team who is still here.";
        return Err(AppError::refused(why, Vec::new(), back));
    }
    match state.store.assign_customer(customer, to, Some(me.person.id), me.now).await {
        Ok(_moved) => Ok(()),
        Err(AssignFailed::Store(error)) => Err(error.into()),
        Err(refusal) => Err(AppError::refused(refusal.to_string(), Vec::new(), back)),
    }
}

async fn contact(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<CustomerId>,
    typed: Typed,
) -> Result<Redirect, AppError> {
    keep_contact(&state, &me, id, &typed).await?;
    me.say("The contact is kept.", None).await?;
    Ok(Redirect::to(&format!("/customers/{id}")))
}

/// Keeps whom to call at a customer.
pub(crate) async fn keep_contact(
    state: &AppState,
    me: &Me,
    id: CustomerId,
    typed: &Typed,
) -> Result<(), AppError> {
    let customer = changeable(state, me, id).await?;
    let back = format!("/customers/{id}");
    let given = |name: &str| typed.filled(name).map(str::to_owned);
    if given("email").is_some_and(|email| !email.contains('@')) {
        let why = "That is no e-mail address. Write it like name@company.com.";
        return Err(AppError::refused(why, typed.written(), back));
    }
    let settings = CustomerSettings {
        contact: given("name"),
        phone: given("phone"),
        email: given("email"),
        ..customer.settings
    };
    state.store.save_customer(me.scope(), id, &settings, me.now).await?;
    Ok(())
}

async fn visible(state: &AppState, me: &Me, id: CustomerId) -> Result<Customer, AppError> {
    state.store.customer(me.scope(), id, me.now).await?.ok_or(AppError::NotFound)
}

async fn changeable(state: &AppState, me: &Me, id: CustomerId) -> Result<Customer, AppError> {
    let customer = visible(state, me, id).await?;
    if may_change(me) {
        Ok(customer)
    } else {
        let why = "How a customer is treated is for those who talk to them. Ask the owner of the account.";
        Err(AppError::Forbidden(why.to_owned()))
    }
}

fn may_change(me: &Me) -> bool {
    me.scope().sees_conversations()
}

/// Whom this person can give an account to: an admin to everybody, a leader to their team, others to nobody.
async fn possible_owners(state: &AppState, me: &Me) -> Result<Option<Vec<Person>>, AppError> {
    let team = match me.person.role {
        Role::Admin => None,
        Role::Leader => Some(me.person.team),
        Role::Rep | Role::SupplyOwner => return Ok(None),
    };
    let mut people = state.store.people().await?;
    people.retain(|person| {
        let tells = matches!(person.role, Role::Rep | Role::Leader | Role::Admin);
        tells && person.disabled_at.is_none() && team.is_none_or(|team| person.team == team)
    });
    Ok(Some(people))
}

/// The settings with the terms that were typed; what is wrong with them, as a sentence.
fn with_terms(settings: CustomerSettings, typed: &Typed) -> Result<CustomerSettings, String> {
    let zone = typed.filled("zone");
    if let Some(zone) = zone.filter(|zone| TimeZone::get(zone).is_err()) {
        return Err(format!("“{zone}” is no time zone. Write one like Europe/Oslo or America/New_York."));
    }
    let tier = TIERS.iter().find(|(word, ..)| *word == typed.get("tier"));
    Ok(CustomerSettings {
        tolerance_days: days(typed.get("tolerance"), "The tolerance")?,
        reaction_days: days(typed.get("reaction_days"), "The number of reaction days")?,
        tier: tier.map_or(settings.tier, |(.., tier)| *tier),
        zone: zone.map(str::to_owned),
        place: typed.filled("city").map(str::to_owned),
        ..settings
    })
}

const MOST_DAYS: i32 = 250;

fn days(text: &str, what: &str) -> Result<Option<i32>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let days = text.parse().ok().filter(|days| (0..=MOST_DAYS).contains(days));
    let fix = "Write a number of working days from 0 to 250, or leave it empty.";
    days.map(Some).ok_or_else(|| format!("{what} is “{text}”. {fix}"))
}
