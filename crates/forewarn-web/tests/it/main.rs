//! What the pages promise, through HTTP only. A file for each page.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can’t go on fails")]

mod access;
mod any_commands;
mod api;
mod app;
mod cases;
mod composed;
mod contacts;
mod customers;
mod elsewhere;
mod headers;
mod health;
mod history;
mod imports;
mod internal_text;
mod letters;
mod notices;
mod people;
mod promises;
mod provider;
mod second_step;
mod settings;
mod sign_in;
mod sign_in_security;
mod talk;
mod team;
mod today;
mod wording;
