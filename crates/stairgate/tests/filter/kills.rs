//! The filter is killed while its files are written, again and again: what begins afterwards answers
//! filtered or not at all. `STAIRGATE_KILLS=10000` makes it long.

use crate::program::{PLAN, prepare, serve, upstream};
use std::{
    net::UdpSocket,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU16, AtomicU64, Ordering},
    },
    time::Duration,
};

/// A setting of the environment; the tests' own, never the product's.
#[expect(clippy::disallowed_methods, reason = "tests are set from outside")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// Asks all the time, wherever the filter is just now; counts what is answered, and what is wrong.
#[derive(Default)]
struct Asking {
    port: AtomicU16,
    over: AtomicBool,
    filtered: AtomicU64,
    unfiltered: AtomicU64,
}

fn question(name: &str) -> Vec<u8> {
    let mut bytes = vec![0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in name.split('.') {
        bytes.push(u8::try_from(label.len()).unwrap());
        bytes.extend_from_slice(label.as_bytes());
    }
    bytes.extend_from_slice(&[0, 0, 1, 0, 1]);
    bytes
}

impl Asking {
    fn ask(&self) {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket
            .set_read_timeout(Some(Duration::from_millis(20)))
            .unwrap();
        let closed = [question("adult.example"), question("www.news.example")];
        let mut room = [0; 512];
        while !self.over.load(Ordering::SeqCst) {
            let port = self.port.load(Ordering::SeqCst);
            for bytes in &closed {
                drop(socket.send_to(bytes, ("127.0.0.1", port)));
                let Ok(length) = socket.recv(&mut room) else {
                    continue;
                };
                // Closed is: the page's address, no such name, or nothing that can be said.
                let page = room[..length].ends_with(&[192, 0, 2, 80]);
                let count = if page || room[3] & 15 != 0 {
                    &self.filtered
                } else {
                    &self.unfiltered
                };
                count.fetch_add(1, Ordering::SeqCst);
            }
        }
    }
}

/// Writes a part of a file in its place, as a machine does that loses its power.
fn tear(path: &Path, whole: &[u8], dice: &mut Dice) {
    let at = dice.below(whole.len());
    let mut bytes = whole.to_vec();
    match dice.below(3) {
        0 => bytes.truncate(at),
        1 => bytes[at..].fill(0),
        _ => bytes.clear(),
    }
    let torn = path.with_extension("torn");
    std::fs::write(&torn, bytes).unwrap();
    std::fs::rename(torn, path).unwrap();
}

#[test]
fn after_each_kill_it_answers_filtered_or_not_at_all() {
    let kills: usize = setting("STAIRGATE_KILLS").map_or(25, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let (names, plan) = (folder.path().join("names"), folder.path().join("plan.toml"));
    let whole = [
        std::fs::read(&names).unwrap(),
        format!("{PLAN}# end\n").into_bytes(),
    ];
    let (_upstream, at) = upstream();
    let asking = Arc::new(Asking::default());
    let own = Arc::clone(&asking);
    let thread = std::thread::spawn(move || own.ask());
    let mut dice = Dice(5);
    let (mut began, mut refused) = (0, 0);
    for _ in 0..kills {
        let Some(mut filter) = serve(folder.path(), &at, &[]) else {
            refused += 1;
            std::fs::write(&names, &whole[0]).unwrap();
            std::fs::write(&plan, &whole[1]).unwrap();
            continue;
        };
        began += 1;
        let before = asking.filtered.load(Ordering::SeqCst);
        asking.port.store(filter.plain.port(), Ordering::SeqCst);
        if dice.below(2) == 0 {
            let which = dice.below(2);
            tear([&names, &plan][which], &whole[which], &mut dice);
        }
        while asking.filtered.load(Ordering::SeqCst)
            < before + u64::try_from(dice.below(40)).unwrap()
        {
            std::thread::yield_now();
        }
        filter.child.kill().unwrap();
        filter.child.wait().unwrap();
    }
    asking.over.store(true, Ordering::SeqCst);
    thread.join().unwrap();
    assert_eq!(asking.unfiltered.load(Ordering::SeqCst), 0);
    assert!(
        began >= kills / 3 && (refused > 0 || kills < 10),
        "{began} began, {refused} did not"
    );
}
