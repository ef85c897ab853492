//! What whoever runs the program says about signing in.

use super::{Settings, secret, secret_from_environment};
use anyhow::{Context as _, Result, bail, ensure};
use forewarn_outreach::http::Network;
use forewarn_outreach::oidc::{Provider, ProviderSettings};
use forewarn_web::{Elsewhere, SessionLimits, TrustedProxies};
use jiff::SignedDuration;
use serde::Deserialize;
use std::path::PathBuf;

/// The company's own provider of sign-ins (OpenID Connect), as the table `[oidc]` of the settings file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Oidc {
    /// Its address, exactly as it calls itself. Without it there is none.
    pub(crate) issuer: Option<String>,
    /// Who Forewarn is to it.
    pub(crate) client_id: Option<String>,
    /// The secret that Forewarn has with it.
    pub(crate) client_secret: Option<String>,
    /// A file that holds that secret.
    pub(crate) client_secret_file: Option<PathBuf>,
    /// What the button says: "Sign in with …".
    pub(crate) name: Option<String>,
    /// Networks of our own that it may be in; otherwise it has to be public.
    pub(crate) allowed_networks: Option<Vec<String>>,
    /// No passwords: this is the only way in.
    pub(crate) only: Option<bool>,
    /// Whoever it knows and nobody has added gets an account, as a rep.
    pub(crate) add_people: Option<bool>,
}

/// How people sign in.
#[derive(Debug, Default)]
pub(crate) struct SigningIn {
    /// Whose word on where a request comes from is taken.
    pub(crate) proxies: TrustedProxies,
    /// When sessions end by themselves.
    pub(crate) sessions: SessionLimits,
    /// The company's own provider.
    pub(crate) elsewhere: Option<Elsewhere>,
}

impl SigningIn {
    /// From the environment or else from the settings file: `FOREWARN_TRUSTED_PROXIES` (networks, with commas
    /// between them), `FOREWARN_SESSION_IDLE_MINUTES`, `FOREWARN_SESSION_LONGEST_HOURS`, and `FOREWARN_OIDC_ISSUER`,
    /// `_CLIENT_ID`, `_CLIENT_SECRET` (or `_CLIENT_SECRET_FILE`), `_NAME`, `_ALLOWED_NETWORKS`, `_ONLY` and
    /// `_ADD_PEOPLE` (true or false). People reach this program at `base`.
    pub(crate) fn read(settings: &Settings, base: &str) -> Result<Self> {
        let usual = SessionLimits::default();
        let idle = number("FOREWARN_SESSION_IDLE_MINUTES")?.or(settings.session_idle_minutes);
        let longest = number("FOREWARN_SESSION_LONGEST_HOURS")?.or(settings.session_longest_hours);
        let sessions = SessionLimits {
            idle: idle.map_or(usual.idle, |minutes| SignedDuration::from_mins(minutes.into())),
            longest: longest.map_or(usual.longest, |hours| SignedDuration::from_hours(hours.into())),
        };
        ensure!(
            sessions.idle.is_positive() && sessions.longest.is_positive(),
            "session_idle_minutes and session_longest_hours must be 1 or more: with 0 nobody stays signed in"
        );
        let proxies =
            networks("FOREWARN_TRUSTED_PROXIES", "trusted_proxies", settings.trusted_proxies.as_ref())?;
        let elsewhere = elsewhere(&settings.oidc, base)?;
        Ok(Self { proxies: TrustedProxies::within(proxies), sessions, elsewhere })
    }
}

fn elsewhere(oidc: &Oidc, base: &str) -> Result<Option<Elsewhere>> {
    let Some(issuer) = text("FOREWARN_OIDC_ISSUER").or_else(|| oidc.issuer.clone()) else { return Ok(None) };
    let client_id = text("FOREWARN_OIDC_CLIENT_ID").or_else(|| oidc.client_id.clone());
    let client_id =
        client_id.context("oidc.issuer is set, and oidc.client_id (FOREWARN_OIDC_CLIENT_ID) is not")?;
    let client_secret =
        match (secret_from_environment("FOREWARN_OIDC_CLIENT_SECRET")?, &oidc.client_secret_file) {
            (Some(secret), _) => Some(secret),
            (None, Some(path)) => Some(secret(path)?),
            (None, None) => oidc.client_secret.clone(),
        };
    let allowed_names = oidc.allowed_networks.as_ref();
    let allowed = networks("FOREWARN_OIDC_ALLOWED_NETWORKS", "oidc.allowed_networks", allowed_names)?;
    let back_to = format!("{}/sign-in/elsewhere", base.trim_end_matches('/'));
    let provider = Provider::new(ProviderSettings { issuer, client_id, client_secret, back_to, allowed });
    Ok(Some(Elsewhere {
        provider: provider.context("oidc can't be set up")?,
        name: text("FOREWARN_OIDC_NAME")
            .or_else(|| oidc.name.clone())
            .unwrap_or_else(|| "your company’s account".to_owned()),
        only: yes_or_no("FOREWARN_OIDC_ONLY")?.or(oidc.only).unwrap_or(false),
        add_people: yes_or_no("FOREWARN_OIDC_ADD_PEOPLE")?.or(oidc.add_people).unwrap_or(false),
    }))
}

/// Networks from a variable, with commas between them, or else from the settings file.
fn networks(variable: &str, key: &str, written: Option<&Vec<String>>) -> Result<Vec<Network>> {
    let from_environment = text(variable).map(|list| list.split(',').map(str::to_owned).collect());
    let written: Vec<String> = from_environment.or_else(|| written.cloned()).unwrap_or_default();
    let networks = written.iter().filter(|one| !one.trim().is_empty()).map(|one| one.parse::<Network>());
    let networks: Result<Vec<_>, _> = networks.collect();
    networks.with_context(|| format!("{key} ({variable}) has a mistake"))
}

fn text(name: &str) -> Option<String> {
    std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn number(name: &str) -> Result<Option<u32>> {
    let Some(text) = text(name) else { return Ok(None) };
    let number = text.parse();
    Ok(Some(number.with_context(|| format!("{name} must be a whole number, not “{text}”"))?))
}

fn yes_or_no(name: &str) -> Result<Option<bool>> {
    Ok(match text(name).as_deref() {
        None => None,
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(other) => bail!("{name} must be true or false, not “{other}”"),
    })
}
