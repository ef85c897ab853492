//! What Forewarn is about, without any I/O: promises, evidence, slips, cases, the eight steps, calendars
//! and policy. Nothing here reads a clock, a file or a database; every act takes `now`.

pub mod absence;
pub mod amount;
pub mod calendar;
pub mod case;
pub mod erasing;
pub mod escalation;
pub mod evidence;
pub mod fact;
pub mod holidays;
pub mod ids;
pub mod letter;
pub mod notice;
pub mod people;
pub mod policy;
pub mod promise;
pub mod report;
pub mod roster;
pub mod severity;
pub mod slip;
pub mod text;
pub mod webhook;
pub mod week;
pub mod words;
