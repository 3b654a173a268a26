//! The files of the vault that the ledger refers to. They are found in the lines themselves and not
//! asked of the families: no family can forget one, and an entry of a later release counts too. What
//! no line refers to (or only lines about somebody who was erased, or whose body was spent) may go.

use crate::{desk::Desk, folder::Folder};
use ledger::{
    keys::{KeyError, KeyStore},
    store::{Store, StoreError},
};
use serde_json::Value;
use std::{collections::BTreeSet, ops::ControlFlow, time::SystemTime};
use vault::{VaultError, shelf::is_digest, vault::Checked};

/// What stands in every line that refers to a file.
const MARK: &[u8] = b"\"digest\":\"";

/// Files can't be looked after.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The ledger can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The vault can't be read or written.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The keys can't be read.
    #[error(transparent)]
    Keys(#[from] KeyError),
}

/// Files that lines refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Referred {
    /// Those that a key opens.
    pub live: BTreeSet<String>,
    /// Those of people who were erased: nobody opens them any more.
    pub erased: BTreeSet<String>,
}

/// All files that lines refer to.
///
/// # Errors
/// Ledger or keys can't be read.
pub fn referred(store: &dyn Store, keys: &KeyStore) -> Result<Referred, FilesError> {
    let gone = keys.destroyed()?.into_iter().map(|gone| gone.subject);
    let gone: BTreeSet<String> = gone.collect();
    let mut all = Referred::default();
    store.read(1, &mut |line| {
        if let Some(body) = line.body.as_deref().filter(|body| has_mark(body))
            && let Ok(value) = serde_json::from_slice(body)
        {
            find(&value, &mut |digest, subject| {
                let list = match gone.contains(subject) {
                    true => &mut all.erased,
                    false => &mut all.live,
                };
                list.insert(digest.to_owned());
            });
        }
        ControlFlow::Continue(())
    })?;
    all.erased.retain(|digest| !all.live.contains(digest));
    Ok(all)
}

fn has_mark(body: &[u8]) -> bool {
    body.windows(MARK.len()).any(|window| window == MARK)
}

/// Every reference in a body: `{"digest", "size", "sealed": {"of", …}}`, wherever it stands.
fn find(value: &Value, each: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::Object(fields) => {
            let digest = fields.get("digest").and_then(Value::as_str);
            let subject = fields.get("sealed").and_then(|sealed| sealed.get("of"));
            if let (Some(digest), Some(subject)) = (digest, subject.and_then(Value::as_str))
                && fields.contains_key("size")
                && is_digest(digest)
            {
                each(digest, subject);
            }
            fields.values().for_each(|value| find(value, each));
        }
        Value::Array(all) => all.iter().for_each(|value| find(value, each)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl Desk {
    /// Whether every file that the ledger refers to is there and as it was kept.
    ///
    /// # Errors
    /// Ledger, keys or vault can't be read.
    pub fn check_files(&self, folder: &Folder) -> Result<Checked, FilesError> {
        let referred = referred(self.store(), self.keys())?;
        Ok(folder.vault().check(&referred.live)?)
    }

    /// Removes what no line refers to and is a day old. How many files went.
    ///
    /// # Errors
    /// Ledger, keys or vault can't be read, or a file not be removed.
    pub fn sweep_files(&self, folder: &Folder, now: SystemTime) -> Result<u64, FilesError> {
        let vault = folder.vault();
        if vault.fill()?.0 == 0 {
            return Ok(0);
        }
        let referred = referred(self.store(), self.keys())?;
        Ok(vault.sweep(&referred.live, now)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_wherever_it_stands_in_a_body() {
        let digest = "0f".repeat(32);
        let file = format!(
            r#"{{"digest":"{digest}","size":3,"sealed":{{"of":"person:7","sealed":"AAAA"}}}}"#
        );
        for body in [
            file.clone(),
            format!(r#"{{"scan":{file},"on":"2026-11-25"}}"#),
            format!(r#"{{"hand":{{"paper":[null,{file}]}}}}"#),
        ] {
            assert!(has_mark(body.as_bytes()));
            let mut found = Vec::new();
            let value: Value = serde_json::from_str(&body).unwrap();
            find(&value, &mut |digest, of| {
                found.push((digest.to_owned(), of.to_owned()))
            });
            assert_eq!(found, [(digest.clone(), "person:7".to_owned())]);
        }
        let token = r#"{"person":7,"name":"payroll","digest":"00ff"}"#;
        find(&serde_json::from_str(token).unwrap(), &mut |_, _| {
            panic!("no file")
        });
    }
}
