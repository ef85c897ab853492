#![no_main]

#[path = "../src/csv.rs"]
mod csv;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| csv::read(bytes));
