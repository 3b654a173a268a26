//! What the demo's devices asked for in its last weeks, as the filter keeps it: through the plan, the
//! lists and the store that a setting has, at the demo's own times. Names are invented but for those
//! of the lists that are shipped.

use crate::{
    commands::filter::{secret, traces::fill},
    filter::Folder as Filter,
    plan_file,
};
use desk::desk::Desk;
use gate::{
    compiled::Compiled,
    dns::Told,
    plan::{Asker, Gate, Plan, Session},
    traces::{Answer, Batch, Door, Known, Limits, Numbering, Store},
};
use jiff::civil::Weekday;
use kernel::moment::{Date, Moment, minus_days};
use std::{collections::BTreeSet, net::IpAddr, path::Path, sync::Arc};

/// For how many days there are traces.
const DAYS: i64 = 28;

/// The type of a question for an address.
const ADDRESS: u16 = 1;

/// What people who work here ask for.
const WORK: [&str; 14] = [
    "journal.meadowbook.example",
    "img.meadowbook.example",
    "rota.tidyshift.example",
    "mail.hollyhocklane.example",
    "www.gov.uk",
    "www.nhs.uk",
    "shop.paperandpaste.example",
    "songs.nestandsing.example",
    "ideas.littleplanner.example",
    "fonts.plainletters.example",
    "weather.marrowfield.example",
    "news.marrowfield.example",
    "training.earlysteps.example",
    "update.birchnote.example",
];

/// What a children's tablet asks for by itself.
const BY_ITSELF: [&str; 3] = [
    "time.aspenslate.example",
    "update.aspenslate.example",
    "ads.brightpixel.example",
];

/// Keeps the traces of the last weeks. What is left to do for the last day that is over is done by
/// the filter when it begins.
pub(super) fn keep(desk: &Desk, root: &Path, now: Moment) -> anyhow::Result<()> {
    let filter = Filter::of(root);
    filter.make()?;
    let key = secret(&filter.secret(), true)?;
    let gate = Gate::new(Arc::new(Compiled::open(&filter.names())?), plan(desk, now)?);
    let known = Arc::new(Known::open(&filter.traces(), &key)?);
    let mut dice = Dice(20_260_901);
    let limits = Limits {
        bytes: u64::MAX,
        days: u16::MAX,
        held: BTreeSet::new(),
    };
    let first = minus_days(now.date(), DAYS);
    let begin = Moment::start_of(first);
    let mut store = Store::begin(&filter.traces(), &key, limits, Box::new(fill), begin)?;
    let mut numbering = Numbering::new(&known);
    let closed = closed(&gate)?;
    for ago in (0..DAYS).rev() {
        let day = minus_days(now.date(), ago);
        if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            continue;
        }
        let mut asked = of_day(&gate, day, &closed, &mut dice);
        asked.retain(|one| one.at <= now);
        asked.sort_by_key(|one| one.at);
        let mut batch = Batch::default();
        for one in &asked {
            batch.push(&numbering.event(&told(&gate, one)));
        }
        store.add(&batch)?;
        store.tick(Moment::end_of(day).min(now))?;
    }
    store.tick(now)?;
    known.save(&mut fill)?;
    Ok(())
}

/// The plan of now, with the times of these weeks that adults opened the internet in.
fn plan(desk: &Desk, now: Moment) -> anyhow::Result<Plan> {
    let state = desk.state();
    let mut plan = plan_file::made(&state.setting, &state.in_force, now)?;
    let devices: BTreeSet<String> = plan.devices.iter().map(|one| one.name.clone()).collect();
    let first = now.plus_hours(-24 * DAYS);
    let past = state.setting.internet.sessions();
    let past = past.filter(|one| one.from >= first && one.from < one.until && one.until <= now);
    plan.sessions.extend(past.take(500).map(|one| {
        Session {
            name: format!("session-{}", one.number),
            devices: one
                .devices(&state.setting)
                .into_iter()
                .map(|own| format!("device-{own}"))
                .filter(|own| devices.contains(own))
                .collect(),
            from: one.from,
            until: one.until,
            profile: None,
            names: one.names(&state.setting),
            limited: !one.filtered,
            clause: None,
        }
    }));
    Ok(plan.checked()?)
}

/// Some names of each list that is shipped: what is closed is asked for now and then.
fn closed(gate: &Gate) -> anyhow::Result<Vec<String>> {
    let samples = gate.file().samples(4)?;
    Ok(samples.into_iter().flatten().collect())
}

/// Something that a device asked for.
struct Asked {
    at: Moment,
    from: IpAddr,
    name: String,
}

fn of_day(gate: &Gate, day: Date, closed: &[String], dice: &mut Dice) -> Vec<Asked> {
    let mut asked = Vec::new();
    let plan = gate.plan();
    for device in &plan.devices {
        let Some(from) = device.addresses.first().map(|one| one.0.addr()) else {
            continue;
        };
        let mut add = |at: Moment, name: &str| {
            let name = name.to_owned();
            asked.push(Asked { at, from, name });
        };
        let count = if device.sessions_only { 6 } else { 60 };
        for _ in 0..count + dice.below(count) {
            let at = moment(day, dice);
            let name = match (device.sessions_only, dice.below(40)) {
                (true, _) => pick(&BY_ITSELF, dice),
                (false, 0) => closed
                    .get(dice.below(closed.len()))
                    .map_or("www.gov.uk", String::as_str),
                (false, _) => pick(&WORK, dice),
            };
            add(at, name);
        }
        let own = |session: &&Session| {
            session.from.date() == day && session.devices.contains(&device.name)
        };
        for session in plan.sessions.iter().filter(own) {
            for (minute, name) in (0_i64..).zip(session.names.iter().cycle().take(12)) {
                let at = session.from.plus_minutes(minute);
                if at < session.until {
                    add(at, name);
                }
            }
        }
    }
    asked
}

fn moment(day: Date, dice: &mut Dice) -> Moment {
    let minutes = 7 * 60 + 30 + dice.below(10 * 60);
    let start = Moment::start_of(day);
    let seconds = i64::try_from(minutes * 60 + dice.below(60)).unwrap_or_default();
    Moment::from_micros(start.micros().saturating_add(seconds * 1_000_000))
}

fn pick(names: &[&'static str], dice: &mut Dice) -> &'static str {
    names
        .get(dice.below(names.len()))
        .copied()
        .unwrap_or("www.gov.uk")
}

fn told<'a>(gate: &'a Gate, asked: &'a Asked) -> Told<'a> {
    let seat = gate.seat(Asker::At(asked.from), asked.at);
    let decision = gate.decide_for(seat, &asked.name, asked.at);
    let origins = decision.hit.map(|hit| gate.file().origins(&hit));
    Told {
        at: asked.at,
        door: Door::Dns,
        from: Some(asked.from),
        seat,
        name: &asked.name,
        kind: ADDRESS,
        decision,
        origin: origins.and_then(|all| all.ok()?.first().copied()),
        answer: match decision.open {
            true => Answer::Open,
            false => Answer::Closed,
        },
        gate,
    }
}

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}
