//! What comes often is one alert with a count. It is told when it begins, when its count has doubled,
//! and once more when it is over; so the ledger has few lines of it however often somebody asks.

use super::watch::{Seen, Worry};
use crate::news::{Alert, Asked, Illegal, News, Seated, Unknown};
use kernel::moment::Moment;
use std::{collections::HashMap, net::IpAddr};

/// The most alerts that are open at once; of more, each is told by itself.
const OPEN_MAX: usize = 10_000;

/// For how many minutes something illegal by the same device is told once: each is a concern.
const ILLEGAL_MINUTES: i64 = 15;

/// For how many minutes an address that nobody knows is told once.
const UNKNOWN_MINUTES: i64 = 24 * 60;

/// The same name is asked for more than once by a device for a single visit: its addresses of both
/// kinds, and again when a page is shown. Within so many seconds it counts once.
const VISIT_SECONDS: i64 = 10;

/// What is open.
#[derive(Debug, Default)]
pub(super) struct Fold {
    worries: HashMap<(Seated, String), Open>,
    illegal: HashMap<(Seated, String), Moment>,
    unknown: HashMap<IpAddr, Moment>,
}

#[derive(Debug)]
struct Open {
    alert: Alert,
    until: Moment,
    told: u32,
    last: Asked,
}

impl Fold {
    /// What is to be told because of something that was seen. `chance` makes a new alert another
    /// than all before.
    pub(super) fn see(&mut self, seen: Seen, chance: u64) -> Option<News> {
        match seen {
            Seen::Illegal { at, seated, list } => {
                let known = (seated, list);
                if is_recent(self.illegal.get(&known), at, ILLEGAL_MINUTES) {
                    return None;
                }
                let (seated, list) = known.clone();
                make_room(&mut self.illegal, at, ILLEGAL_MINUTES);
                self.illegal.insert(known, at);
                Some(News::Illegal(Illegal { at, seated, list }))
            }
            Seen::Unknown { at, address } => {
                if is_recent(self.unknown.get(&address), at, UNKNOWN_MINUTES) {
                    return None;
                }
                make_room(&mut self.unknown, at, UNKNOWN_MINUTES);
                self.unknown.insert(address, at);
                Some(News::Unknown(Unknown { at, address }))
            }
            Seen::Worry(worry) => self.worry(worry, chance),
        }
    }

    fn worry(&mut self, worry: Worry, chance: u64) -> Option<News> {
        let key = (worry.seated.clone(), worry.theme.clone());
        let open = self.worries.get_mut(&key);
        if let Some(open) = open.filter(|open| worry.at < open.until) {
            let same = open.last == worry.asked && seconds(open.alert.at, worry.at) < VISIT_SECONDS;
            if !same {
                open.alert.count = open.alert.count.saturating_add(1);
                open.alert.at = worry.at.max(open.alert.at);
                open.last = worry.asked;
            }
            let due = open.alert.count >= open.told.saturating_mul(2);
            return due.then(|| open.tell());
        }
        let alert = Alert {
            series: format!("{:016x}-{chance:016x}", worry.at.micros().max(0)),
            theme: worry.theme,
            severity: worry.severity,
            seated: worry.seated,
            asked: worry.asked.clone(),
            answer: worry.answer,
            first: worry.at,
            at: worry.at,
            count: 1,
        };
        let mut open = Open {
            until: worry.at.plus_minutes(i64::from(worry.fold_minutes)),
            alert,
            told: 0,
            last: worry.asked,
        };
        let news = open.tell();
        // One that is over and was not told to its end is told by the clock; there is one second
        // between, in which this one takes its place and its last count is not told.
        if self.worries.len() < OPEN_MAX || self.worries.contains_key(&key) {
            self.worries.insert(key, open);
        }
        Some(news)
    }

    /// What is over by now, where its count has changed since it was told.
    pub(super) fn over(&mut self, now: Moment) -> Vec<News> {
        let mut news = Vec::new();
        self.worries.retain(|_, open| {
            if now < open.until {
                return true;
            }
            if open.alert.count > open.told {
                news.push(open.tell());
            }
            false
        });
        news
    }
}

impl Open {
    fn tell(&mut self) -> News {
        self.told = self.alert.count;
        News::Alert(self.alert.clone())
    }
}

fn is_recent(last: Option<&Moment>, at: Moment, minutes: i64) -> bool {
    last.is_some_and(|last| at < last.plus_minutes(minutes))
}

fn make_room<K: std::hash::Hash + Eq>(all: &mut HashMap<K, Moment>, at: Moment, minutes: i64) {
    if all.len() >= OPEN_MAX {
        all.retain(|_, last| at < last.plus_minutes(minutes));
    }
    // Whoever makes up addresses does not fill the memory: some are told again.
    if all.len() >= OPEN_MAX {
        all.clear();
    }
}

fn seconds(from: Moment, to: Moment) -> i64 {
    (to.micros() - from.micros()).div_euclid(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{news::Severity, traces::Answer};
    use jiff::civil::date;

    fn at(seconds: i64) -> Moment {
        let begins = Moment::on(date(2026, 9, 1), 10, 0);
        Moment::from_micros(begins.micros() + seconds * 1_000_000)
    }

    fn worry(name: &str, device: &str, seconds: i64) -> Seen {
        Seen::Worry(Worry {
            at: at(seconds),
            theme: "self-harm".to_owned(),
            severity: Severity::High,
            seated: Seated {
                device: Some(device.to_owned()),
                ..Seated::default()
            },
            asked: Asked::Name(name.to_owned()),
            answer: Answer::Closed,
            fold_minutes: 10,
        })
    }

    fn counts(news: impl IntoIterator<Item = News>) -> Vec<(String, u32)> {
        let alerts = news.into_iter().map(|news| match news {
            News::Alert(alert) => (alert.series, alert.count),
            other => panic!("{other:?}"),
        });
        alerts.collect()
    }

    #[test]
    fn what_is_asked_for_again_and_again_is_one_alert_with_a_count() {
        let mut fold = Fold::default();
        let mut told = Vec::new();
        for number in 0..100_i64 {
            let name = format!("{number}.example");
            told.extend(fold.see(worry(&name, "device-1", number), number.unsigned_abs()));
        }
        let series: std::collections::BTreeSet<String> =
            counts(told.clone()).into_iter().map(|one| one.0).collect();
        assert_eq!(series.len(), 1);
        let told: Vec<u32> = counts(told).into_iter().map(|one| one.1).collect();
        assert_eq!(told, [1, 2, 4, 8, 16, 32, 64]);
        assert!(fold.over(at(599)).is_empty());
        let last: Vec<u32> = counts(fold.over(at(600))).iter().map(|one| one.1).collect();
        assert_eq!(last, [100]);
        assert!(fold.over(at(601)).is_empty());
        let again = counts(fold.see(worry("1.example", "device-1", 601), 7));
        assert_eq!(again[0].1, 1);
        assert!(!series.contains(&again[0].0));
    }

    #[test]
    fn one_visit_counts_once_and_another_device_is_another_alert() {
        let mut fold = Fold::default();
        assert!(fold.see(worry("a.example", "device-1", 0), 1).is_some());
        assert!(fold.see(worry("a.example", "device-1", 1), 2).is_none());
        assert!(fold.see(worry("a.example", "device-2", 1), 3).is_some());
        let again = counts(fold.see(worry("a.example", "device-1", 11), 4));
        assert_eq!(again[0].1, 2);
    }

    #[test]
    fn something_illegal_is_told_at_once_and_not_again_for_a_quarter_of_an_hour() {
        let mut fold = Fold::default();
        let illegal = |seconds| Seen::Illegal {
            at: at(seconds),
            seated: Seated::default(),
            list: "a list".to_owned(),
        };
        assert!(fold.see(illegal(0), 1).is_some());
        assert!(fold.see(illegal(899), 1).is_none());
        assert!(fold.see(illegal(900), 1).is_some());
    }

    #[test]
    fn an_address_that_nobody_knows_is_told_once_a_day() {
        let mut fold = Fold::default();
        let unknown = |last: u8, seconds| Seen::Unknown {
            at: at(seconds),
            address: IpAddr::from([192, 0, 2, last]),
        };
        assert!(fold.see(unknown(1, 0), 1).is_some());
        assert!(fold.see(unknown(1, 60), 1).is_none());
        assert!(fold.see(unknown(2, 60), 1).is_some());
        assert!(fold.see(unknown(1, 86_400), 1).is_some());
    }
}
