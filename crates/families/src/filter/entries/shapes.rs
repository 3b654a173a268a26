//! Every stored form of the filter’s facts, with a sample of each that is read for ever.

use super::{Entry, evidence::Entry as Evidence};
use crate::spine::entry::{Entry as AnyEntry, Shape};
use serde::de::DeserializeOwned;

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body).map(make).map(AnyEntry::Filter)
}

fn wrap(entry: Evidence) -> Entry {
    Entry::Evidence(entry)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "filter.proposed",
        1,
        |body| of(body, Entry::Proposed),
        r#"{"change":1,"what":{"open-site":{"site":"ponds.example","needs":[]}},"users":["staff"],"until":"2026-12-18","reason":"Planning","risk":"Read through"}"#,
    ),
    Shape::new(
        "filter.proposed",
        2,
        |body| of(body, Entry::Proposed),
        r#"{"change":3,"what":{"add-list":{"list":{"name":"Casinos","address":"https://lists.example/casinos.txt","kind":"gambling","form":"hosts","licence":"MIT","attribution":"Example Lists"}}},"users":["children","staff","office","visitors"],"reason":"More of them","risk":"Looked at it"}"#,
    ),
    Shape::new(
        "filter.decided",
        1,
        |body| of(body, Entry::Decided),
        r#"{"change":1,"approved":true,"why":""}"#,
    ),
    Shape::new(
        "filter.taken-back",
        1,
        |body| of(body, Entry::TakenBack),
        r#"{"change":1,"why":"It has advertisements now"}"#,
    ),
    Shape::new(
        "filter.requested",
        1,
        |body| of(body, Entry::Requested),
        r#"{"request":1,"site":"ponds.example","users":"staff","why":"Planning"}"#,
    ),
    Shape::new(
        "filter.answered",
        1,
        |body| of(body, Entry::Answered),
        r#"{"request":1,"opens":{"change":2,"needs":[],"until":"2026-12-18"},"why":"It is fine"}"#,
    ),
    Shape::new(
        "filter.topic-noted",
        1,
        |body| of(body, Entry::TopicNoted),
        r#"{"topic":"Training on self-harm","words":["self-harm"],"until":"2026-10-02"}"#,
    ),
    Shape::new(
        "filter.list-recorded",
        1,
        |body| of(body, Entry::ListRecorded),
        r#"{"name":"IWF","supplier":"Vale Broadband","until":"2027-03-31"}"#,
    ),
    Shape::new(
        "filter.list-ended",
        1,
        |body| of(body, Entry::ListEnded),
        r#"{"name":"IWF"}"#,
    ),
    Shape::new(
        "filter.case-seen",
        1,
        |body| of(body, Entry::Seen),
        r#"{"case":3,"devices":[1],"session":4,"from":"2026-09-01T08:50:00Z","to":"2026-09-01T09:00:00Z","address":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "filter.case-illegal",
        1,
        |body| of(body, Entry::IllegalHit),
        r#"{"case":3,"device":1,"person":7,"list":"IWF","from":"2026-09-01T08:50:00Z","to":"2026-09-01T09:00:00Z"}"#,
    ),
    Shape::new(
        "filter.tested",
        1,
        |body| of(body, |fact| wrap(Evidence::Tested(fact))),
        r#"{"at":"2026-09-02T02:00:00Z","occasion":"night","tried":5200,"wrong":1,"findings":["cards.example is open for children"],"not_covered":["hate"],"over_blocked":[],"faults":[200,199],"parts":[{"profile":"children","what":"gambling","tried":25,"wrong":1}],"millis":4100,"lists":7}"#,
    ),
    Shape::new(
        "filter.lists-found",
        1,
        |body| of(body, |fact| wrap(Evidence::ListsFound(fact))),
        r#"{"at":"2026-09-02T02:00:00Z","lists":[{"name":"Casinos","kind":"gambling","names":9600,"fetched":"2026-09-01T02:00:00Z","checked":"2026-09-02T02:00:00Z","held":"much shorter than before"}]}"#,
    ),
    Shape::new(
        "filter.list-old",
        1,
        |body| of(body, |fact| wrap(Evidence::ListOld(fact))),
        r#"{"list":"IWF","answered":"2026-09-01T02:00:00Z"}"#,
    ),
    Shape::new(
        "filter.stood-still",
        1,
        |body| of(body, |fact| wrap(Evidence::StoodStill(fact))),
        r#"{"since":"2026-09-02T09:00:00Z","why":"The program that answers has ended"}"#,
    ),
    Shape::new(
        "filter.ran-again",
        1,
        |body| of(body, |fact| wrap(Evidence::RanAgain(fact))),
        r#"{"at":"2026-09-02T09:04:00Z"}"#,
    ),
    Shape::new(
        "filter.check-begun",
        1,
        |body| of(body, |fact| wrap(Evidence::CheckBegun(fact))),
        r#"{"check":1,"device":3,"users":"children","steps":["illegal-page","adult-page"]}"#,
    ),
    Shape::new(
        "filter.step-taken",
        1,
        |body| of(body, |fact| wrap(Evidence::StepTaken(fact))),
        r#"{"check":1,"step":"illegal-page","came":"right","note":"The block page came"}"#,
    ),
    Shape::new(
        "filter.provider-named",
        1,
        |body| of(body, |fact| wrap(Evidence::ProviderNamed(fact))),
        r#"{"provider":1,"about":{"name":"Vale Broadband","does":["broadband","filtering"],"contact":"01632 960 500","contract":"VB-7","until":"2027-08-31","standings":[{"what":"iwf","until":"2027-03-31"}],"named":"broadband provider"}}"#,
    ),
    Shape::new(
        "filter.provider-ended",
        1,
        |body| of(body, |fact| wrap(Evidence::ProviderEnded(fact))),
        r#"{"provider":1,"why":"The contract is over"}"#,
    ),
    Shape::new(
        "filter.provider-reviewed",
        1,
        |body| of(body, |fact| wrap(Evidence::ProviderReviewed(fact))),
        r#"{"provider":1,"found":"Nothing is to change"}"#,
    ),
    Shape::new(
        "filter.line-recorded",
        1,
        |body| of(body, |fact| wrap(Evidence::LineRecorded(fact))),
        r#"{"line":1,"name":"Office hot spot","kind":"hotspot","filtered":"not","how":"Switched off; for the office only"}"#,
    ),
    Shape::new(
        "filter.line-ended",
        1,
        |body| of(body, |fact| wrap(Evidence::LineEnded(fact))),
        r#"{"line":1}"#,
    ),
    Shape::new(
        "filter.door-recorded",
        1,
        |body| of(body, |fact| wrap(Evidence::DoorRecorded(fact))),
        r#"{"device":3,"door":"proxy","note":"By the settings of the tablet"}"#,
    ),
    Shape::new(
        "filter.mail-named",
        1,
        |body| of(body, |fact| wrap(Evidence::MailNamed(fact))),
        r#"{"domain":"larkrise.example","provider":"Vale Mail","selectors":["mail"]}"#,
    ),
    Shape::new(
        "filter.mail-looked-at",
        1,
        |body| of(body, |fact| wrap(Evidence::MailLookedAt(fact))),
        r#"{"domain":"larkrise.example","spf":"soft","dkim":["mail"],"dmarc":"none"}"#,
    ),
    Shape::new(
        "filter.spam-reported",
        1,
        |body| of(body, |fact| wrap(Evidence::SpamReported(fact))),
        r#"{"what":"phishing","to":"mail provider","opened":false}"#,
    ),
    Shape::new(
        "filter.page-reported",
        1,
        |body| of(body, |fact| wrap(Evidence::PageReported(fact))),
        r#"{"report":1,"site":"cards.example","users":"children","why":"It is a casino"}"#,
    ),
    Shape::new(
        "filter.report-answered",
        1,
        |body| of(body, |fact| wrap(Evidence::ReportAnswered(fact))),
        r#"{"report":1,"closes":3,"why":"It is one"}"#,
    ),
    Shape::new(
        "filter.review-asked",
        1,
        |body| of(body, |fact| wrap(Evidence::ReviewAsked(fact))),
        r#"{"why":"ai-tool","what":"A tool that writes observations"}"#,
    ),
    Shape::new(
        "filter.reviewed",
        1,
        |body| of(body, |fact| wrap(Evidence::Reviewed(fact))),
        r#"{"people":[1,7],"found":"All rows were read","changes":"None"}"#,
    ),
];
