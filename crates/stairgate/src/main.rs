//! stairgate
fn main() {}
