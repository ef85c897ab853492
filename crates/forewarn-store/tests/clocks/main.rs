//! Clocks, told as stories: time is advanced, and exactly these messages reach exactly these people. Any other
//! fails. Each runs on SQLite and on PostgreSQL.

mod absences;
mod acknowledging;
#[cfg(test)]
mod any_time;
#[path = "../stories/house.rs"]
#[cfg(test)]
mod house;
mod ladders;
mod reaching;
mod supply;
mod watch;
