//! The style sheet, script and fonts that pages use, built into the program under names that carry
//! their hash, so that a browser keeps them for good.

use flate2::read::GzDecoder;
use std::{io::Read, sync::LazyLock};

/// One file.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its plain name: `app.css`.
    pub name: &'static str,
    /// Where pages ask for it: `/assets/app.3f5a….css`.
    pub path: &'static str,
    /// What it is: `text/css; charset=utf-8`.
    pub mime: &'static str,
    /// The first half of the SHA-256 of its bytes, in hex. Its path has it too.
    pub hash: &'static str,
    /// What it holds.
    pub bytes: &'static [u8],
    /// The same, packed with gzip, where that makes it smaller: for browsers that accept it.
    pub gzipped: Option<&'static [u8]>,
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

/// All files.
#[must_use]
pub fn all() -> &'static [Asset] {
    ALL
}

/// Our fonts for paper, as OpenType, each regular and bold: our own, the same with more letters, then
/// Cyrillic and Arabic letters. They lie packed in the program and are opened once.
#[must_use]
pub fn fonts() -> &'static [Vec<u8>] {
    static OPENED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
        let open = |packed: &&[u8]| {
            let mut font = Vec::new();
            // What can't be opened is empty: the tests of paper would say so.
            match GzDecoder::new(*packed).read_to_end(&mut font) {
                Ok(_) => font,
                Err(_) => Vec::new(),
            }
        };
        FONTS.iter().map(open).collect()
    });
    &OPENED
}

/// The examples that govuk-frontend publishes for one of its parts, as JSON.
#[cfg(feature = "fixtures")]
#[must_use]
pub fn fixtures(part: &str) -> Option<&'static str> {
    FIXTURES
        .iter()
        .find(|(name, _)| *name == part)
        .map(|(_, json)| *json)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str) -> &'static str {
        std::str::from_utf8(find(path(name)).unwrap().bytes).unwrap()
    }

    #[test]
    fn every_file_is_found_under_its_path_and_its_hash_is_in_it() {
        for asset in ALL {
            assert_eq!(find(asset.path).unwrap().name, asset.name);
            assert!(
                asset.path.contains(asset.hash) && !asset.bytes.is_empty(),
                "{}",
                asset.name
            );
        }
        assert!(find("/assets/app.css").is_none());
    }

    #[test]
    fn every_address_in_styles_and_scripts_leads_to_a_file() {
        for name in ["app.css", "app.js"] {
            assert!(!text(name).contains("asset:"), "{name}");
            for address in text(name)
                .split('"')
                .filter(|part| part.starts_with("/assets/"))
            {
                assert!(find(address).is_some(), "{address}");
            }
        }
    }

    #[test]
    fn nothing_is_left_of_marks_that_are_not_ours_to_use() {
        for (word, name) in [
            ("GDS Transport", "app.css"),
            ("govuk-crest.svg", "app.css"),
            ("sourceMapping", "app.css"),
        ] {
            assert!(!text(name).contains(word), "{word}");
        }
        assert!(!text("app.css").contains("url(http") && !text("app.css").contains("url(data:"));
        assert!(text("govuk.js").contains("initAll"));
    }

    #[test]
    fn the_licences_of_others_go_along() {
        for words in ["SIL OPEN FONT LICENSE", "MIT License", "Crown copyright"] {
            assert!(text("notices.txt").contains(words), "{words}");
        }
    }

    #[test]
    fn fonts_for_paper_are_plain_opentype() {
        for font in fonts() {
            assert_eq!(font.get(..4), Some(&[0, 1, 0, 0][..]));
        }
    }
}
