//! Fuzzes the property `table_equals_script`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::table_equals_script::holds(bytes));
