//! The heart: what a setting's policy asks for, and what happens when somebody acts.
//! Pure: no files, network, clock or async. A person asks for an act; controls judge it; what is
//! accepted becomes entries; entries fold into the setting; controls say how each clause stands.
//!
//! Reading order: `spine::act`, `spine::entry`, `spine::setting`, `spine::control`,
//! `spine::in_force`, `spine::judge`, `spine::standing`, `spine::permit`, `spine::page`; then one
//! folder per family, all with the same file names.

pub mod access;
pub mod agreements;
pub mod concerns;
pub mod data;
pub mod devices;
pub mod education;
pub mod families;
pub mod filter;
pub mod internet;
pub mod monitor;
pub mod notices;
pub mod people;
pub mod place;
pub mod policy;
pub mod procedure;
pub mod roles;
pub mod social;
pub mod spine;
pub mod today;
