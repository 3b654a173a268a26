//! Signed checkpoints: what a ledger was at a size, in the C2SP tlog-checkpoint text form with
//! signed-note Ed25519 signatures, so that other tools read them. Somebody who keeps one can show
//! later whether the ledger was rewritten.

use crate::tree::{Hash, Tree, is_consistent};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The signature type of plain Ed25519 in signed notes.
const ED25519: u8 = 1;

/// The longest checkpoint that is read, in bytes.
const TEXT_BYTES_MAX: usize = 64 << 10;

/// What is signed: the first `size` lines have this root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which ledger: a name without spaces, such as `stairgate.example/larch-lane`.
    pub origin: String,
    /// How many lines.
    pub size: u64,
    /// Root of the tree over their links.
    pub root: Hash,
    /// Further lines that are signed too, such as `at 2026-11-24T16:00:00Z`; none is empty.
    pub more: Vec<String>,
}

/// A key that signs, with the name that stands before its signatures.
pub struct Signing {
    name: String,
    key: SigningKey,
}

/// The public half: who believes it checks signatures with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifying {
    name: String,
    key: VerifyingKey,
}

/// A checkpoint or key that isn't one, or isn't signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// A name or further line that can't be written.
    #[error("a name in a checkpoint must not be empty or have spaces, line breaks or + in it")]
    Name,
    /// The text isn't a checkpoint.
    #[error("this is not a checkpoint: {0}")]
    Form(&'static str),
    /// The text isn't a key.
    #[error("this is not a key for checkpoints")]
    Key,
    /// It does not go on from the earlier one.
    #[error("the checkpoint does not go on from the earlier one: the ledger was rewritten")]
    Fork,
    /// The key did not sign this.
    #[error("the checkpoint is not signed with this key")]
    Unsigned,
}

impl Checkpoint {
    /// The checkpoint of `tree`.
    ///
    /// # Errors
    /// The name or a further line can't be written.
    pub fn of(origin: &str, tree: &Tree, more: &[String]) -> Result<Checkpoint, NoteError> {
        let lines_fit = more
            .iter()
            .all(|line| !line.is_empty() && !line.chars().any(char::is_control));
        if !is_name(origin) || !lines_fit {
            return Err(NoteError::Name);
        }
        let origin = origin.to_owned();
        Ok(Checkpoint {
            origin,
            size: tree.size(),
            root: tree.root(),
            more: more.to_vec(),
        })
    }

    /// The lines that are signed.
    #[must_use]
    pub fn body(&self) -> String {
        let mut text = format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            BASE64.encode(self.root)
        );
        for line in &self.more {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// The whole text, signed by each of `keys` (the setting's, witnesses').
    #[must_use]
    pub fn sign(&self, keys: &[&Signing]) -> String {
        let body = self.body();
        let signatures: String = keys.iter().map(|key| key.signature_line(&body)).collect();
        format!("{body}\n{signatures}")
    }

    /// Reads a checkpoint that `key` must have signed.
    ///
    /// # Errors
    /// It isn't one, or `key` did not sign it.
    pub fn read(text: &str, key: &Verifying) -> Result<Checkpoint, NoteError> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(NoteError::Form("it is too long"));
        }
        let split = NoteError::Form("an empty line must stand before the signatures");
        let (body, signatures) = text.rsplit_once("\n\n").ok_or(split)?;
        let signed = format!("{body}\n");
        let mut is_signed = false;
        if !signatures.ends_with('\n') {
            return Err(NoteError::Form("it ends too early"));
        }
        for line in signatures.lines() {
            is_signed |= key.signed(&signed, line)?;
        }
        if !is_signed {
            return Err(NoteError::Unsigned);
        }
        Checkpoint::from_body(body)
    }

    fn from_body(body: &str) -> Result<Checkpoint, NoteError> {
        let mut lines = body.split('\n');
        let origin = lines.next().filter(|name| is_name(name));
        let origin = origin
            .ok_or(NoteError::Form("the first line must be a name"))?
            .to_owned();
        let digits = lines.next().unwrap_or_default();
        let size: u64 = digits
            .parse()
            .ok()
            .filter(|size: &u64| size.to_string() == digits)
            .ok_or(NoteError::Form("the second line must be a number"))?;
        let root = lines.next().and_then(|text| BASE64.decode(text).ok());
        let root = root
            .and_then(|bytes| Hash::try_from(bytes).ok())
            .ok_or(NoteError::Form("the third line must be a hash"))?;
        let more: Vec<String> = lines.map(str::to_owned).collect();
        if more.iter().any(String::is_empty) {
            return Err(NoteError::Form("a line is empty"));
        }
        Ok(Checkpoint {
            origin,
            size,
            root,
            more,
        })
    }
}

impl Signing {
    /// A key from 32 bytes of randomness, which are all of it.
    ///
    /// # Errors
    /// The name can't be written.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Signing, NoteError> {
        if !is_name(name) {
            return Err(NoteError::Name);
        }
        Ok(Signing {
            name: name.to_owned(),
            key: SigningKey::from_bytes(seed),
        })
    }

    /// Signs a checkpoint as a witness: only when `signer` signed it, and it goes on from the
    /// `earlier` one that this witness holds, as `proof` shows ([`crate::tree::consistency`]).
    ///
    /// # Errors
    /// It isn't a checkpoint, isn't signed, is of another ledger, or does not go on.
    pub fn witness(
        &self,
        text: &str,
        signer: &Verifying,
        earlier: Option<&Checkpoint>,
        proof: &[Hash],
    ) -> Result<String, NoteError> {
        let signed = Checkpoint::read(text, signer)?;
        let goes_on = earlier.is_none_or(|earlier| {
            let (old, new) = ((earlier.size, &earlier.root), (signed.size, &signed.root));
            let is_nothing = old == (0, &Tree::default().root());
            earlier.origin == signed.origin
                && (is_nothing || is_consistent(old.0, old.1, new.0, new.1, proof))
        });
        if !goes_on {
            return Err(NoteError::Fork);
        }
        self.cosign(text)
    }

    /// Adds this key's signature to a checkpoint's text, whatever it says.
    ///
    /// # Errors
    /// The text isn't a checkpoint.
    pub fn cosign(&self, text: &str) -> Result<String, NoteError> {
        let split = NoteError::Form("an empty line must stand before the signatures");
        let (body, _) = text.rsplit_once("\n\n").ok_or(split)?;
        Checkpoint::from_body(body)?;
        Ok(format!(
            "{text}{}",
            self.signature_line(&format!("{body}\n"))
        ))
    }

    /// The public half.
    #[must_use]
    pub fn verifying(&self) -> Verifying {
        Verifying {
            name: self.name.clone(),
            key: self.key.verifying_key(),
        }
    }

    /// The text to keep in a file of its own: `PRIVATE+KEY+name+id+base64`.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(vec![ED25519]);
        bytes.extend(self.key.as_bytes());
        let id = id_text(self.verifying().id());
        let key = Zeroizing::new(BASE64.encode(&*bytes));
        Zeroizing::new(format!("PRIVATE+KEY+{}+{id}+{}", self.name, *key))
    }

    /// Reads what [`Signing::to_text`] wrote.
    ///
    /// # Errors
    /// The text isn't a key.
    pub fn from_text(text: &str) -> Result<Signing, NoteError> {
        let rest = text
            .trim_end()
            .strip_prefix("PRIVATE+KEY+")
            .ok_or(NoteError::Key)?;
        let (name, id, bytes) = key_parts(rest)?;
        let signing = Signing::from_seed(name, &bytes)?;
        if id_text(signing.verifying().id()) != id {
            return Err(NoteError::Key);
        }
        Ok(signing)
    }

    fn signature_line(&self, body: &str) -> String {
        let mut bytes = self.verifying().id().to_vec();
        bytes.extend(self.key.sign(body.as_bytes()).to_bytes());
        format!("— {} {}\n", self.name, BASE64.encode(bytes))
    }
}

impl Verifying {
    /// Reads a key in the vkey form, `name+id+base64`.
    ///
    /// # Errors
    /// The text isn't a key.
    pub fn from_text(text: &str) -> Result<Verifying, NoteError> {
        let (name, id, bytes) = key_parts(text.trim_end())?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| NoteError::Key)?;
        let verifying = Verifying {
            name: name.to_owned(),
            key,
        };
        if id_text(verifying.id()) != id {
            return Err(NoteError::Key);
        }
        Ok(verifying)
    }

    /// The vkey form, `name+id+base64`.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = vec![ED25519];
        bytes.extend(self.key.as_bytes());
        format!(
            "{}+{}+{}",
            self.name,
            id_text(self.id()),
            BASE64.encode(bytes)
        )
    }

    /// The name that stands before this key's signatures.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> [u8; 4] {
        let mut hash = Sha256::new();
        hash.update(&self.name);
        hash.update([b'\n', ED25519]);
        hash.update(self.key.as_bytes());
        let [a, b, c, d, ..]: [u8; 32] = hash.finalize().into();
        [a, b, c, d]
    }

    /// Whether this line is a signature of this key over `body`. A signature of somebody else is
    /// no fault; one that claims to be this key's and isn't, is.
    fn signed(&self, body: &str, line: &str) -> Result<bool, NoteError> {
        let form = NoteError::Form("a signature line is damaged");
        let (name, bytes) = line
            .strip_prefix("— ")
            .and_then(|rest| rest.split_once(' '))
            .ok_or(form)?;
        let bytes = BASE64.decode(bytes).map_err(|_| form)?;
        let (id, signature) = bytes.split_at_checked(4).ok_or(form)?;
        if name != self.name || id != self.id() {
            return Ok(false);
        }
        let signature = Signature::from_slice(signature).map_err(|_| NoteError::Unsigned)?;
        match self.key.verify_strict(body.as_bytes(), &signature) {
            Ok(()) => Ok(true),
            Err(_) => Err(NoteError::Unsigned),
        }
    }
}

/// Name, id and 32 bytes of a key's text.
fn key_parts(text: &str) -> Result<(&str, &str, Zeroizing<[u8; 32]>), NoteError> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(NoteError::Key);
    };
    let bytes = Zeroizing::new(BASE64.decode(key).map_err(|_| NoteError::Key)?);
    let (kind, key) = bytes.split_first().ok_or(NoteError::Key)?;
    if *kind != ED25519 || !is_name(name) {
        return Err(NoteError::Key);
    }
    let key: [u8; 32] = key.try_into().map_err(|_| NoteError::Key)?;
    Ok((name, id, Zeroizing::new(key)))
}

fn id_text(id: [u8; 4]) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 200
        && !name
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn checkpoint() -> (Checkpoint, Signing) {
        let mut tree = Tree::default();
        (0..5_u8).for_each(|i| tree.push(&[i; 32]));
        let more = ["at 2026-11-24T16:00:00Z".to_owned()];
        let checkpoint = Checkpoint::of("stairgate.example/larch-lane", &tree, &more).unwrap();
        (
            checkpoint,
            Signing::from_seed("larch-lane", &[3; 32]).unwrap(),
        )
    }

    #[test]
    fn a_checkpoint_has_the_form_that_other_tools_read() {
        let (checkpoint, key) = checkpoint();
        let text = checkpoint.sign(&[&key]);
        let lines: Vec<&str> = text.split('\n').collect();
        assert_eq!(lines[..2], ["stairgate.example/larch-lane", "5"]);
        assert_eq!(lines[2].len(), 44);
        assert_eq!(lines[3..5], ["at 2026-11-24T16:00:00Z", ""]);
        assert!(lines[5].starts_with("— larch-lane "));
        assert_eq!(lines[6..], [""]);
    }

    /// A key and signature that were compared with another program's once, so that the form stays.
    #[test]
    fn the_form_of_keys_and_signatures_does_not_change() {
        let (checkpoint, key) = checkpoint();
        let vkey = "larch-lane+69630e40+Ae1JKMYo0cLG6ukDOJBZlWEpWSc6XGP5NjbBRhSshzfR";
        assert_eq!(key.verifying().to_text(), vkey);
        let text = concat!(
            "stairgate.example/larch-lane\n5\nheIMrB8C/ae82y/D+QhWjFcBjHeBXx+jYaytE5lPCL8=\n",
            "at 2026-11-24T16:00:00Z\n\n— larch-lane aWMOQBQsCZr/n019xjL4ZZWBNR+KzCPt/RfbwITMzH2Z",
            "ay4/Tl62yHzT+XUNU0P31iun7g1a/GtL41roWmoMLYIV8AY=\n"
        );
        assert_eq!(checkpoint.sign(&[&key]), text);
    }

    #[test]
    fn the_signer_and_a_witness_both_sign_and_each_is_found() {
        let (checkpoint, key) = checkpoint();
        let witness = Signing::from_seed("committee-chair", &[4; 32]).unwrap();
        let text = witness.cosign(&checkpoint.sign(&[&key])).unwrap();
        for signer in [&key, &witness] {
            assert_eq!(
                Checkpoint::read(&text, &signer.verifying()).unwrap(),
                checkpoint
            );
        }
        let other = Signing::from_seed("larch-lane", &[5; 32]).unwrap();
        assert_eq!(
            Checkpoint::read(&text, &other.verifying()),
            Err(NoteError::Unsigned)
        );
        assert_eq!(checkpoint.sign(&[&key, &witness]), text);
    }

    #[test]
    fn a_witness_signs_what_goes_on_from_what_it_holds_and_nothing_else() {
        let (_, key) = checkpoint();
        let witness = Signing::from_seed("chair", &[4; 32]).unwrap();
        let of = |links: &[u8], origin: &str| {
            let mut tree = Tree::default();
            links.iter().for_each(|link| tree.push(&[*link; 32]));
            Checkpoint::of(origin, &tree, &[]).unwrap()
        };
        let (held, next) = (of(&[1], "a"), of(&[1, 2], "a"));
        let proof = [crate::tree::leaf(&[2; 32])];
        let sign = |next: &Checkpoint, earlier: Option<&Checkpoint>, proof: &[Hash]| {
            witness.witness(&next.sign(&[&key]), &key.verifying(), earlier, proof)
        };
        let text = sign(&next, Some(&held), &proof).unwrap();
        assert_eq!(Checkpoint::read(&text, &witness.verifying()).unwrap(), next);
        assert!(sign(&next, None, &[]).is_ok());
        assert!(sign(&next, Some(&of(&[], "a")), &[]).is_ok());
        assert!(sign(&next, Some(&next), &[]).is_ok());
        for (next, earlier, proof) in [
            (&of(&[3, 2], "a"), &held, proof.as_slice()),
            (&next, &held, &[]),
            (&held, &next, &[]),
            (&of(&[1, 2], "b"), &held, &proof),
        ] {
            assert_eq!(sign(next, Some(earlier), proof), Err(NoteError::Fork));
        }
        let unsigned = next.sign(&[&witness]);
        let refused = witness.witness(&unsigned, &key.verifying(), None, &[]);
        assert_eq!(refused, Err(NoteError::Unsigned));
    }

    #[test]
    fn keys_survive_being_written_as_text() {
        let (_, key) = checkpoint();
        let again = Signing::from_text(&key.to_text()).unwrap();
        assert_eq!(again.verifying(), key.verifying());
        let public = key.verifying().to_text();
        assert_eq!(Verifying::from_text(&public).unwrap(), key.verifying());
        for bad in [
            "",
            "a+b",
            "a+00000000+AAAA",
            public.trim_start_matches('l'),
            public.trim_end_matches(|c| c != '+'),
        ] {
            assert_eq!(Verifying::from_text(bad), Err(NoteError::Key), "{bad}");
        }
        assert!(Signing::from_seed("two words", &[0; 32]).is_err());
    }

    proptest! {
        #[test]
        fn a_changed_checkpoint_is_never_read(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let (checkpoint, key) = checkpoint();
            let mut bytes = checkpoint.sign(&[&key]).into_bytes();
            let place = at.index(bytes.len());
            bytes[place] ^= 1 << bit;
            if let Ok(text) = String::from_utf8(bytes) {
                prop_assert!(Checkpoint::read(&text, &key.verifying()).is_err(), "{text}");
            }
        }
    }
}
