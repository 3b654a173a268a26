//! Asks a gate that answers nobody yet: for each profile everything, for each device, stranger and
//! session what tells them apart, now and at the moments at which the plan changes by itself.

use super::{
    add_parts,
    judge::{Judge, Who, covers},
    made_up::{self, FAR, NEAR, PLAIN, PRIVATE, ROUND},
    marks::Marks,
    note,
    read::{A, AAAA, CANARIES, HTTPS, MX, PTR, SVCB, TXT, Wanted, question, wrong},
};
use crate::{
    compiled::{About, Damaged},
    dns::{NotFit, Stage},
    news::{Part, Tested},
    ours::{Engine, Safe, WAYS_ROUND, must_stay_open, search_engines, ways_round},
    plan::{ALL, Asker, Device, Exception, Gate, Plan},
};
use kernel::moment::Moment;
use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

/// Endings that are nobody's outside.
const OWN_ENDINGS: [&str; 6] = ["local", "test", "invalid", "onion", "alt", "internal"];

/// The most single names of a plan that are asked for.
const SINGLE_MAX: usize = 200;

/// The same, and categories, for each device.
const SINGLE_EACH_MAX: usize = 24;
const CATEGORIES_EACH_MAX: usize = 6;

/// The most devices that are tried.
const DEVICES_MAX: usize = 400;

/// The most moments to come that are tried.
const MOMENTS_MAX: usize = 6;

/// Where nobody has an address: it is kept for texts.
const NOBODYS: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 77);

/// A key that nobody has: it has a letter that no key has.
const NOBODYS_KEY: &str = "a-key-that-is-nobodys_";

/// Asks everything.
///
/// # Errors
///
/// Where the file is damaged, or the system gives no room.
pub(super) fn run(
    gate: &Arc<Gate>,
    (plan, about): (&Plan, &About),
    clock: fn() -> Moment,
    tested: &mut Tested,
) -> Result<(), NotFit> {
    let marks = Marks::of(about, gate.file())?;
    let to: Vec<String> = marks
        .all
        .iter()
        .filter(|mark| mark.is_first)
        .map(|mark| mark.name.clone())
        .collect();
    let targets = to.clone();
    let answers = move |asked: &[u8]| made_up::answer(asked, &targets);
    let at = clock();
    let mut rehearsal = Rehearsal {
        stage: Stage::new(gate, answers, clock).map_err(NotFit::Untried)?,
        judge: Judge::new(plan),
        number: 0,
        what: None,
        parts: BTreeMap::new(),
        gate,
        plan,
        marks,
        to,
        at,
        tested,
    };
    rehearsal.profiles()?;
    rehearsal.devices()?;
    for moment in moments(plan, at) {
        rehearsal.at = moment;
        rehearsal.devices()?;
    }
    let parts = std::mem::take(&mut rehearsal.parts);
    add_parts(&mut tested.parts, parts.into_values());
    Ok(())
}

struct Rehearsal<'a> {
    stage: Stage,
    judge: Judge<'a>,
    number: u16,
    /// What is being tried, where it is told apart.
    what: Option<String>,
    parts: BTreeMap<(String, String), Part>,
    gate: &'a Gate,
    plan: &'a Plan,
    marks: Marks,
    to: Vec<String>,
    at: Moment,
    tested: &'a mut Tested,
}

impl<'a> Rehearsal<'a> {
    fn profiles(&mut self) -> Result<(), Damaged> {
        let count = u8::try_from(self.plan.profiles.len()).unwrap_or(u8::MAX);
        for number in (0..count).map(Some).chain([None]) {
            let who = self.judge.of_profile(number);
            self.lists(&who, false)?;
            self.what = Some("must-stay-open".to_owned());
            self.must_stay_open(&who)?;
            self.what = Some(WAYS_ROUND.to_owned());
            self.ways_round(&who)?;
            self.itself(&who);
            self.what = Some("safe-search".to_owned());
            self.engines(&who)?;
            self.what = None;
            self.single(&who, SINGLE_MAX)?;
            self.leads(&who)?;
        }
        // Once more the other way: nothing that was decided for one counts for another.
        for number in (0..count).rev() {
            let who = self.judge.of_profile(Some(number));
            self.lists(&who, true)?;
        }
        Ok(())
    }

    fn devices(&mut self) -> Result<(), Damaged> {
        let plan = self.plan;
        for device in plan.devices.iter().take(DEVICES_MAX) {
            let ends = [device.addresses.first(), device.addresses.last()];
            let ends = ends.into_iter().flatten();
            let mut own: Vec<IpAddr> = ends
                .flat_map(|own| [Some(own.0.addr()), own.0.hosts().last()])
                .flatten()
                .filter(|address| is_of(plan, device, *address))
                .collect();
            own.dedup();
            let key = device.key.as_deref().map(Asker::Key);
            let ways = own.into_iter().map(Asker::At);
            for by in ways.chain(key) {
                if own_machine(by) {
                    continue;
                }
                let who = self.judge.of_device(device, by, self.at);
                self.few(&who)?;
            }
        }
        let known = plan.devices.iter().flat_map(|device| &device.addresses);
        let is_known = known
            .map(|own| own.0)
            .any(|net| net.contains(&IpAddr::V4(NOBODYS)));
        if !is_known {
            let stranger = self.judge.of_stranger(IpAddr::V4(NOBODYS));
            self.few(&stranger)?;
        }
        self.few(&Judge::of_key(NOBODYS_KEY))?;
        for number in 0..u8::try_from(plan.profiles.len()).unwrap_or(u8::MAX) {
            let who = self.judge.of_profile(Some(number));
            self.few(&who)?;
        }
        Ok(())
    }

    /// What tells one who asks from another.
    fn few(&mut self, who: &Who<'a>) -> Result<(), Damaged> {
        let first = self.to.iter().take(CATEGORIES_EACH_MAX).cloned();
        let names: Vec<String> = first.chain([PLAIN.to_owned()]).collect();
        for name in names {
            self.judged(who, &name, A)?;
        }
        for always in [true, false] {
            let mut groups = must_stay_open().groups().iter();
            let group = groups.find(|group| group.always == always);
            if let Some(name) = group.and_then(|group| group.names.first()) {
                self.judged(who, name, A)?;
            }
        }
        let sites = who.session.map(|session| session.names.as_slice());
        for site in sites.unwrap_or_default().iter().take(SINGLE_EACH_MAX) {
            self.judged(who, site, A)?;
            self.judged(who, &format!("a.b.{site}"), A)?;
        }
        let mut others = self.plan.sessions.iter().flat_map(|session| &session.names);
        if let Some(name) = others.next() {
            self.judged(who, name, A)?;
        }
        self.single(who, SINGLE_EACH_MAX)
    }

    /// Names of each category.
    fn lists(&mut self, who: &Who<'a>, again: bool) -> Result<(), Damaged> {
        for at in 0..self.marks.all.len() {
            let Some(mark) = self.marks.all.get(at) else {
                break;
            };
            let (name, is_first) = (mark.name.clone(), mark.is_first);
            self.what = Some(mark.category.clone());
            self.judged(who, &name, A)?;
            if !is_first || again {
                continue;
            }
            for kind in [AAAA, HTTPS, TXT, MX] {
                self.judged(who, &name, kind)?;
            }
            let own = self.marks.own(&name, self.gate.file())?;
            self.ask(who, &capitals(&name), A, self.wanted(who, &name, &own, A));
            self.stream(who, &name, A, &own);
            if name.len() < 240 {
                self.judged(who, &format!("a.b.{name}"), A)?;
                self.beside(who, &name)?;
            }
        }
        self.what = None;
        Ok(())
    }

    /// What only looks like a listed name is not closed for that.
    fn beside(&mut self, who: &Who<'a>, name: &str) -> Result<(), Damaged> {
        let file = self.gate.file();
        let beside = format!("zq7{name}");
        let Some((label, above)) = beside.split_once('.').filter(|(label, _)| label.len() < 64)
        else {
            return Ok(());
        };
        let listed = file.look(&beside)?.hits.into_iter().any(|hit| {
            let is_own = beside.len() - hit.begins > above.len();
            is_own && file.origins(&hit).is_ok_and(|lines| !lines.is_empty())
        });
        // One name in a list of millions may be just that.
        if listed || label.is_empty() {
            return Ok(());
        }
        let own = self.marks.own(above, file)?;
        self.ask(who, &beside, A, self.wanted(who, &beside, &own, A));
        Ok(())
    }

    fn must_stay_open(&mut self, who: &Who<'a>) -> Result<(), Damaged> {
        for group in must_stay_open().groups() {
            for name in &group.names {
                self.judged(who, name, A)?;
            }
        }
        Ok(())
    }

    fn ways_round(&mut self, who: &Who<'a>) -> Result<(), Damaged> {
        let has_ways = self.gate.file().category(WAYS_ROUND).is_some();
        for way in ways_round().iter().filter(|way| !way.name.is_empty()) {
            let mut own = self.marks.own(&way.name, self.gate.file())?;
            if has_ways || who.profile.is_some_and(|profile| profile.children) {
                own.insert(WAYS_ROUND.to_owned());
            }
            self.ask(who, &way.name, A, self.wanted(who, &way.name, &own, A));
        }
        Ok(())
    }

    fn engines(&mut self, who: &Who<'a>) -> Result<(), Damaged> {
        for engine in search_engines() {
            for name in &engine.names {
                let below = name.strip_prefix("*.").map(|name| format!("x7.{name}"));
                let name = below.as_deref().unwrap_or(name);
                for kind in [A, AAAA, HTTPS, SVCB] {
                    self.judged(who, name, kind)?;
                }
            }
        }
        Ok(())
    }

    /// What the filter answers itself.
    fn itself(&mut self, who: &Who<'a>) {
        for name in CANARIES {
            for kind in [A, AAAA, HTTPS] {
                self.ask(who, name, kind, Wanted::NoName);
            }
        }
        self.ask(who, "_dns.resolver.arpa", SVCB, Wanted::NoData);
        self.ask(who, "printer-9.local", A, Wanted::NoName);
        self.ask(who, "7.77.168.192.in-addr.arpa", PTR, Wanted::NoName);
    }

    /// Names that stand in the plan.
    fn single(&mut self, who: &Who<'a>, most: usize) -> Result<(), Damaged> {
        let plan = self.plan;
        let own = |one: &&Exception| {
            let name = who.profile.map(|profile| &profile.name);
            one.profiles.is_empty() || name.is_some_and(|name| one.profiles.contains(name))
        };
        let (mine, others): (Vec<_>, Vec<_>) = plan.exceptions.iter().partition(own);
        let exceptions = mine
            .into_iter()
            .chain(others)
            .map(|one| &one.name)
            .take(most);
        let floors = plan.floors.iter().flat_map(|floor| &floor.names).take(most);
        let approved = who
            .profile
            .map(|profile| profile.approved.iter().take(most));
        let approved = approved.into_iter().flatten();
        for name in exceptions.chain(floors).chain(approved) {
            self.judged(who, name, A)?;
            if name.len() < 240 {
                self.judged(who, &format!("a.b.{name}"), A)?;
            }
        }
        Ok(())
    }

    /// Where answers lead.
    fn leads(&mut self, who: &Who<'a>) -> Result<(), Damaged> {
        let own = self.marks.own(PLAIN, self.gate.file())?;
        for kind in [A, AAAA, HTTPS, TXT] {
            self.ask(who, PLAIN, kind, self.wanted(who, PLAIN, &own, kind));
        }
        let closed = !self.judge.is_open(who, PLAIN, &own, self.at);
        let Some(profile) = who.profile.filter(|profile| !closed && !profile.limited) else {
            return Ok(());
        };
        for number in 0..self.to.len() {
            let Some(to) = self.to.get(number).cloned() else {
                break;
            };
            let of_target = self.marks.own(&to, self.gate.file())?;
            let is_open = self.judge.is_open(who, &to, &of_target, self.at);
            let wanted = if is_open {
                Wanted::Open
            } else {
                Wanted::Closed
            };
            let (near, far) = (
                format!("{NEAR}{number}.trial.example"),
                format!("{FAR}{number}.trial.example"),
            );
            for kind in [A, HTTPS] {
                self.ask(who, &near, kind, wanted);
            }
            self.ask(who, &far, A, wanted);
            self.stream_wanted(who, &near, A, wanted);
        }
        let mut closes = profile.closed.iter();
        let closes = closes.any(|one| one == WAYS_ROUND || one == ALL);
        let has_ways = self.gate.file().category(WAYS_ROUND).is_some();
        let round = match profile.children || closes && has_ways {
            true => Wanted::Closed,
            false => Wanted::Open,
        };
        self.ask(who, ROUND, A, round);
        for kind in [A, AAAA] {
            self.ask(who, PRIVATE, kind, Wanted::NoData);
        }
        Ok(())
    }

    /// Asks for what the plan says of a name.
    fn judged(&mut self, who: &Who<'a>, name: &str, kind: u16) -> Result<(), Damaged> {
        let own = self.marks.own(name, self.gate.file())?;
        let wanted = self.wanted(who, name, &own, kind);
        self.ask(who, name, kind, wanted);
        Ok(())
    }

    /// What is wanted; nothing where it hangs on something that is not known here.
    fn wanted(
        &self,
        who: &Who<'_>,
        name: &str,
        own: &BTreeSet<String>,
        kind: u16,
    ) -> Option<Wanted> {
        let is_open = self.judge.is_open(who, name, own, self.at);
        if own.contains(crate::compiled::ILLEGAL) {
            return Some(Wanted::Closed);
        }
        if covers(&self.plan.at_home, name) || self.gate.pages().has_host(name) {
            return None;
        }
        let ending = name.rsplit('.').next().unwrap_or(name);
        if CANARIES.contains(&name) || OWN_ENDINGS.contains(&ending) {
            return Some(Wanted::NoName);
        }
        if ending == "localhost" || name.ends_with("resolver.arpa") {
            return None;
        }
        if !is_open {
            return Some(Wanted::Closed);
        }
        let safe = who
            .profile
            .filter(|profile| profile.children || profile.safe_search);
        let safe = safe.and_then(|_| match &Engine::of_name(name)?.safe {
            Safe::Answer(safe) if safe != name => Some(safe.as_str()),
            Safe::Answer(_) | Safe::Itself | Safe::Closed => None,
        });
        Some(match (safe, kind) {
            (Some(safe), A | AAAA) => Wanted::Safe(safe),
            (Some(_), HTTPS | SVCB) => Wanted::NoData,
            (_, A | AAAA | HTTPS | SVCB | TXT) => Wanted::Itself,
            _ => Wanted::NoData,
        })
    }

    fn ask(&mut self, who: &Who<'_>, name: &str, kind: u16, wanted: impl Into<Option<Wanted>>) {
        let Some(wanted) = wanted.into() else {
            return;
        };
        self.number = self.number.wrapping_add(1);
        let message = question(self.number, name, kind);
        let answer = self.stage.packet(&message, who.asker, self.at);
        self.hold(who, (name, kind), answer.as_deref(), wanted);
    }

    fn stream(&mut self, who: &Who<'_>, name: &str, kind: u16, own: &BTreeSet<String>) {
        if let Some(wanted) = self.wanted(who, name, own, kind) {
            self.stream_wanted(who, name, kind, wanted);
        }
    }

    fn stream_wanted(&mut self, who: &Who<'_>, name: &str, kind: u16, wanted: Wanted) {
        self.number = self.number.wrapping_add(1);
        let message = question(self.number, name, kind);
        let answer = self.stage.stream(&message, who.asker);
        self.hold(who, (name, kind), answer.as_deref(), wanted);
    }

    /// Counts a question where it is told apart.
    fn count(&mut self, who: &Who<'_>, is_wrong: bool) {
        let (Some(what), Some(profile)) = (&self.what, who.profile) else {
            return;
        };
        let key = (profile.name.clone(), what.clone());
        let part = self.parts.entry(key).or_insert_with(|| Part {
            profile: profile.name.clone(),
            what: what.clone(),
            ..Part::default()
        });
        part.tried += 1;
        part.wrong += u64::from(is_wrong);
    }

    /// Holds an answer against what is wanted.
    fn hold(
        &mut self,
        who: &Who<'_>,
        (name, kind): (&str, u16),
        answer: Option<&[u8]>,
        wanted: Wanted,
    ) {
        let seconds = Judge::seconds(who);
        let closing = &self.plan.closing;
        let words = wrong(answer, kind, wanted, closing, seconds);
        if words.is_some() && wanted == Wanted::Itself && must_stay_open().covers(name).is_some() {
            self.tested.over_blocked.push(name.to_owned());
            self.tested.over_blocked.truncate(SINGLE_MAX);
        }
        self.count(who, words.is_some());
        let words = words.map(|words| format!("{name} {words} for {}", who.words));
        note(self.tested, words);
    }
}

/// Whether an address is this device: the narrowest network says.
fn is_of(plan: &Plan, device: &Device, address: IpAddr) -> bool {
    let narrowest = |one: &Device| {
        let own = one.addresses.iter().map(|own| own.0);
        let own = own.filter(|net| net.contains(&address));
        own.map(|net| net.prefix_len()).max()
    };
    let mine = narrowest(device);
    let mut others = plan
        .devices
        .iter()
        .filter(|other| other.name != device.name);
    mine.is_some() && others.all(|other| narrowest(other) < mine)
}

/// Whether this machine asks so itself: such an address stands for the trial's own.
fn own_machine(asker: Asker<'_>) -> bool {
    match asker {
        Asker::At(address) => address.is_loopback(),
        Asker::Key(_) => false,
    }
}

fn capitals(name: &str) -> String {
    let letters = name.char_indices();
    letters
        .map(|(at, letter)| match at % 2 {
            0 => letter.to_ascii_uppercase(),
            _ => letter,
        })
        .collect()
}

/// Moments to come at which the plan changes by itself.
fn moments(plan: &Plan, now: Moment) -> Vec<Moment> {
    let today = now.date();
    let tomorrow = today.tomorrow().unwrap_or(today);
    let mut all = BTreeSet::new();
    all.extend(plan.sessions.iter().flat_map(|one| [one.from, one.until]));
    all.extend(plan.exceptions.iter().filter_map(|one| one.until));
    for hours in plan.profiles.iter().flat_map(|profile| &profile.hours) {
        for day in [today, tomorrow] {
            all.insert(Moment::on(day, hours.from.hour, hours.from.minute));
            all.insert(Moment::on(day, hours.until.hour, hours.until.minute));
        }
    }
    let to_come = all.into_iter().filter(|moment| *moment > now);
    to_come.take(MOMENTS_MAX).collect()
}
