//! The post: the queue’s file, the lease, mail by SMTP, pushes to browsers, and asking a provider of
//! accounts. It holds no rules and knows no setting: whoever calls says what goes where, and when to
//! try again. Everything here blocks, and belongs on a thread of its own.

pub mod lease;
pub mod links;
pub mod mail;
pub mod provider;
pub mod public;
pub mod push;
pub mod queue;
pub mod vapid;
