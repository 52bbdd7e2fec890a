//! Fuzzes the property `write_and_read`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::write_and_read::holds(bytes));
