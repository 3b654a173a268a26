//! What one thread of the filter looks at: whether an answer belongs to a theme of the plan, to
//! something illegal, or to a device that nobody knows.

use crate::{
    compiled::Categories,
    content,
    dns::{Told, Trace},
    news::{Asked, Seated, Severity},
    plan::{Because, Gate, Plan},
    traces::Answer,
};
use kernel::moment::Moment;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{SyncSender, TrySendError},
    },
};

/// The list of an illegal page that is known by its address alone.
const PAGES: &str = "illegal pages";

/// For so many seconds what comes again is not handed on again by the same thread.
const AGAIN_SECONDS: i64 = 1;

/// The most things of which a thread remembers when it handed them on.
const REMEMBERED_MAX: usize = 4_096;

/// What was seen, on its way to the one who tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Illegal {
        at: Moment,
        seated: Seated,
        list: String,
    },
    Unknown {
        at: Moment,
        address: IpAddr,
    },
    Worry(Worry),
}

/// Something of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Worry {
    pub(super) at: Moment,
    pub(super) theme: String,
    pub(super) severity: Severity,
    pub(super) seated: Seated,
    pub(super) asked: Asked,
    pub(super) answer: Answer,
    pub(super) fold_minutes: u32,
}

/// What one thread looks at.
pub struct Watch {
    to: SyncSender<Seen>,
    missed: Arc<AtomicU64>,
    gate: u64,
    /// The themes of the plan, each with the categories of the file that belong to it.
    themes: Vec<Categories>,
    of_any: Categories,
    /// When what was handed on last, in seconds: by the device or the address, and the theme.
    handed: HashMap<(Who, u16), i64>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    Device(u16),
    At(Option<IpAddr>),
}

const ILLEGAL: u16 = u16::MAX;
const UNKNOWN: u16 = u16::MAX - 1;

impl Trace for Watch {
    fn answered(&mut self, told: &Told<'_>) {
        self.see(told);
    }

    fn searched(&mut self, told: &Told<'_>, theme: content::Theme) {
        self.words(told, theme, Asked::Words(told.name.to_owned()));
    }
}

impl Watch {
    pub(super) fn new(to: SyncSender<Seen>, missed: Arc<AtomicU64>) -> Watch {
        Watch {
            to,
            missed,
            gate: 0,
            themes: Vec::new(),
            of_any: Categories::NONE,
            handed: HashMap::new(),
        }
    }

    /// Looks at what was answered.
    pub fn see(&mut self, told: &Told<'_>) {
        if self.gate != told.gate.serial() {
            self.turn(told.gate);
        }
        if let (None, Some(address)) = (told.seat.device, told.from)
            && self.is_due(told, UNKNOWN, Who::At(Some(address)))
        {
            let at = told.at;
            self.hand(Seen::Unknown { at, address });
        }
        if told.decision.because == Because::Illegal {
            self.illegal(told);
            return;
        }
        if let Because::Words(theme) = told.decision.because {
            self.words(told, theme, Asked::Page(told.name.to_owned()));
            return;
        }
        if self.of_any.is_empty() {
            return;
        }
        let categories = categories(told).within(self.of_any);
        if categories.is_empty() {
            return;
        }
        let plan = told.gate.plan();
        let themes = self.themes.iter().enumerate();
        let own = themes.filter(|(_, own)| !own.within(categories).is_empty());
        let own = own.filter(|(at, _)| concerns(plan, *at, told, told.name));
        let Some((at, _)) = own.max_by_key(|(at, _)| plan.alerts.themes.get(*at).map(severity))
        else {
            return;
        };
        let asked = match told.door {
            crate::traces::Door::Page => Asked::Page(told.name.to_owned()),
            _ => Asked::Name(told.name.to_owned()),
        };
        self.worry(told, at, asked);
    }

    /// Looks at words that somebody searched for, or at a page by what it says.
    pub fn words(&mut self, told: &Told<'_>, theme: content::Theme, asked: Asked) {
        if self.gate != told.gate.serial() {
            self.turn(told.gate);
        }
        let plan = told.gate.plan();
        let text = match &asked {
            Asked::Name(text) | Asked::Page(text) | Asked::Words(text) => text.to_lowercase(),
        };
        let mut themes = plan.alerts.themes.iter();
        let Some(at) = themes.position(|own| own.name == theme.key()) else {
            return;
        };
        if concerns(plan, at, told, &text) {
            self.worry(told, at, asked);
        }
    }

    fn turn(&mut self, gate: &Gate) {
        self.gate = gate.serial();
        let file = gate.file();
        let of = |category: &String| file.category(category).unwrap_or_default();
        let themes = gate.plan().alerts.themes.iter().map(|theme| {
            let own = theme.categories.iter().map(of);
            own.fold(Categories::NONE, Categories::and)
        });
        self.themes = themes.collect();
        let all = self.themes.iter();
        self.of_any = all.fold(Categories::NONE, |all, own| all.and(*own));
        self.handed.clear();
    }

    fn illegal(&mut self, told: &Told<'_>) {
        if !self.is_due(told, ILLEGAL, who(told)) {
            return;
        }
        let lists = &told.gate.file().about().lists;
        let list = told.origin;
        let list = list.and_then(|origin| lists.get(usize::from(origin.list)));
        self.hand(Seen::Illegal {
            at: told.at,
            seated: Seated::of(told.seat, told.gate.plan()),
            list: list.map_or(PAGES, |list| list.name.as_str()).to_owned(),
        });
    }

    fn worry(&mut self, told: &Told<'_>, at: usize, asked: Asked) {
        let number = u16::try_from(at).unwrap_or(UNKNOWN - 1);
        if !self.is_due(told, number, who(told)) {
            return;
        }
        let plan = told.gate.plan();
        let Some(theme) = plan.alerts.themes.get(at) else {
            return;
        };
        self.hand(Seen::Worry(Worry {
            at: told.at,
            theme: theme.name.clone(),
            severity: theme.severity,
            seated: Seated::of(told.seat, plan),
            asked,
            answer: told.answer,
            fold_minutes: plan.alerts.fold_minutes,
        }));
    }

    /// Whether this thread handed the same on a moment ago.
    fn is_due(&mut self, told: &Told<'_>, what: u16, who: Who) -> bool {
        let now = told.at.micros().div_euclid(1_000_000);
        if self.handed.len() >= REMEMBERED_MAX {
            self.handed.retain(|_, at| now - *at < AGAIN_SECONDS);
        }
        let last = self.handed.get(&(who, what));
        if last.is_some_and(|at| (0..AGAIN_SECONDS).contains(&(now - at))) {
            return false;
        }
        self.handed.insert((who, what), now);
        true
    }

    fn hand(&self, seen: Seen) {
        match self.to.try_send(seen) {
            Ok(()) => {}
            // The filter does not wait: it is counted, and said.
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {
                self.missed.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

fn who(told: &Told<'_>) -> Who {
    match told.seat.device {
        Some(device) => Who::Device(device),
        None => Who::At(told.from),
    }
}

fn severity(theme: &crate::plan::Theme) -> Severity {
    theme.severity
}

/// What the lists say of a name. Where it was closed before they were asked, they are asked now.
fn categories(told: &Told<'_>) -> Categories {
    match told.decision.because {
        Because::CutOff
        | Because::Hours
        | Because::NoSession
        | Because::NotInSession(_)
        | Because::NotApproved => {
            let found = told.gate.file().look(told.name);
            found.map(|found| found.categories).unwrap_or_default()
        }
        _ => told
            .decision
            .hit
            .map_or(Categories::NONE, |hit| hit.categories),
    }
}

/// Whether a theme is for this seat and answer, and not quiet now.
fn concerns(plan: &Plan, at: usize, told: &Told<'_>, asked: &str) -> bool {
    let Some(theme) = plan.alerts.themes.get(at) else {
        return false;
    };
    let profile = told.seat.profile.map(usize::from);
    let profile = profile.and_then(|at| plan.profiles.get(at));
    let profile = profile.map(|profile| profile.name.as_str());
    let is_for = theme.profiles.is_empty()
        || profile.is_some_and(|own| theme.profiles.iter().any(|one| one == own));
    if !is_for || (told.answer.is_open() && !theme.when_open) {
        return false;
    }
    let device = told.seat.device.map(usize::from);
    let room = device.and_then(|at| plan.devices.get(at)?.room.as_deref());
    let mut quiet = plan.alerts.quiet.iter();
    !quiet.any(|quiet| quiet.covers(&theme.name, asked, (room, profile), told.at))
}
