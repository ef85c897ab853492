//! What every page shows. A page is one HTML file under `templates/` and one struct here: plain
//! values that are ready to be shown, with samples. Nothing in here looks anything up, formats a
//! date or decides what is urgent; the handlers do, and hand the result over.

pub mod api;
pub mod case;
pub mod chart;
pub mod contacts;
pub mod customers;
pub mod import;
pub mod letters;
pub mod notices;
pub mod people;
pub mod problem;
pub mod promises;
pub mod second_step;
pub mod security;
pub mod settings;
pub mod shell;
pub mod sign_in;
pub mod talk;
pub mod team;
pub mod today;
pub mod tone;
pub mod words;

mod gallery;
pub use gallery::gallery;
