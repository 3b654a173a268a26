//! Scenarios, a file for each control.
