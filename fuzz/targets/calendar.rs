#![no_main]

#[path = "../src/calendar.rs"]
mod calendar;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| calendar::read(bytes));
