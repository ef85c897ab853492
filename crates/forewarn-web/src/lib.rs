//! The pages of Forewarn, and the JSON behind them: [`router`] over an [`AppState`].
//!
//! No SQL and no reading of files here: a page asks the store, an act goes to the domain through the
//! store, and an upload becomes a row that a job picks up.

mod answer;
pub mod assets;
mod error;
pub mod links;
mod me;
pub mod pages;
mod passwords;
mod router;
mod routes;
mod session;
mod sign_in_limits;
mod state;
mod typed;
mod views;
mod watch;

pub use passwords::{NoPassword, Passwords, SHORTEST};
pub use router::router;
pub use state::{AppState, Clock, FreshIds, ImportProgress, Mode};
pub use watch::{Figures, Readers, Watch};
