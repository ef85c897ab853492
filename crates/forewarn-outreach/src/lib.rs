//! The only talking out of Forewarn, a folder a door: letters to customers and notices to our own people over
//! [`smtp`], what comes back over [`imap`], notices over [`chat`] and messages to other programs over [`webhook`] (both
//! through the guarded [`http`]). Signing in through a company's own provider is [`oidc`]. [`mime`] makes
//! the text of a mail.
//!
//! Nothing here decides whether something may leave: that is the domain's and the store's. Nothing here reads
//! a clock or makes random numbers.

pub mod chat;
pub mod http;
pub mod imap;
pub mod mime;
pub mod oidc;
pub mod smtp;
mod tls;
pub mod webhook;
mod wire;
