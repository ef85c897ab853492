//! What the store promises, told as stories. Each runs on SQLite and on PostgreSQL.

mod accounts;
#[cfg(test)]
mod auditing;
mod changes;
#[cfg(test)]
mod house;
#[cfg(test)]
mod letters;
mod record;
mod scope;
mod signing_in;
mod stating;
mod team;
mod telling;
mod ticking;
mod today;
