//! The settings: what each number does, with real days, and how each part stands.

pub(crate) mod absences;
pub(crate) mod calendar;
pub(crate) mod calendars;
pub(crate) mod chat;
pub(crate) mod escalation;
pub(crate) mod file;
pub(crate) mod index;
pub(crate) mod mail;
pub(crate) mod policy;
pub(crate) mod reach;
pub(crate) mod teams;
pub(crate) mod tokens;
pub(crate) mod webhooks;
pub(crate) mod week;
pub(crate) mod wording;
