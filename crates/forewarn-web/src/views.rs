//! From what the store and the domain know to what a page shows. Pure functions: no lookups, no clock.

pub(crate) mod percent;
