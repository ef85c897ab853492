//! Letters to a customer and what comes back: written, on their way, and ended.

mod form;
mod mailed;
mod one;
mod write;

pub use form::{Leaves, LetterForm};
pub use mailed::{LetterActs, LetterRow, Letters, Mailed, ReplyRow};
pub use one::LetterPage;
pub use write::{NextWordChoice, WritePage};
