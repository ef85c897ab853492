//! The pages of Forewarn, and the JSON behind them: [`router`] over an [`AppState`].
//!
//! No SQL and no reading of files here: a page asks the store, an act goes to the domain through the
//! store, and an upload becomes a row that a job picks up.

mod answer;
mod api;
pub mod assets;
mod attempt;
mod browser_rules;
mod client;
mod elsewhere;
mod error;
pub mod history;
pub mod links;
mod me;
pub mod pages;
mod passwords;
mod pending;
mod problem;
mod read_only;
mod router;
mod routes;
mod second_step;
mod session;
mod sign_in_limits;
mod state;
mod stop;
mod table;
mod typed;
mod views;
mod watch;

pub use api::openapi;
pub use client::TrustedProxies;
pub use elsewhere::Elsewhere;
pub use passwords::{Busy, NoPassword, Passwords, SHORTEST};
pub use router::{addresses, router};
pub use session::SessionLimits;
pub use state::{AppState, Clock, FreshIds, ImportProgress, Mode};
pub use stop::Stop;
pub use watch::{Figures, Readers, Watch};
