//! Bodies as they come over the network: packed, in other character sets, broken, and made to fill
//! memory.

use flate2::{
    Compression,
    write::{DeflateEncoder, GzEncoder, ZlibEncoder},
};
use gate::{
    content::{BodyJudge, Theme, Unread, kind_of},
    plan::Thresholds,
};
use proptest::prelude::*;
use std::io::Write;

const HARM: &str = "How to kill yourself, the painless way to die.";

/// `HARM` behind much else, by another program.
const BROTLI: &str = "1b440ee8453797aa21199298bae20ef2c1cf4d07871cb07f4ba4a585a481872ce5d764048ad875f5e0e116009c25198ff82a289dbbdde4cb2bfa9b4bcc18f9aec68610";

fn all() -> Thresholds {
    Theme::ALL.into_iter().map(|theme| (theme, 100)).collect()
}

/// What comes of a body that arrives in pieces.
fn judged(kind: &str, coding: &str, body: &[u8], piece: usize) -> Result<Option<Theme>, Unread> {
    let mut judge = BodyJudge::begin(&all(), kind, coding)?.unwrap();
    for part in body.chunks(piece.max(1)) {
        judge.take(part)?;
    }
    judge.end()?;
    Ok(judge.finding().map(|finding| finding.theme))
}

fn hex(text: &str) -> Vec<u8> {
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn packed(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).unwrap();
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(bytes).unwrap();
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(bytes).unwrap();
    vec![
        ("identity", bytes.to_vec()),
        ("gzip", gzip.finish().unwrap()),
        ("deflate", zlib.finish().unwrap()),
        ("deflate", deflate.finish().unwrap()),
        ("zstd", zstd(bytes)),
    ]
}

#[test]
fn packed_bodies_are_judged_however_they_come() {
    let page = format!(
        "<p>{}{HARM}</p>",
        "Fields of barley in the wind. ".repeat(20_000)
    );
    let mut bodies = packed(page.as_bytes());
    bodies.push(("br", hex(BROTLI)));
    for (coding, body) in bodies {
        for piece in [1, 7, 1_460, 1 << 20] {
            let said = judged("text/html", coding, &body, piece);
            assert_eq!(said, Ok(Some(Theme::Suicide)), "{coding} by {piece}");
        }
    }
    let other = BodyJudge::begin(&all(), "text/html", "gzip, br");
    assert_eq!(other.err(), Some(Unread::Coding));
    assert_eq!(
        BodyJudge::begin(&all(), "text/html", "xpress").err(),
        Some(Unread::Coding)
    );
}

#[test]
fn character_sets_are_found_in_the_head_the_page_and_the_letters() {
    let wide: Vec<u8> = HARM.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [&[0xff, 0xfe], wide.as_slice()].concat();
    assert_eq!(
        judged("text/html; charset=\"UTF-16LE\"", "", &wide, 3),
        Ok(Some(Theme::Suicide))
    );
    assert_eq!(
        judged("text/html", "", &marked, 3),
        Ok(Some(Theme::Suicide))
    );
    // як покінчити з життям
    let (said, _, _) =
        encoding_rs::WINDOWS_1251.encode("<meta charset=windows-1251><p>як покінчити з життям");
    assert_eq!(judged("text/html", "", &said, 5), Ok(Some(Theme::Suicide)));
    let old = b"<p>caf\xe9 how to kill yourself, the painless way to die";
    assert_eq!(judged("text/html", "", old, 9), Ok(Some(Theme::Suicide)));
}

#[test]
fn only_what_people_read_is_judged() {
    for kind in [
        "text/html; charset=utf-8",
        "application/json",
        "text/event-stream",
        "text/plain",
    ] {
        assert!(kind_of(kind).is_some(), "{kind}");
    }
    for kind in [
        "image/png",
        "text/css",
        "application/javascript",
        "video/mp4",
        "font/woff2",
        "",
    ] {
        assert!(kind_of(kind).is_none(), "{kind}");
    }
}

#[test]
fn bodies_that_grow_without_measure_are_given_up_early() {
    let many = vec![b'a'; 64 << 20];
    for (coding, body) in packed(&many).into_iter().skip(1) {
        assert!(body.len() < 1 << 20, "{coding}");
        assert_eq!(
            judged("text/plain", coding, &body, 4_096),
            Err(Unread::Grows),
            "{coding}"
        );
    }
    // A frame that asks for a window of a gigabyte.
    let window = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa0, 0x01, 0x00, 0x00];
    assert_eq!(
        judged("text/plain", "zstd", &window, 9),
        Err(Unread::Broken)
    );
}

#[test]
fn broken_bodies_are_said_to_be_broken() {
    for (coding, mut body) in packed(HARM.repeat(400).as_bytes()).into_iter().skip(1) {
        let half = body.len() / 2;
        for byte in &mut body[half..] {
            *byte ^= 0x5a;
        }
        let said = judged("text/plain", coding, &body, 64);
        assert!(!matches!(said, Ok(None)), "{coding}: {said:?}");
    }
    assert_eq!(
        judged("text/html", "gzip", b"<p>not packed at all", 64),
        Err(Unread::Broken)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_read_without_harm(
        coding in prop::sample::select(vec!["", "gzip", "deflate", "br", "zstd"]),
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        piece in 1_usize..50,
    ) {
        let _ = judged("text/html", coding, &bytes, piece);
    }

    #[test]
    fn a_packed_body_with_changed_bytes_is_read_without_harm(
        number in 1_usize..5, at in any::<prop::sample::Index>(), to in any::<u8>(),
    ) {
        let (coding, mut body) = packed(HARM.repeat(50).as_bytes()).swap_remove(number);
        let place = at.index(body.len());
        body[place] = to;
        let _ = judged("text/html", coding, &body, 16);
    }
}
