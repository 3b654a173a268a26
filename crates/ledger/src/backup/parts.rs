//! The parts inside a backup: a tag and a name, then blocks with their length, then an empty
//! block; after the last part, the tag of the end. And the keys as JSON.

use crate::{
    Fill,
    container::{self, Opening, Sealing, broken},
    hex,
    keys::{Bundle, Destroyed, Wrapped},
};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use serde_json::{Value, json};
use std::io::{self, Read, Write};

/// The largest block, in bytes.
const BLOCK: usize = 32 << 10;

/// The most that the keys of a backup may take, in bytes.
const KEYS_BYTES_MAX: u64 = 256 << 20;

const END: u8 = b'E';

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Ledger,
    Keys,
    Blob,
}

impl Part {
    fn tag(self) -> u8 {
        match self {
            Part::Ledger => b'L',
            Part::Keys => b'K',
            Part::Blob => b'B',
        }
    }
}

/// Writes parts, one after the other.
pub(super) struct Writing<W: Write>(Sealing<W>);

impl<W: Write> Writing<W> {
    pub(super) fn new(to: W, key: &[u8; 32], fill: &mut Fill<'_>) -> io::Result<Writing<W>> {
        Ok(Writing(container::seal(to, key, fill)?))
    }

    pub(super) fn part(&mut self, part: Part, name: &str) -> io::Result<PartWriter<'_, W>> {
        let length = u16::try_from(name.len()).map_err(|_| broken("a name is too long"))?;
        self.0.write_all(&[part.tag()])?;
        self.0.write_all(&length.to_be_bytes())?;
        self.0.write_all(name.as_bytes())?;
        Ok(PartWriter {
            to: &mut self.0,
            block: Vec::with_capacity(BLOCK),
        })
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.0.write_all(&[END])?;
        self.0.finish()
    }
}

/// Writes the bytes of one part.
pub(super) struct PartWriter<'a, W: Write> {
    to: &'a mut Sealing<W>,
    block: Vec<u8>,
}

impl<W: Write> PartWriter<'_, W> {
    pub(super) fn end(mut self) -> io::Result<()> {
        self.write_block()?;
        self.to.write_all(&0_u32.to_be_bytes())
    }

    fn write_block(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let length = u32::try_from(self.block.len()).map_err(|_| broken("a block is too long"))?;
        self.to.write_all(&length.to_be_bytes())?;
        self.to.write_all(&self.block)?;
        self.block.clear();
        Ok(())
    }
}

impl<W: Write> Write for PartWriter<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.block.len() == BLOCK {
            self.write_block()?;
        }
        let taken = bytes.get(..BLOCK - self.block.len()).unwrap_or(bytes);
        self.block.extend_from_slice(taken);
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads parts, one after the other.
pub(super) struct Reading<R: Read>(Opening<R>);

impl<R: Read> Reading<R> {
    pub(super) fn new(from: R, key: &[u8; 32]) -> io::Result<Reading<R>> {
        Ok(Reading(container::open(from, key)?))
    }

    /// The next part, its name and its bytes, which must be read or skipped to their end.
    pub(super) fn next(&mut self) -> io::Result<Option<(Part, String, PartReader<'_, R>)>> {
        let [tag] = take::<1, R>(&mut self.0)?;
        let part = match tag {
            b'L' => Part::Ledger,
            b'K' => Part::Keys,
            b'B' => Part::Blob,
            END => {
                // Nothing may follow; and only now is the last chunk known to be the last.
                let more = self.0.read(&mut [0])?;
                return if more == 0 {
                    Ok(None)
                } else {
                    Err(broken("something follows its end"))
                };
            }
            _ => return Err(broken("it has a part that this build does not know")),
        };
        let mut name = vec![0; usize::from(u16::from_be_bytes(take(&mut self.0)?))];
        self.0.read_exact(&mut name)?;
        let name = String::from_utf8(name).map_err(|_| broken("a name in it is not text"))?;
        Ok(Some((
            part,
            name,
            PartReader {
                from: &mut self.0,
                left: 0,
                is_over: false,
            },
        )))
    }
}

/// Reads the bytes of one part.
pub(super) struct PartReader<'a, R: Read> {
    from: &'a mut Opening<R>,
    left: usize,
    is_over: bool,
}

impl<R: Read> PartReader<'_, R> {
    /// Reads to the end of the part.
    pub(super) fn skip(&mut self) -> io::Result<()> {
        io::copy(self, &mut io::sink()).map(|_| ())
    }
}

impl<R: Read> Read for PartReader<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !self.is_over {
            let length = u32::from_be_bytes(take(self.from)?);
            self.left = usize::try_from(length).map_err(|_| broken("a block is too long"))?;
            self.is_over = length == 0;
        }
        let most = self.left.min(into.len());
        let Some(into) = into.get_mut(..most) else {
            return Ok(0);
        };
        if into.is_empty() {
            return Ok(0);
        }
        let count = self.from.read(into)?;
        if count == 0 {
            return Err(broken("it ends too early"));
        }
        self.left -= count;
        Ok(count)
    }
}

fn take<const N: usize, R: Read>(from: &mut Opening<R>) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn bundle_to_text(bundle: &Bundle) -> String {
    let wrapped: Vec<Value> = bundle
        .wrapped
        .iter()
        .map(|key| json!([key.subject, BASE64.encode(&key.wrapped)]))
        .collect();
    let destroyed: Vec<Value> = bundle
        .destroyed
        .iter()
        .map(|gone| {
            json!({
                "subject": gone.subject, "at": gone.at, "reason": gone.reason,
                "fingerprint": gone.fingerprint.map(|hash| hex::encode(&hash)),
                "generation": gone.generation,
            })
        })
        .collect();
    json!({ "generation": bundle.generation, "wrapped": wrapped, "destroyed": destroyed })
        .to_string()
}

pub(super) fn bundle_from(from: &mut dyn Read) -> io::Result<Bundle> {
    let form = || broken("the keys in it are damaged");
    let value: Value = serde_json::from_reader(from.take(KEYS_BYTES_MAX)).map_err(|_| form())?;
    bundle_of(&value).ok_or_else(form)
}

fn bundle_of(value: &Value) -> Option<Bundle> {
    let key = |value: &Value| {
        let wrapped = BASE64.decode(value.get(1)?.as_str()?).ok()?;
        Some(Wrapped {
            subject: value.get(0)?.as_str()?.to_owned(),
            wrapped,
        })
    };
    let gone = |value: &Value| {
        let word = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Destroyed {
            subject: word("subject")?,
            at: value.get("at")?.as_i64()?,
            reason: word("reason")?,
            fingerprint: word("fingerprint").and_then(|text| hex::decode(&text)),
            generation: value.get("generation")?.as_u64()?,
        })
    };
    Some(Bundle {
        generation: value.get("generation")?.as_u64()?,
        wrapped: value
            .get("wrapped")?
            .as_array()?
            .iter()
            .map(key)
            .collect::<Option<_>>()?,
        destroyed: value
            .get("destroyed")?
            .as_array()?
            .iter()
            .map(gone)
            .collect::<Option<_>>()?,
    })
}
