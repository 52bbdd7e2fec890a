//! Fuzzes the property `batch_line`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::batch_line::holds(bytes));
