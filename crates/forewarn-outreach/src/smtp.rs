//! A mail to a server, command by command (RFC 5321), so that the moment before the final dot is ours.
//!
//! Until the dot a server has taken nothing, and all trouble means "try again later". After the dot without an
//! answer nobody can know: [`HandOver::Unknown`]. So [`Connection::hand_over`] asks its caller between the last
//! byte of the text and the dot, which is where the store compares and sets.

mod answer;
mod connection;
mod conversation;
mod server;
mod trouble;

pub use answer::Answer;
pub use connection::{Connection, Envelope, HandOver};
pub use server::{Login, Patience, Security, Server};
pub use trouble::{Cause, Phase, Trouble};
