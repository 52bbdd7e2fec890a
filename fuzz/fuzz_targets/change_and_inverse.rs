//! Fuzzes the property `change_and_inverse`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::change_and_inverse::holds(bytes));
