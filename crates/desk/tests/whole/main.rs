//! The desk as a whole, on files and servers as they are in use. (`cfg(test)` tells the lints that
//! these are tests.)

#[cfg(test)]
mod backups;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod disk;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod files;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod invented;
#[cfg(test)]
#[expect(dead_code, reason = "the ledger's tests ask for more of their server")]
#[path = "../../../ledger/tests/whole/local_postgres.rs"]
mod local_postgres;
#[cfg(test)]
mod memory {
    pub(crate) use crate::invented::setting;
}
#[cfg(test)]
mod quick;
#[cfg(test)]
mod ready;
#[cfg(test)]
mod two;
