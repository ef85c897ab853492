//! The only SQL of Forewarn: one file per noun, over SQLite or PostgreSQL with one code base.
//!
//! [`Store`] is the door. Reads take a [`Scope`](forewarn_domain::people::Scope): what a person may see is
//! decided in the query. A change is made in one transaction, events, rows and obligations together.

mod db;
mod error;
mod location;
mod migrations;

pub use db::{Engine, Store};
pub use error::StoreError;
pub use location::{Location, ServeLock};
