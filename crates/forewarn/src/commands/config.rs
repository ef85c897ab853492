//! `forewarn config`: which settings hold, and whether they can be read.

mod redacted;

use super::doctor::Finding;
use super::say;
use crate::cli::{Common, Config, ConfigCommand};
use crate::settings::sign_in::SigningIn;
use crate::settings::watching::Watching;
use crate::settings::{Settings, mail};
use anyhow::{Context as _, Result, bail};
use forewarn_store::examined::look_at;
use serde_json::{Map, Value, json};
use std::process::ExitCode;

/// Prints the settings, or looks whether they can be read.
pub(crate) async fn run(common: &Common, config: Config) -> Result<ExitCode> {
    match config.command {
        ConfigCommand::Dump(dump) => self::dump(common, dump.json).await,
        ConfigCommand::Check => check(common),
    }
}

/// The settings, as far as they can be read, and what the doctor says about them.
pub(super) fn examine(common: &Common) -> (Settings, Vec<Finding>) {
    let settings = match Settings::read(common) {
        Ok(settings) => settings,
        Err(error) => return (Settings::default(), vec![bad(&error)]),
    };
    let base = settings.public_url.clone().unwrap_or_else(|| format!("http://{}", settings.listening(None)));
    let tried = [
        settings.location(common).err(),
        mail::overrides().err(),
        Watching::read(&settings, settings.public_url.as_deref()).err(),
        SigningIn::read(&settings, &base).err(),
    ];
    let wrong: Vec<Finding> = tried.iter().flatten().map(bad).collect();
    let good = || vec![Finding::good("settings", "The settings can be read.")];
    (settings, if wrong.is_empty() { good() } else { wrong })
}

fn bad(error: &anyhow::Error) -> Finding {
    Finding::bad("settings", format!("{error:#}."), "`forewarn config dump` shows what is set.")
}

/// Fails with all that is wrong.
fn check(common: &Common) -> Result<ExitCode> {
    let (_, findings) = examine(common);
    let wrong: Vec<String> = findings.iter().filter(|found| !found.is_good()).map(Finding::line).collect();
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    say("The settings can be read.");
    Ok(ExitCode::SUCCESS)
}

/// From the last word to the first: variables and arguments, the file, what is saved in the database.
async fn dump(common: &Common, as_json: bool) -> Result<ExitCode> {
    let settings = Settings::read(common)?;
    let location = settings.location(common)?;
    let typed = std::env::var("FOREWARN_LISTEN").ok().map(|typed| typed.parse());
    let typed = typed.transpose().context("FOREWARN_LISTEN must be an address and a port")?;
    let saved = match look_at(&location).await {
        Ok(store) => match store.mail_settings().await {
            Ok(mail) => json!({ "mail": mail }),
            Err(error) => json!({ "unreadable": error.to_string() }),
        },
        Err(_) => Value::Null,
    };
    let variables = std::env::vars().filter(|(name, _)| name.starts_with("FOREWARN_"));
    let variables: Map<String, Value> = variables.map(|(name, value)| (name, Value::from(value))).collect();
    let parts = [
        ("arguments_and_variables", redacted::all(Value::Object(variables))),
        ("file", redacted::all(Settings::file_as_json(common)?)),
        ("saved", redacted::all(saved)),
        (
            "holds",
            json!({
                "data": settings.data_folder(common), "database": location.shown(),
                "listen": settings.listening(typed).to_string(),
            }),
        ),
    ];
    if as_json {
        let parts: Map<String, Value> =
            parts.into_iter().map(|(name, part)| (name.to_owned(), part)).collect();
        say(&Value::Object(parts).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    for (name, part) in parts {
        say(&format!("# {}", heading(name)));
        redacted::lines(&part).iter().for_each(|line| say(line));
    }
    Ok(ExitCode::SUCCESS)
}

fn heading(part: &str) -> &'static str {
    match part {
        "arguments_and_variables" => "Variables. They come before the file.",
        "file" => "The settings file. It comes before what is saved.",
        "saved" => "Saved under Settings, in the database.",
        _ => "Where it is, then. (Arguments come before all.)",
    }
}
