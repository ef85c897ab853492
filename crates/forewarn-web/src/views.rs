//! From what the store and the domain know to what a page shows. Pure functions: no lookups, no clock.

pub(crate) mod clocks;
pub(crate) mod customers;
pub(crate) mod import;
pub(crate) mod people;
pub(crate) mod percent;
pub(crate) mod promises;
pub(crate) mod quiet;
pub(crate) mod shown;
pub(crate) mod today;
