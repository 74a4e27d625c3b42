//! Raw bytes through the whole front end.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| chancery_fuzz::front_end(bytes));
