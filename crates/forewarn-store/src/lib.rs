//! The only SQL of Forewarn: one file per noun, over SQLite or PostgreSQL with one code base.
//!
//! [`Store`] is the door. Reads take a [`Scope`](forewarn_domain::people::Scope): what a person may see is
//! decided in the query. A change is made in one transaction, events, rows and obligations together.

pub mod cases;
mod columns;
mod db;
mod error;
pub mod importing;
mod judging;
mod location;
mod migrations;
mod names;
mod scope;
pub mod settings;
mod terms;

pub use db::{Engine, Store};
pub use error::StoreError;
pub use location::{Location, ServeLock};
