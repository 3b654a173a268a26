//! How fast a desk opens: by folding the whole ledger with the chain checked, and from a snapshot.
//!
//! `cargo bench -p desk --bench start`; another number of lines: `-- 5000000`.

mod invented;
mod said;

use desk::{
    checking::Found,
    desk::{Desk, OpenError},
    folder::{Folder, entropy},
};
use ledger::{check, keys::KeyStore, line::Head, sqlite::Sqlite};
use said::{Outcome, say};
use std::{ops::ControlFlow, time::Instant};

const LINES: u64 = 1_000_000;

fn main() -> Outcome<()> {
    let named = std::env::args().find_map(|word| word.parse().ok());
    let lines: u64 = named.unwrap_or(LINES);
    let place = tempfile::tempdir()?;
    let folder = Folder::at(place.path(), None);
    std::fs::create_dir_all(place.path().join("keys"))?;
    {
        let store = Sqlite::open(&folder.ledger())?;
        let keys = KeyStore::open(
            &folder.key("keys.db"),
            &folder.key("wrapping.key"),
            &mut *entropy(),
        )?;
        invented::ledger(&store, &keys, lines)?;
    }
    // Both are in memory then, as they would be after the program was started anew.
    let chain = chain_only(&folder)?;
    let (desk, folded) = opened(&folder)?;
    let rate = |seconds: f64| format!("{:.0} lines/s", per_second(lines, seconds));
    say(
        "fold at start, chain checked",
        &rate(folded),
        "300000 lines/s",
        &format!("{:.2}", per_second(lines, folded) / 300_000.0),
        ">= 1",
    )?;
    say(
        "  of that, reading and checking alone",
        &rate(chain),
        "",
        &format!("{:.2}", chain / folded),
        "",
    )?;
    let start = Instant::now();
    desk.save_snapshot()?;
    let saved = start.elapsed().as_secs_f64();
    drop(desk);
    let (desk, quick) = opened(&folder)?;
    say(
        "start from a snapshot",
        &format!("{quick:.3} s"),
        "2 s",
        &format!("{:.2}", quick / 2.0),
        "<= 1",
    )?;
    say(
        "  writing that snapshot",
        &format!("{saved:.3} s"),
        "",
        "",
        "",
    )?;
    let start = Instant::now();
    if desk.checked() != Found::InOrder(lines) {
        return Err("the check after the start did not end well".into());
    }
    let after = start.elapsed().as_secs_f64();
    say(
        "  the check after it, in the background",
        &format!("{after:.3} s"),
        "",
        "",
        "",
    )
}

#[expect(
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a rate for people"
)]
fn per_second(lines: u64, seconds: f64) -> f64 {
    lines as f64 / seconds
}

fn opened(folder: &Folder) -> Outcome<(Desk, f64)> {
    let start = Instant::now();
    let desk = folder.open()?;
    Ok((desk, start.elapsed().as_secs_f64()))
}

fn chain_only(folder: &Folder) -> Outcome<f64> {
    let store = Sqlite::open(&folder.ledger()).map_err(OpenError::from)?;
    let start = Instant::now();
    check::read_checked(&store, Head::EMPTY, &mut |_| ControlFlow::Continue(()))?;
    Ok(start.elapsed().as_secs_f64())
}
