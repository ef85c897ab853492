//! What the pages promise, through HTTP only. A file for each page.

mod app;
mod customers;
mod imports;
mod people;
mod promises;
