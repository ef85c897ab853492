//! From what the store and the domain know to what a page shows. Pure functions: no lookups, no clock.

pub(crate) mod api;
pub(crate) mod case;
pub(crate) mod clocks;
pub(crate) mod contacts;
pub(crate) mod customers;
pub(crate) mod draft;
pub(crate) mod ics;
pub(crate) mod import;
pub(crate) mod letters;
pub(crate) mod notices;
pub(crate) mod people;
pub(crate) mod percent;
pub(crate) mod promises;
pub(crate) mod quiet;
pub(crate) mod read;
pub(crate) mod scene;
pub(crate) mod security;
pub(crate) mod settings;
pub(crate) mod sheet;
pub(crate) mod shown;
pub(crate) mod talk;
pub(crate) mod team;
pub(crate) mod today;
pub(crate) mod wording;
