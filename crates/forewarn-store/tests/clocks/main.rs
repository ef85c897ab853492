//! Clocks, told as stories: time is advanced, and exactly these messages reach exactly these people. Any other
//! fails. Each runs on SQLite and on PostgreSQL.

#[cfg(test)]
mod absences;
#[cfg(test)]
mod acknowledging;
#[cfg(test)]
mod any_time;
#[cfg(test)]
#[expect(dead_code, reason = "these stories need a part of the house")]
#[path = "../stories/house.rs"]
mod house;
#[cfg(test)]
mod ladders;
#[cfg(test)]
mod reaching;
#[cfg(test)]
mod supply;
#[cfg(test)]
mod watch;
#[cfg(test)]
mod weekly;
