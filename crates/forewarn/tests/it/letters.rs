//! Letters leave the program once, whatever the mail server does and whoever is killed.

mod coming_in;
mod deaths;
mod notices;
mod office;
mod servers;

use forewarn_domain::letter::LetterState;
use office::{Office, accepted, both};
