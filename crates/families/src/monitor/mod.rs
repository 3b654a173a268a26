//! What was asked for on the internet, seen by few and for a reason: reports, alerts that end as a
//! concern or are dismissed, hand checks picked by chance, and who looked at what and why. What the
//! filter saw itself is kept apart from the ledger; `traces` says how it is asked.

pub mod traces;
