//! Letters leave the program once, whatever the mail server does and whoever is killed.

mod coming_in;
mod deaths;
mod notices;
pub(crate) mod office;
mod servers;
mod trials;

use forewarn_domain::letter::LetterState;
use office::{Office, accepted, both};
