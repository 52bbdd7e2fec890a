//! Fuzzes the property `door`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::door::holds(bytes));
