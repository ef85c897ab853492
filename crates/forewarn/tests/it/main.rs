//! The program from outside: what is typed, what is printed, what survives.

mod audit;
mod backups;
mod browser;
mod calls;
mod check;
mod contact;
mod crowd;
mod doctor;
mod explain;
mod full_disk;
mod health;
mod imports;
mod kills;
mod letters;
mod mail_test;
mod reports;
mod stopping;
mod webhooks;
