//! Whether an address on the web still answers. Asked as pushes are sent: public addresses only.

use crate::push::{NotPushed, agent};
use std::net::SocketAddr;
use ureq::Agent;

/// Asks addresses.
pub struct Links {
    agent: Agent,
}

impl Links {
    /// Believes public authorities; or those in `believed` (PEM) only. `through` is for tests:
    /// everything goes there, whatever it is called.
    ///
    /// # Errors
    /// The authorities can't be read.
    pub fn new(believed: Option<&[u8]>, through: Option<SocketAddr>) -> Result<Links, NotPushed> {
        let agent = agent(believed, through)?;
        Ok(Links { agent })
    }

    /// Whether somebody answers there with a page, or says where it has moved. A server that
    /// refuses the program, or is out of order, is there as well.
    #[must_use]
    pub fn answers(&self, address: &str) -> bool {
        let answer = self.agent.get(address).call();
        answer.is_ok_and(|answer| !matches!(answer.status().as_u16(), 404 | 410))
    }
}
