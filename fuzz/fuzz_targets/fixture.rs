//! Fuzzes the property `fixture`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::fixture::holds(bytes));
