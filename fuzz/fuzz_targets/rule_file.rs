//! Fuzzes the property `rule_file`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::rule_file::holds(bytes));
