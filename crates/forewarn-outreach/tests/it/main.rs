//! What leaves, and what comes back, over real sockets of this machine.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod chatting;
mod handing_over;
mod letters;
mod mails;
mod opening;
mod reading;
mod real_servers;
mod seeds;
mod telling_programs;
