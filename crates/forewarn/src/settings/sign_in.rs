//! What whoever runs the program says about signing in.

use super::Settings;
use anyhow::{Context as _, Result, ensure};
use forewarn_outreach::http::Network;
use forewarn_web::{SessionLimits, TrustedProxies};
use jiff::SignedDuration;

/// How people sign in.
#[derive(Debug, Clone, Default)]
pub(crate) struct SigningIn {
    /// Whose word on where a request comes from is taken.
    pub(crate) proxies: TrustedProxies,
    /// When sessions end by themselves.
    pub(crate) sessions: SessionLimits,
}

impl SigningIn {
    /// From `FOREWARN_TRUSTED_PROXIES` (networks, with commas between them), `FOREWARN_SESSION_IDLE_MINUTES` and
    /// `FOREWARN_SESSION_LONGEST_HOURS`, or from the settings file.
    pub(crate) fn read(settings: &Settings) -> Result<Self> {
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
        Ok(Self { proxies: proxies(settings)?, sessions })
    }
}

fn proxies(settings: &Settings) -> Result<TrustedProxies> {
    let from_environment = std::env::var("FOREWARN_TRUSTED_PROXIES").ok();
    let from_environment = from_environment.map(|list| list.split(',').map(str::to_owned).collect());
    let written: Vec<String> =
        from_environment.or_else(|| settings.trusted_proxies.clone()).unwrap_or_default();
    let networks = written.iter().filter(|one| !one.trim().is_empty()).map(|one| one.parse::<Network>());
    let networks: Result<Vec<_>, _> = networks.collect();
    Ok(TrustedProxies::within(networks.context("trusted_proxies (FOREWARN_TRUSTED_PROXIES) has a mistake")?))
}

fn number(name: &str) -> Result<Option<u32>> {
    let Ok(text) = std::env::var(name) else { return Ok(None) };
    let number = text.trim().parse();
    Ok(Some(number.with_context(|| format!("{name} must be a whole number, not “{text}”"))?))
}
