#![no_main]

#[path = "../src/xlsx.rs"]
mod xlsx;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| xlsx::read(bytes));
