//! The program as others meet it: over HTTP and from the shell, started as a process of its own.
//! (`cfg(test)` tells the lints that these are tests.)

#[cfg(test)]
mod api;
#[cfg(test)]
mod guarded;
#[cfg(test)]
mod nonsense;
#[cfg(test)]
mod program;
#[cfg(test)]
mod shell;
#[cfg(test)]
mod survives;
