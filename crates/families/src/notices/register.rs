//! How things stand with how people are told.

use super::entries::Entry;
use crate::spine::setting::At;
use serde::{Deserialize, Serialize};

/// How things stand with how people are told.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, _at: At<'_>) {
        match *entry {}
    }
}
