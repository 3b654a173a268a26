//! Places at which the filter can be broken on purpose, so that a test sees whether its trial would
//! notice. In every build but that of the tests nothing is broken, and the compiler leaves this out.

/// Something that is broken on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// What is illegal is decided like anything else.
    IllegalByPlan,
    /// What is illegal is open for this profile.
    IllegalOpenFor(usize),
    /// Helplines are decided like anything else.
    HelpByPlan,
    /// Names that must stay open are decided like anything else.
    MustStayByPlan,
    /// Whoever has no profile has everything.
    NobodyHasAll,
    /// A device that is cut off is not.
    NotCutOff,
    /// Hours do not count.
    NoHours,
    /// A device that needs a session needs none.
    NoWaiting,
    /// In a limited session everything is open.
    SessionUnlimited,
    /// A session opens none of its sites.
    SessionShut,
    /// A session goes on for ever.
    SessionEndless,
    /// An exception has no end.
    ExceptionEndless,
    /// An exception is for everybody.
    ExceptionForAll,
    /// Of two exceptions the one that opens counts.
    ExceptionOpens,
    /// Exceptions do not count.
    NoExceptions,
    /// What others close is not closed.
    NoFloors,
    /// What the setting opens opens what others close.
    FloorLast,
    /// Not only approved names are open.
    Unlimited,
    /// This engine is not closed.
    EngineOpen(usize),
    /// This engine is not made safe.
    EngineUnsafe(usize),
    /// The record of services leads past the safe name.
    SafeByServices,
    /// Ways round are open for children.
    WaysOpen,
    /// What harms the device is open for children.
    HarmOpen,
    /// The first profile has what the second one has closed.
    MaskOfOther(usize, usize),
    /// All categories are one bit off for this profile.
    BitShifted(usize),
    /// This category is missing for this profile.
    CategoryMissing(usize, usize),
    /// Names below a listed one are open.
    OnlyWhole,
    /// Names that only end like a listed one are closed.
    Beside,
    /// What an answer leads to is not looked at.
    AliasesFree,
    /// Of what an answer leads to only the first is looked at.
    FirstAliasOnly,
    /// Addresses of ways round are told.
    RoundFree,
    /// Addresses of private networks are told.
    PrivateFree,
    /// Keys that hide names stay in.
    KeysStay,
    /// This canary is asked upstream.
    CanaryAsked(usize),
    /// Names of one's own network are asked upstream.
    OwnEndingsAsked,
    /// Devices are told of encrypted ways.
    DesignatedAsked,
    /// Only questions for this type of record are closed.
    OnlyType(u16),
    /// The page has another address.
    PageElsewhere,
    /// The page in version 6 has another address.
    PageElsewhereSix,
    /// Closed names exist and have nothing.
    ClosedIsEmpty,
    /// Children's devices keep answers for long.
    KeptLong,
    /// Devices keep for long that something is closed.
    ClosedLong,
    /// Answers are kept for the wrong seconds: those from upstream.
    KeptAsUpstream,
    /// What was decided for one profile counts for others.
    TableAcrossProfiles,
    /// What was decided in one session counts outside of it.
    TableAcrossSessions,
    /// What was decided for one type counts for others.
    TableAcrossTypes,
    /// What was decided is never forgotten.
    TableForEver,
    /// Safe answers and others are kept under one key.
    KeptAcrossSafety,
    /// Devices have the profile of the one before.
    DeviceBefore,
    /// Whoever has a device does not bring their profile.
    PersonForgotten,
    /// The widest network counts, not the narrowest.
    WidestNetwork,
    /// What is not in the plan has the first profile.
    StrangerIsFirst,
    /// Whoever has a key that is not known is a stranger at home.
    KeyIsStranger,
    /// A name with capital letters is another name.
    CapitalsDiffer,
    /// Streams are not filtered.
    StreamsFree,
    /// In streams what an answer leads to is not looked at.
    StreamAliasesFree,
}

/// Whether this is broken now.
#[cfg(not(test))]
#[inline(always)]
pub(crate) fn broken(_fault: impl FnOnce() -> Fault) -> bool {
    false
}

/// Whether this is broken now.
#[cfg(test)]
pub(crate) fn broken(fault: impl FnOnce() -> Fault) -> bool {
    NOW.get().is_some_and(|now| now == fault())
}

#[cfg(test)]
thread_local! {
    static NOW: std::cell::Cell<Option<Fault>> = const { std::cell::Cell::new(None) };
}

/// Breaks something on this thread while `what` runs.
#[cfg(test)]
pub(crate) fn with<T>(fault: Option<Fault>, what: impl FnOnce() -> T) -> T {
    NOW.set(fault);
    let done = what();
    NOW.set(None);
    done
}
