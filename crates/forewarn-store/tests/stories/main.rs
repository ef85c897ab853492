//! What the store promises, told as stories. Each runs on SQLite and on PostgreSQL.

mod accounts;
#[cfg(test)]
mod auditing;
#[cfg(test)]
mod backups;
mod changes;
#[cfg(test)]
mod erasing;
#[cfg(test)]
mod giving_up;
#[cfg(test)]
mod house;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod read_only;
mod record;
mod scope;
mod signing_in;
mod stating;
mod team;
mod telling;
mod ticking;
mod today;
#[cfg(test)]
mod webhooks;
