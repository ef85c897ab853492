//! What tests stand on: a throw-away PostgreSQL ([`Postgres`]), a clock one can set ([`TestClock`]), a mail
//! server that does what it is told ([`FakeSmtp`]) and the `forewarn` program in a temporary folder ([`Forewarn`]).
//!
//! A dev-dependency only (and of `xtask`, which starts the same things for a whole run). It knows no crate of
//! the product, so that every one of them may use it.

mod account;
mod certificate;
mod clock;
mod cluster;
mod fake_chat;
mod fake_smtp;
mod forewarn_program;
mod mail_servers;
mod postgres;
mod readiness;
mod server_programs;
mod shared_cluster;

pub use certificate::Certificate;
pub use clock::TestClock;
pub use cluster::{Cluster, Durability};
pub use fake_chat::{FakeChat, Posted, Reply};
pub use fake_smtp::{Deed, FakeSmtp, Moment, Protection, Script, Setup, Taken};
pub use forewarn_program::{Finished, Forewarn, Running, Served};
pub use mail_servers::{MAIL_SERVERS_HOW_TO_INSTALL, MailServers, mail_servers_are_there};
pub use postgres::{FreshDatabase, POSTGRES_VARIABLE, Postgres};
pub use readiness::{free_port, wait_until_ready};
pub use server_programs::{HOW_TO_INSTALL, ServerPrograms};
