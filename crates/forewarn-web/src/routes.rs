//! Handlers, a file for each page. Thin: what is shown comes from `views`, what is done from the domain.

pub(crate) mod assets;
pub(crate) mod cases;
pub(crate) mod check;
pub(crate) mod contacts;
pub(crate) mod customers;
pub(crate) mod demo;
pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod imports;
pub(crate) mod metrics;
pub(crate) mod not_now;
pub(crate) mod notices;
pub(crate) mod people;
pub(crate) mod promises;
pub(crate) mod quiet;
pub(crate) mod search;
pub(crate) mod security;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod talk;
pub(crate) mod team;
pub(crate) mod today;
pub(crate) mod wall;
