//! Acts that no form asks for: the program, the clock, or a page of the web layer does. One of each,
//! for the list of who may ask for what; `tests/acts.rs` says when one is missing here.

use super::act::{Act, Person};
use crate::{
    access::{
        acts::{
            Act as Access,
            looks::Act as Look,
            oidc::{Act as Oidc, Identity},
            steps::Act as Step,
        },
        entries::{
            looks::{How, Record},
            steps::Key,
        },
    },
    concerns::{
        acts::Act as Concern,
        keeping::acts::Act as Keeping,
        transfer::acts::{Act as Transfer, Which},
    },
    devices::acts::Act as Devices,
    education::acts::Act as Education,
    filter::{
        acts::{Act as Filter, evidence::Act as Evidence},
        entries::evidence::{Dmarc, ListsFound, MailLookedAt, Spf, Tested},
    },
    internet::acts::Act as Internet,
    monitor::{
        acts::{Act as Monitor, Raise},
        entries::DayClosed,
        kinds::Severity,
    },
    notices::{
        acts::Act as Notices,
        entries::{GivenUp, Sent, Way, What, Why},
    },
    policy::{
        acts::{Act as Policy, Reading},
        document::Document,
    },
    procedure::{acts::Act as Procedure, entries::Clock},
};
use kernel::moment::Moment;

/// One of each, about this person where it is about somebody.
pub(super) fn acts(person: Person) -> Vec<Act> {
    let mut all = of_access(person);
    let text = String::new;
    let notice = || "line:1/1/mail".to_owned();
    let clock = Clock {
        case: 1,
        run: 1,
        ends: Moment::from_micros(0),
    };
    let (way, what, about) = (Way::Mail, What::Work, Vec::new());
    all.extend([
        Act::Concerns(Concern::AskNext { case: 1 }),
        Act::Concerns(Concern::Transfer(Transfer::LookRound)),
        Act::Concerns(Concern::Keeping(Keeping::LookThrough)),
        Act::Concerns(Concern::Transfer(Transfer::Fetch {
            link: text(),
            gate: text(),
        })),
        Act::Concerns(Concern::Transfer(Transfer::Confirm {
            which: Which::Link(text()),
            receipt: text(),
            signed: None,
            by: text(),
        })),
        Act::Procedure(Procedure::ClockNear(clock)),
        Act::Procedure(Procedure::ClockEnded(clock)),
        Act::Devices(Devices::SeeUnknown { address: text() }),
        Act::Education(Education::LookAtLinks { found: Vec::new() }),
        Act::Filter(Filter::HitIllegal {
            device: None,
            list: text(),
        }),
        Act::Internet(Internet::EndByTime { session: 1 }),
        Act::Monitor(Monitor::Raise(Box::new(Raise {
            series: text(),
            theme: text(),
            severity: Severity::High,
            device: None,
            person: None,
            room: None,
            session: None,
            what: text(),
            words: false,
            open: false,
            first: Moment::START,
            last: Moment::START,
            count: 1,
        }))),
        Act::Monitor(Monitor::CloseDay(DayClosed {
            day: Moment::START.date(),
            events: 0,
            bytes: 0,
            digest: text(),
            lost: 0,
            gone: Vec::new(),
        })),
        Act::Monitor(Monitor::PickCheck),
        Act::Notices(Notices::DropDevice { device: 1 }),
        Act::Notices(Notices::NoteSent(Sent {
            notice: notice(),
            person,
            way,
            what,
            about,
        })),
        Act::Notices(Notices::NoteGivenUp(GivenUp {
            notice: notice(),
            person,
            way,
            what,
            why: Why::Refused,
        })),
        Act::Policy(Policy::AdoptAtOnce(Box::<Document>::default())),
        Act::Policy(Policy::BeginFromReading(Box::<Reading>::default())),
    ]);
    all.extend(of_filter());
    all
}

fn of_filter() -> Vec<Act> {
    let (at, text) = (Moment::START, String::new);
    let tested = Tested {
        at,
        occasion: text(),
        tried: 0,
        wrong: 0,
        findings: Vec::new(),
        not_covered: Vec::new(),
        over_blocked: Vec::new(),
        faults: None,
        parts: Vec::new(),
        millis: 0,
        lists: 0,
    };
    let found = MailLookedAt {
        domain: text(),
        spf: Spf::None,
        dkim: Vec::new(),
        dmarc: Dmarc::None,
    };
    let lists = Vec::new();
    [
        Evidence::RecordTrial(Box::new(tested)),
        Evidence::RecordLists(Box::new(ListsFound { at, lists })),
        Evidence::RecordOld { list: text() },
        Evidence::RecordStill {
            since: at,
            why: text(),
        },
        Evidence::RecordRuns,
        Evidence::RecordMail(found),
    ]
    .map(|act| Act::Filter(Filter::Evidence(act)))
    .into()
}

fn of_access(person: Person) -> Vec<Act> {
    let text = String::new;
    let identity = Identity {
        issuer: text(),
        subject: text(),
        shown: text(),
    };
    let record = Record {
        page: "/people/{person}".to_owned(),
        person: Some(person),
        case: None,
        custody: None,
    };
    let steps = [
        Step::Begin,
        Step::AddApp { secret: text() },
        Step::AddPasskey {
            id: text(),
            key: text(),
            name: text(),
        },
        Step::UseCode { code: text() },
        Step::RecordUnlocked {
            with: Key::Pin,
            began: Moment::START,
        },
        Step::Recover {
            person,
            code: text(),
        },
        Step::RecordSignInAnew,
        Step::RecordSlowed { person },
    ];
    let others = [
        Access::RecordSignIn,
        Access::RecordSignOut,
        Access::RecordFailedSignIn { person },
        Access::HashAnew {
            hash: text(),
            epoch: 0,
        },
        Access::Oidc(Oidc::Link(identity)),
        Access::Oidc(Oidc::RecordSignIn),
        Access::Look(Look {
            record,
            how: How::Page,
            refused: false,
        }),
    ];
    let steps = steps.into_iter().map(Access::Step);
    steps.chain(others).map(Act::Access).collect()
}
