#![no_main]

#[path = "../src/mime.rs"]
mod mime;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mime::read(bytes));
