//! Mail to a real server, pushes to a small push service. (`cfg(test)` tells the lints that these
//! are tests.)

#[cfg(test)]
mod mail;
#[cfg(test)]
mod push;
#[cfg(test)]
mod servers;
