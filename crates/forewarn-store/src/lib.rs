//! The only SQL of Forewarn: one file per noun, over SQLite or PostgreSQL with one code base.
//!
//! [`Store`] is the door. Reads take a [`Scope`](forewarn_domain::people::Scope): what a person may see is
//! decided in the query. A change is made in one transaction, events, rows and obligations together.

pub mod absences;
pub mod auditor;
pub mod backup;
pub mod calendars;
pub mod calls;
pub mod cases;
mod columns;
pub mod customers;
pub mod days_off;
mod db;
pub mod erasing;
mod error;
pub mod evidence;
pub mod examined;
pub mod failpoints;
pub mod history;
pub mod identities;
pub mod importing;
mod judging;
pub mod letters;
pub mod links;
mod location;
mod migrations;
pub mod notices;
pub mod obligations;
mod page;
pub mod passwords;
pub mod people;
pub mod plans;
pub mod profiles;
pub mod promises;
mod recompute;
pub mod relationship;
pub mod replies;
mod roster;
mod scope;
pub mod second_steps;
pub mod security_log;
pub mod sessions;
pub mod settings;
mod standing_in;
pub mod team_view;
pub mod teams;
mod terms;
pub mod today;
pub mod tokens;
pub mod webhooks;
mod weekly;
pub mod wording;

pub use db::{Engine, NotWritable, Store};
pub use error::StoreError;
pub use location::{Location, ServeLock, make_folder};
pub use page::Page;
