#![no_main]

#[path = "../src/wording.rs"]
mod wording;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wording::read(bytes));
