//! The few files that pages use, each under a name with its hash, and the Rust list of them.

use crate::woff;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::{error::Error, fmt::Write as _, fs, io::Write as _, path::Path};

const OURS: &str = "atkinson-hyperlegible-next";
const CYRILLIC: &str = "noto-sans";
const ARABIC: &str = "vazirmatn";
/// Our name for a font, the package that it is in, and its name there. What our own font does not
/// have stands in the others, on pages as on paper.
const FONTS: [(&str, &str, &str); 8] = [
    ("regular", OURS, "latin-400-normal"),
    ("bold", OURS, "latin-700-normal"),
    ("regular-more", OURS, "latin-ext-400-normal"),
    ("bold-more", OURS, "latin-ext-700-normal"),
    ("regular-cyrillic", CYRILLIC, "cyrillic-400-normal"),
    ("bold-cyrillic", CYRILLIC, "cyrillic-700-normal"),
    ("regular-arabic", ARABIC, "arabic-400-normal"),
    ("bold-arabic", ARABIC, "arabic-700-normal"),
];

/// A file and its name without the hash.
struct File {
    name: String,
    mime: &'static str,
    bytes: Vec<u8>,
}

/// Makes the files and writes them; answers with the Rust code that lists them.
pub(crate) fn write(here: &Path, packages: &Path, out: &Path) -> Result<String, Box<dyn Error>> {
    let mut files = Vec::new();
    let mut fonts = String::new();
    for (name, package, theirs) in FONTS {
        let font = packages.join(format!("@fontsource/{package}/files/{package}-{theirs}"));
        files.push(File {
            name: format!("{name}.woff2"),
            mime: "font/woff2",
            bytes: read(&font.with_extension("woff2"))?,
        });
        let plain = woff::open(&read(&font.with_extension("woff"))?)?;
        fs::write(out.join(format!("{name}.ttf.gz")), gzipped(&plain)?)?;
        write!(
            fonts,
            "include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.ttf.gz\")), "
        )?;
    }
    files.push(File {
        name: "icon.svg".to_owned(),
        mime: "image/svg+xml",
        bytes: read(&here.join("files/icon.svg"))?,
    });
    let mut notices = text(&here.join("files/notices.txt"))?;
    for package in [OURS, CYRILLIC, ARABIC] {
        notices.push_str(&text(
            &packages.join(format!("@fontsource/{package}/LICENSE")),
        )?);
        notices.push('\n');
    }
    files.push(File {
        name: "notices.txt".to_owned(),
        mime: "text/plain; charset=utf-8",
        bytes: notices.into_bytes(),
    });
    let govuk = packages.join("govuk-frontend/dist/govuk");
    files.push(script(
        "govuk.js",
        &text(&govuk.join("govuk-frontend.min.js"))?,
    ));
    for name in ["worker.js", "tell.js", "kept.js", "keep.js", "offline.js"] {
        let code = text(&here.join("files").join(name))?;
        files.push(script(name, &with_addresses(&code, &files)));
    }
    let own = text(&here.join("files/stairgate.js"))?;
    files.push(script("app.js", &with_addresses(&own, &files)));
    let style = style(here, packages)?;
    files.push(File {
        name: "app.css".to_owned(),
        mime: "text/css; charset=utf-8",
        bytes: with_addresses(&style, &files).into_bytes(),
    });

    let mut code = "const ALL: &[Asset] = &[\n".to_owned();
    for file in &files {
        fs::write(out.join(&file.name), &file.bytes)?;
        fs::write(out.join(format!("{}.gz", file.name)), gzipped(&file.bytes)?)?;
        let (name, mime, hash, address) = (&file.name, file.mime, hash(&file.bytes), address(file));
        let bytes = format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))");
        // Fonts are packed already.
        let gzipped = if name.ends_with("woff2") {
            "None".to_owned()
        } else {
            format!("Some(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.gz\")))")
        };
        writeln!(
            code,
            "Asset {{ name: \"{name}\", path: \"{address}\", mime: \"{mime}\", hash: \"{hash}\", \
             bytes: {bytes}, gzipped: {gzipped} }},"
        )?;
    }
    writeln!(code, "];\nconst FONTS: &[&[u8]] = &[{fonts}];")?;
    Ok(code)
}

/// The example parts of govuk-frontend, as Rust code.
pub(crate) fn fixtures(packages: &Path) -> Result<String, Box<dyn Error>> {
    let mut code = "const FIXTURES: &[(&str, &str)] = &[\n".to_owned();
    let components = packages.join("govuk-frontend/dist/govuk/components");
    let mut folders: Vec<_> = fs::read_dir(components)?.collect::<Result<_, _>>()?;
    folders.sort_by_key(fs::DirEntry::path);
    for folder in folders {
        let file = folder.path().join("fixtures.json");
        if file.is_file() {
            writeln!(
                code,
                "({:?}, include_str!({:?})),",
                folder.file_name(),
                file
            )?;
        }
    }
    code.push_str("];\n");
    Ok(code)
}

fn gzipped(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// The first half of a hash, in hex.
pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// All styles in one: theirs, with our font and without addresses of files that we don't have; then ours.
fn style(here: &Path, packages: &Path) -> Result<String, Box<dyn Error>> {
    let govuk = text(&packages.join("govuk-frontend/dist/govuk/govuk-frontend.min.css"))?;
    let moj = text(&packages.join("@ministryofjustice/frontend/moj/moj-frontend.min.css"))?;
    let own = text(&here.join("files/stairgate.css"))?;
    Ok(format!("{}\n{}\n{own}", cleaned(&govuk), cleaned(&moj)))
}

/// Their styles without their font and pictures.
fn cleaned(style: &str) -> String {
    let mut kept = String::new();
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("@font-face{") {
        kept.push_str(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    kept.push_str(rest);

    let mut cleaned = String::new();
    let mut rest = kept.as_str();
    while let Some((before, after)) = rest.split_once("url(/assets/") {
        cleaned.push_str(before);
        cleaned.push_str("none");
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    cleaned.push_str(rest);
    let cleaned = cleaned
        .split_once("/*# sourceMappingURL")
        .map_or(cleaned.as_str(), |(style, _)| style);
    logical(&cleaned.replace(
        "GDS Transport,arial",
        "\"Atkinson Hyperlegible Next\",arial",
    ))
}

/// What stands at the left and the right there, at the start and the end of a line here: the same
/// from left to right, and right from right to left.
fn logical(style: &str) -> String {
    let sides = [
        ("margin-left:", "margin-inline-start:"),
        ("margin-right:", "margin-inline-end:"),
        ("padding-left:", "padding-inline-start:"),
        ("padding-right:", "padding-inline-end:"),
        ("border-left:", "border-inline-start:"),
        ("border-right:", "border-inline-end:"),
        ("border-left-color:", "border-inline-start-color:"),
        ("border-right-color:", "border-inline-end-color:"),
        ("border-left-width:", "border-inline-start-width:"),
        ("border-right-width:", "border-inline-end-width:"),
        ("left:", "inset-inline-start:"),
        ("right:", "inset-inline-end:"),
        ("text-align:left", "text-align:start"),
        ("text-align:right", "text-align:end"),
        ("float:left", "float:inline-start"),
        ("float:right", "float:inline-end"),
    ];
    // A side is a property of its own only where a declaration begins.
    sides.iter().fold(style.to_owned(), |style, (side, start)| {
        style
            .replace(&format!("{{{side}"), &format!("{{{start}"))
            .replace(&format!(";{side}"), &format!(";{start}"))
    })
}

fn script(name: &str, code: &str) -> File {
    let code = code
        .split_once("//# sourceMappingURL")
        .map_or(code, |(code, _)| code);
    File {
        name: name.to_owned(),
        mime: "text/javascript; charset=utf-8",
        bytes: code.into(),
    }
}

/// Puts the addresses of files in the place of their names: `asset:bold.woff2`.
fn with_addresses(text: &str, files: &[File]) -> String {
    files.iter().fold(text.to_owned(), |text, file| {
        text.replace(&format!("asset:{}", file.name), &address(file))
    })
}

fn address(file: &File) -> String {
    let (stem, ending) = file.name.rsplit_once('.').unwrap_or((&file.name, "bin"));
    format!("/assets/{stem}.{}.{ending}", hash(&file.bytes))
}

fn read(path: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn text(path: &Path) -> Result<String, Box<dyn Error>> {
    Ok(String::from_utf8(read(path)?)?)
}
