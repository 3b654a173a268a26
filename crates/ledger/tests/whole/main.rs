//! The ledger as a whole: both stores, tampering, crashes, and erasure. (`cfg(test)` tells the
//! lints that these are tests.)

#[cfg(test)]
mod check;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod full;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod local_postgres;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod processes;
#[cfg(test)]
mod server;
#[cfg(test)]
mod signed;
#[cfg(test)]
mod stores;
#[cfg(test)]
mod tamper;
