//! The checker, asked as a program and as a library. (`cfg(test)` tells the lints that these are
//! tests.)

#[cfg(test)]
mod checker;
