//! Codes that telephones read, on documents: the address of this program is known here.

use super::app::App;
use kit::{
    code::Code,
    document::{Block, Document},
};
use qrcodegen::{QrCode, QrCodeEcc};

/// The document with its codes drawn, where it is known how this program is reached.
pub(crate) fn fill(app: &App, mut document: Document) -> Document {
    let Some(site) = app.site() else {
        return document;
    };
    let filled = |block: Block| match block {
        Block::Code(code) => Block::Code(drawn(&site.origin, code)),
        other => other,
    };
    document.blocks = document.blocks.into_iter().map(filled).collect();
    document
}

fn drawn(origin: &str, code: Code) -> Code {
    let address = format!("{origin}{}", code.path);
    // A poster gets wet and creased, so a quarter of it may be lost.
    let Ok(found) = QrCode::encode_text(&address, QrCodeEcc::Quartile) else {
        return code;
    };
    let side = found.size();
    let mut dark: Vec<(u16, u16, u16)> = Vec::new();
    for (down, row) in (0..side).zip(0_u16..) {
        for (across, column) in (0..side).zip(0_u16..) {
            if !found.get_module(across, down) {
                continue;
            }
            match dark.last_mut() {
                Some((begin, line, many)) if *line == row && *begin + *many == column => *many += 1,
                _ => dark.push((column, row, 1)),
            }
        }
    }
    Code {
        address,
        side: u16::try_from(side).unwrap_or_default(),
        dark,
        ..code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_the_whole_address() {
        let code = drawn("https://stairgate.example", Code::to("/concerns/report"));
        assert_eq!(code.address, "https://stairgate.example/concerns/report");
        let corner = |across, down| code.dark.contains(&(across, down, 7));
        let far = code.side - 7;
        assert!(
            corner(0, 0) && corner(far, 0) && corner(0, far),
            "{:?}",
            code.dark
        );
    }
}
