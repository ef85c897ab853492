//! The program from outside: what is typed, what is printed, what survives.

mod browser;
mod check;
mod explain;
mod imports;
mod kills;
mod reports;
mod letters;
mod mail_test;
