//! `forewarn people`.

use super::invite::from_here;
use super::{invite, say};
use crate::cli::{AddPerson, Common, LinkPerson, PeopleCommand};
use crate::clock;
use crate::settings::{Settings, secret_from_environment};
use anyhow::{Context as _, Result, ensure};
use comfy_table::{Table, presets::UTF8_HORIZONTAL_ONLY};
use forewarn_domain::ids::TeamId;
use forewarn_store::Store;
use forewarn_store::people::NewPerson;
use forewarn_store::security_log::What;
use forewarn_web::Passwords;
use jiff::tz::TimeZone;
use std::process::ExitCode;

/// Adds or lists people.
pub(crate) async fn run(common: &Common, command: PeopleCommand) -> Result<ExitCode> {
    let store = super::open(common).await?;
    match command {
        PeopleCommand::Add(add) => add_person(common, &store, add).await?,
        PeopleCommand::List => list(&store).await?,
        PeopleCommand::Link(link) => link_person(common, &store, &link).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn add_person(common: &Common, store: &Store, add: AddPerson) -> Result<()> {
    if let Some(zone) = &add.zone {
        TimeZone::get(zone)
            .with_context(|| format!("“{zone}” is no time zone; write one like Europe/Oslo"))?;
    }
    let password = secret_from_environment("FOREWARN_PASSWORD")?;
    let hash = match password {
        Some(password) => Some(Passwords::new(clock::fresh_ids()).hash(&password, &[&add.email]).await?),
        None => None,
    };
    let now = clock::now();
    let team = team(store, add.team.as_deref()).await?;
    let before_the_at = add.email.split('@').next().unwrap_or_default().to_owned();
    let new = NewPerson {
        name: add.name.unwrap_or(before_the_at),
        role: add.role,
        team,
        phone: add.phone,
        zone: add.zone,
        email: add.email,
    };
    let email = new.email.clone();
    let id = store.add_person(new, now).await?;
    match hash {
        Some(hash) => {
            store.set_password_hash(id, &hash).await?;
            say(&format!("Added {email}, who can sign in now."));
        }
        None => {
            let link = invite::to_choose_a_password(store, id, now).await?;
            let base = Settings::read(common)?.public_url.unwrap_or_default();
            say(&format!("Added {email}. To choose a password, within 7 days: {base}{link}"));
        }
    }
    Ok(())
}

async fn link_person(common: &Common, store: &Store, link: &LinkPerson) -> Result<()> {
    let person = store.person_by_email(&link.email).await?;
    let person = person.with_context(|| format!("Nobody here has the address {}", link.email))?;
    ensure!(person.disabled_at.is_none(), "{} is disabled; bring them back under People first", person.name);
    let now = clock::now();
    if link.without_second_step {
        store.turn_off_second_step(person.id, &from_here(What::SecondStepReset, person.id, now)).await?;
    }
    let path = invite::to_choose_another_password(store, person.id, now).await?;
    let base = Settings::read(common)?.public_url.unwrap_or_default();
    say(&format!("To choose a new password, once, within a day: {base}{path}"));
    Ok(())
}

async fn team(store: &Store, name: Option<&str>) -> Result<TeamId> {
    let teams = store.teams().await?;
    match name {
        None => Ok(teams.first().map_or(TeamId(1), |team| team.id)),
        Some(name) => match teams.iter().find(|team| team.name.eq_ignore_ascii_case(name)) {
            Some(team) => Ok(team.id),
            None => Ok(store.add_team(name).await?),
        },
    }
}

async fn list(store: &Store) -> Result<()> {
    let teams = store.teams().await?;
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_header(["Name", "E-mail", "Role", "Team", "Can sign in"]);
    for person in store.people().await? {
        let team = teams.iter().find(|team| team.id == person.team).map_or("", |team| &team.name);
        let can = if person.disabled_at.is_some() || !person.has_password { "no" } else { "yes" };
        table.add_row([&person.name, &person.email, person.role.name(), team, can]);
    }
    say(&table.to_string());
    Ok(())
}
