//! Fuzzes the property `firm`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::firm::holds(bytes));
