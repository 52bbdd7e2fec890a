//! Fuzzes the property `write_touches_only_the_change`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::write_touches_only_the_change::holds(bytes));
