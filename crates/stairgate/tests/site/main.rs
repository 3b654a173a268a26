//! The program as others meet it: over HTTP and from the shell, started as a process of its own.
//! (`cfg(test)` tells the lints that these are tests.)

#[cfg(test)]
mod agreements;
#[cfg(test)]
mod anew;
#[cfg(test)]
mod api;
#[cfg(test)]
mod case_files;
#[cfg(test)]
mod guarded;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod languages;
#[cfg(test)]
mod leavers;
#[cfg(test)]
mod markup;
#[cfg(test)]
mod need_to_know;
#[cfg(test)]
mod nonsense;
#[cfg(test)]
mod oidc;
#[cfg(test)]
mod passkeys;
#[cfg(test)]
mod people;
#[cfg(test)]
mod program;
#[cfg(test)]
mod rules;
#[cfg(test)]
#[path = "../../../post/tests/whole/servers.rs"]
mod servers;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod shell;
#[cfg(test)]
mod signing_in;
#[cfg(test)]
mod survives;
#[cfg(test)]
mod telling;
#[cfg(test)]
mod told;
#[cfg(test)]
mod unchanged;
