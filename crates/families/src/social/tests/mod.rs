//! Scenarios, a file for each control.

mod press;
