//! What the pages promise, through HTTP only. A file for each page.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can’t go on fails")]

mod app;
mod cases;
mod composed;
mod customers;
mod health;
mod imports;
mod internal_text;
mod letters;
mod notices;
mod people;
mod promises;
mod settings;
mod sign_in;
mod talk;
mod team;
mod today;
mod wording;
