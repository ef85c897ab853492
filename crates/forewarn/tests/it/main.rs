//! The program from outside: what is typed, what is printed, what survives.

mod audit;
mod browser;
mod check;
mod explain;
mod health;
mod imports;
mod kills;
mod letters;
mod mail_test;
mod reports;
