//! The vault as a whole, on a disk. (`cfg(test)` tells the lints that these are tests.)

#[cfg(test)]
mod keeping;
