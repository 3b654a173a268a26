//! The file and the plan together: whether a name is open for somebody at a moment. In this order:
//! what is illegal, help that is always open, hours and sessions, names that must stay open, the
//! session's names, what the setting closes, what others close here, what the setting opens, approved
//! names, engines, categories. What is illegal is looked at before the plan is.

use super::{
    ALL, Exception, Plan, Profile, Session,
    floor::{ByFloor, Laid},
    times::is_open_at,
    who::{Seat, Seats},
};
use crate::{
    compiled::{Categories, Compiled, Found, Hit, ILLEGAL_ONLY},
    content::Theme,
    names::upwards,
    ours::{Engine, MustStay, Safe, WAYS_ROUND, must_stay_open},
    proxy::Pages,
    quick::Quick,
    seam::{Fault, broken},
};
use kernel::moment::Moment;
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Categories of what harms the device.
const MALWARE: &str = "malware";
const PHISHING: &str = "phishing";

/// Decides.
pub struct Gate {
    file: Arc<Compiled>,
    plan: Plan,
    must: &'static MustStay,
    /// What is closed for each profile.
    closed: Vec<Categories>,
    approved: Vec<HashSet<String, Quick>>,
    exceptions: HashMap<String, Vec<usize>, Quick>,
    floors: Vec<Laid>,
    sessions: Vec<HashSet<String, Quick>>,
    pub(super) seats: Seats,
    pages: Arc<Pages>,
    /// Its number among all gates of this program: whoever keeps something about a gate looks at it.
    serial: u64,
}

/// The number of the last gate.
static SERIAL: AtomicU64 = AtomicU64::new(0);

/// Whether a name is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// It is.
    pub open: bool,
    /// Why.
    pub because: Because,
    /// The listed name that decided, where a list did.
    pub hit: Option<Hit>,
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// It is on a list of what is illegal. Nothing opens it.
    Illegal,
    /// Somebody may need help now. Nothing but what is illegal closes it.
    Help,
    /// No such profile: everything but help is closed.
    NoProfile,
    /// The device is cut off.
    CutOff,
    /// It is not one of the profile's hours.
    Hours,
    /// It is only open in a session, and none is on.
    NoSession,
    /// The session opens it, by its number.
    Session(usize),
    /// Only the session's names are open, by its number.
    NotInSession(usize),
    /// No list may close it.
    MustStayOpen,
    /// An exception, by its number.
    Exception(usize),
    /// Somebody above the setting closes it: the floor, by its number.
    Floor(usize),
    /// It is approved.
    Approved,
    /// Only approved names are open.
    NotApproved,
    /// An engine that can't be made safe, for children.
    UnsafeEngine,
    /// A category that is closed, by its number.
    Category(usize),
    /// Its address is that of a way round.
    LeadsRound,
    /// The filter answers it itself: a name by which devices ask what they may, or one that is no name.
    Itself,
    /// Nothing speaks against it.
    Nothing,
    /// The file of lists is damaged.
    Damaged,
    /// What the page says, or what was searched for: this theme. Seen by the web proxy only.
    Words(Theme),
    /// A scanner found something harmful in what was to be downloaded. Seen by the web proxy only.
    Harmful,
    /// Nobody could look into what was to be downloaded or shown. Seen by the web proxy only.
    NotLookedInto,
}

impl Gate {
    /// Brings a file and a plan together.
    #[must_use]
    pub fn new(file: Arc<Compiled>, plan: Plan) -> Gate {
        let closed = plan.profiles.iter().map(|profile| closed(profile, &file));
        let closed: Vec<Categories> = closed.collect();
        let closed = masked(&closed);
        let approved = plan
            .profiles
            .iter()
            .map(|profile| profile.approved.iter().cloned().collect());
        let mut exceptions: HashMap<String, Vec<usize>, Quick> = HashMap::default();
        for (number, exception) in plan.exceptions.iter().enumerate() {
            exceptions
                .entry(exception.name.clone())
                .or_default()
                .push(number);
        }
        let floors = plan.floors.iter().map(|one| Laid::of(one, &plan, &file));
        let sessions = plan.sessions.iter();
        let sessions = sessions.map(|one| one.names.iter().cloned().collect());
        Gate {
            closed,
            approved: approved.collect(),
            floors: floors.collect(),
            sessions: sessions.collect(),
            seats: Seats::of(&plan),
            exceptions,
            must: must_stay_open(),
            pages: Arc::default(),
            serial: SERIAL.fetch_add(1, Ordering::Relaxed) + 1,
            file,
            plan,
        }
    }

    /// Its number among all gates of this program.
    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }

    /// The same, with single pages that are illegal. No plan says anything about them.
    #[must_use]
    pub fn with_pages(self, pages: Arc<Pages>) -> Gate {
        Gate { pages, ..self }
    }

    /// The single pages that are illegal.
    #[must_use]
    pub fn pages(&self) -> &Arc<Pages> {
        &self.pages
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &Compiled {
        &self.file
    }

    /// The file, for another gate.
    #[must_use]
    pub fn shared_file(&self) -> Arc<Compiled> {
        Arc::clone(&self.file)
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The number of the profile that is called so.
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<usize> {
        self.plan
            .profiles
            .iter()
            .position(|profile| profile.name == name)
    }

    /// What is closed for a profile.
    #[must_use]
    pub fn closed(&self, profile: usize) -> Categories {
        self.closed.get(profile).copied().unwrap_or_default()
    }

    /// Whether a name in its normal form is open for a profile at a moment, whatever the device.
    #[must_use]
    pub fn decide(&self, profile: Option<usize>, name: &str, at: Moment) -> Decision {
        self.decide_for(Seat::of_profile(profile), name, at)
    }

    /// Whether a name in its normal form is open for somebody at a moment.
    #[must_use]
    pub fn decide_for(&self, seat: Seat, name: &str, at: Moment) -> Decision {
        let Ok(found) = self.file.look(name) else {
            return no(Because::Damaged);
        };
        let found = blurred(found, name);
        if !found.categories.within(ILLEGAL_ONLY).is_empty()
            && !broken(|| Fault::IllegalByPlan)
            && !broken(|| Fault::IllegalOpenFor(seat.profile.map_or(usize::MAX, usize::from)))
        {
            return Decision {
                hit: first(&found, ILLEGAL_ONLY),
                ..no(Because::Illegal)
            };
        }
        // From here on the plan is looked at.
        let must = self.must.covers(name);
        let must = must.filter(|_| !broken(|| Fault::MustStayByPlan));
        if must.is_some_and(|group| group.always) && !broken(|| Fault::HelpByPlan) {
            return yes(Because::Help);
        }
        let number = seat.profile.map(usize::from);
        let known = number.and_then(|at| Some((at, self.plan.profiles.get(at)?)));
        let Some((number, profile)) = known else {
            if broken(|| Fault::NobodyHasAll) {
                return yes(Because::Nothing);
            }
            return no(Because::NoProfile);
        };
        if let Some(because) = shut(seat, profile, at) {
            return no(because);
        }
        let session = self.session(seat);
        let in_limited = session.is_some_and(|(_, session)| session.limited)
            && !broken(|| Fault::SessionUnlimited);
        let limited = profile.limited || in_limited;
        if must.is_some() && !limited {
            return yes(Because::MustStayOpen);
        }
        if (profile.children || session.is_some())
            && let Some(decision) = self.nobodys(number, profile, &found)
        {
            return decision;
        }
        if let Some((at, _)) = session {
            if self.session_opens(at, name) && !broken(|| Fault::SessionShut) {
                return yes(Because::Session(at));
            }
            if in_limited {
                return no(Because::NotInSession(at));
            }
        }
        let exception = self.exception(profile, name, at);
        if let Some((number, _)) = exception.filter(|(_, exception)| !exception.open) {
            return no(Because::Exception(number));
        }
        let floor = self.floor(seat, name, &found);
        let floor = floor.filter(|_| !broken(|| Fault::NoFloors));
        if let Some(decision) = floor.filter(|_| {
            !(broken(|| Fault::FloorLast) && exception.is_some_and(|(_, exception)| exception.open))
        }) {
            return decision;
        }
        if let Some((number, _)) = exception {
            return yes(Because::Exception(number));
        }
        self.by_profile(number, profile, name, &found)
    }

    /// Whether somebody who may have a name may be led from it to another by its answer. Who opened
    /// a name on purpose opened what it stands on too; but nothing leads to what is illegal.
    #[must_use]
    pub fn may_lead(&self, seat: Seat, from: Because, to: &str, at: Moment) -> Decision {
        let decision = self.decide_for(seat, to, at);
        let closed = match decision.because {
            Because::Illegal | Because::Damaged => true,
            Because::Floor(_) => !matches!(
                from,
                Because::Help | Because::MustStayOpen | Because::Session(_)
            ),
            Because::Exception(_) | Because::UnsafeEngine | Because::Category(_) => {
                from == Because::Nothing
            }
            Because::Help
            | Because::NoProfile
            | Because::CutOff
            | Because::Hours
            | Because::NoSession
            | Because::Session(_)
            | Because::NotInSession(_)
            | Because::MustStayOpen
            | Because::Approved
            | Because::NotApproved
            | Because::LeadsRound
            | Because::Itself
            | Because::Words(_)
            | Because::Harmful
            | Because::NotLookedInto
            | Because::Nothing => false,
        };
        Decision {
            open: decision.open || !closed,
            ..decision
        }
    }

    /// Whether ways round are closed for somebody.
    #[must_use]
    pub fn closes_ways_round(&self, seat: Seat) -> bool {
        let number = seat.profile.map(usize::from);
        let Some(profile) = number.and_then(|at| self.plan.profiles.get(at)) else {
            return true;
        };
        let ways = self.file.category(WAYS_ROUND).unwrap_or_default();
        profile.children
            || !number
                .map(|at| self.closed(at).within(ways))
                .unwrap_or_default()
                .is_empty()
    }

    /// The name with whose address a name is answered, so that searches and videos are safe.
    #[must_use]
    pub fn answered_as(&self, seat: Seat, name: &str) -> Option<&'static str> {
        let profile = self.plan.profiles.get(usize::from(seat.profile?))?;
        if !profile.children && !profile.safe_search {
            return None;
        }
        let engine = Engine::of_name(name)?;
        if broken(|| Fault::EngineUnsafe(engine.number())) {
            return None;
        }
        match &engine.safe {
            Safe::Answer(safe) if safe != name => Some(safe),
            Safe::Answer(_) | Safe::Itself | Safe::Closed => None,
        }
    }

    fn session(&self, seat: Seat) -> Option<(usize, &Session)> {
        let number = usize::from(seat.session?);
        Some((number, self.plan.sessions.get(number)?))
    }

    fn session_opens(&self, number: usize, name: &str) -> bool {
        let names = self.sessions.get(number);
        names.is_some_and(|names| upwards(name).any(|above| names.contains(above)))
    }

    fn floor(&self, seat: Seat, name: &str, found: &Found) -> Option<Decision> {
        let profile = seat.profile?;
        let mut floors = self.floors.iter().enumerate();
        floors.find_map(|(number, laid)| {
            let because = Because::Floor(number);
            match laid.closes(profile, name, found.categories)? {
                ByFloor::Name => Some(no(because)),
                ByFloor::Categories(closed) => Some(Decision {
                    hit: first(found, closed),
                    ..no(because)
                }),
            }
        })
    }

    /// What neither a session nor an exception opens: ways round, and what harms the device.
    fn nobodys(&self, number: usize, profile: &Profile, found: &Found) -> Option<Decision> {
        let one = |name: &str| self.file.category(name).unwrap_or_default();
        let ways = one(WAYS_ROUND);
        let own = self.closed(number);
        let closed = match profile.children {
            true if broken(|| Fault::HarmOpen) => [ways, Categories::NONE, Categories::NONE],
            true if broken(|| Fault::WaysOpen) => [Categories::NONE, one(MALWARE), one(PHISHING)],
            true => [ways, one(MALWARE), one(PHISHING)],
            false => [
                own.within(ways),
                own.within(one(MALWARE)),
                own.within(one(PHISHING)),
            ],
        };
        closed.into_iter().find_map(|closed| {
            let hit = first(found, closed)?;
            let category = hit.categories.within(closed).numbers().next();
            Some(Decision {
                hit: Some(hit),
                ..no(Because::Category(category.unwrap_or(0)))
            })
        })
    }

    fn by_profile(&self, number: usize, profile: &Profile, name: &str, found: &Found) -> Decision {
        if profile.limited && !broken(|| Fault::Unlimited) {
            let approved = self.approved.get(number);
            let is = approved.is_some_and(|names| upwards(name).any(|above| names.contains(above)));
            return if is {
                yes(Because::Approved)
            } else {
                no(Because::NotApproved)
            };
        }
        if profile.children
            && Engine::of_name(name).is_some_and(|engine| {
                engine.safe == Safe::Closed && !broken(|| Fault::EngineOpen(engine.number()))
            })
        {
            return no(Because::UnsafeEngine);
        }
        let closed = self.closed(number);
        let Some(hit) = first(found, closed) else {
            return yes(Because::Nothing);
        };
        let category = hit.categories.within(closed).numbers().next();
        Decision {
            hit: Some(hit),
            // INVARIANT: the hit has one of the closed categories.
            ..no(Because::Category(category.unwrap_or(0)))
        }
    }

    /// The exception for the longest name; of two for the same name, the one that closes.
    fn exception(&self, profile: &Profile, name: &str, at: Moment) -> Option<(usize, &Exception)> {
        if self.exceptions.is_empty() || broken(|| Fault::NoExceptions) {
            return None;
        }
        upwards(name).find_map(|above| {
            let own = self.exceptions.get(above)?.iter();
            let own = own.filter_map(|number| Some((*number, self.plan.exceptions.get(*number)?)));
            own.filter(|(_, exception)| {
                let ended = exception.until.is_some_and(|until| until <= at)
                    && !broken(|| Fault::ExceptionEndless);
                let profiles = &exception.profiles;
                let all = profiles.is_empty() || broken(|| Fault::ExceptionForAll);
                !ended && (all || profiles.contains(&profile.name))
            })
            .min_by_key(|(_, exception)| exception.open != broken(|| Fault::ExceptionOpens))
        })
    }
}

fn yes(because: Because) -> Decision {
    Decision {
        open: true,
        because,
        hit: None,
    }
}

fn no(because: Because) -> Decision {
    Decision {
        open: false,
        because,
        hit: None,
    }
}

/// What was found, or what a filter finds that is broken on purpose.
fn blurred(mut found: Found, name: &str) -> Found {
    if broken(|| Fault::OnlyWhole) {
        found.hits.retain(|hit| hit.begins == 0);
        let own = found.hits.iter();
        found.categories = own.fold(Categories::NONE, |all, hit| all.and(hit.categories));
    }
    if broken(|| Fault::Beside) && name.starts_with("zq7") {
        found.categories = Categories(u64::MAX - 1);
        found.hits.push(Hit::of_all());
    }
    found
}

/// The longest listed name that is in one of these categories.
fn first(found: &Found, by: Categories) -> Option<Hit> {
    let mut hits = found.hits.iter();
    hits.find(|hit| !hit.categories.within(by).is_empty())
        .copied()
}

/// What is closed for each profile, or what a filter takes for it that is broken on purpose.
fn masked(closed: &[Categories]) -> Vec<Categories> {
    let own = |at: usize| closed.get(at).copied().unwrap_or_default();
    let count = closed.len();
    let numbered = closed.iter().enumerate();
    let masks = numbered.map(|(profile, mask)| {
        let mut mask = *mask;
        for other in (0..count).filter(|other| broken(|| Fault::MaskOfOther(profile, *other))) {
            mask = own(other);
        }
        if broken(|| Fault::BitShifted(profile)) {
            mask = Categories(mask.0 << 1);
        }
        for category in mask.numbers() {
            if broken(|| Fault::CategoryMissing(profile, category)) {
                mask = Categories(mask.0 & !Categories::one(category).0);
            }
        }
        mask
    });
    masks.collect()
}

fn closed(profile: &Profile, file: &Compiled) -> Categories {
    let mut closed = ILLEGAL_ONLY;
    for category in &profile.closed {
        if category == ALL {
            return Categories(u64::MAX);
        }
        closed = closed.and(file.category(category).unwrap_or_default());
    }
    if profile.children {
        closed = closed.and(file.category(WAYS_ROUND).unwrap_or_default());
    }
    closed
}

/// What keeps everything but help closed.
fn shut(seat: Seat, profile: &Profile, at: Moment) -> Option<Because> {
    if seat.cut_off && !broken(|| Fault::NotCutOff) {
        return Some(Because::CutOff);
    }
    if !profile.hours.is_empty() && !is_open_at(profile, at) && !broken(|| Fault::NoHours) {
        return Some(Because::Hours);
    }
    (seat.waits && !broken(|| Fault::NoWaiting)).then_some(Because::NoSession)
}
