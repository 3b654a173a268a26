//! The style sheet, script and fonts that pages use, built into the program under names that carry
//! their hash, so that a browser keeps them for good.

/// One file.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its plain name: `app.css`.
    pub name: &'static str,
    /// Where pages ask for it: `/assets/app.3f5a….css`.
    pub path: &'static str,
    /// What it is: `text/css; charset=utf-8`.
    pub mime: &'static str,
    /// The first half of the SHA-256 of its bytes, in hex. The same is in its path.
    pub hash: &'static str,
    /// What it holds.
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/all.rs"));

/// The file that a page asked for by its path, with or without `/assets/` before it.
#[must_use]
pub fn find(path: &str) -> Option<Asset> {
    let wanted = path.strip_prefix("/assets/").unwrap_or(path);
    ALL.iter()
        .find(|asset| asset.path.strip_prefix("/assets/") == Some(wanted))
        .copied()
}

/// Where pages ask for a file: `path("app.css")`. A name that is not there leads nowhere;
/// the tests of the pages find it.
#[must_use]
pub fn path(name: &str) -> &'static str {
    ALL.iter()
        .find(|asset| asset.name == name)
        .map_or("/assets/missing", |asset| asset.path)
}

/// The bytes of a font for paper, by name: `regular`, `bold` and so on. See `FONTS`.
#[must_use]
pub fn fonts() -> &'static [&'static [u8]] {
    FONTS
}
