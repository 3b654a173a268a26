//! A child’s file from one Stairgate to another, through the doors that people use: nothing of it can
//! be read on the way, it arrives whole and once, and its receipt closes it.

use super::{super::transfer_link, *};
use axum::body::to_bytes;
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use desk::{desk::Done, folder::Folder};
use families::{
    access::acts::{Act as Access, SetUp},
    concerns::{
        acts::{Act as Concern, NewReport},
        matter::TRANSFER,
        note::{Note, Report, Sort},
    },
    families as all,
    people::{
        acts::{Act as People, NewPerson},
        group::Group,
    },
    place::entries::Described,
    spine::act::{Act, Person, Proof, Who},
};
use kernel::{calendar::Nation, moment::Moment};
use std::sync::Arc;
use visitor::Visitor;

const LEAD: Person = Person(1);
const CHILD: Person = Person(2);
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

struct House {
    app: App,
    _folder: tempfile::TempDir,
}

fn now() -> Moment {
    Moment::on(jiff::civil::date(2026, 11, 25), 10, 0)
}

fn lead() -> Actor {
    Actor {
        who: Who::Person(LEAD),
        proof: Proof::Two,
        ..Actor::default()
    }
}

async fn house(name: &str) -> House {
    let kept = tempfile::tempdir().unwrap();
    let folder = Folder::at(kept.path(), None);
    let desk = Arc::new(folder.open().unwrap());
    let backups = folder.backups();
    let house = House {
        app: App::new(desk, folder, backups, false, now).unwrap(),
        _folder: kept,
    };
    let place = Described {
        name: name.to_owned(),
        phone: "01632 960 001".to_owned(),
        kind: "preschool".to_owned(),
        nation: Nation::England,
        email: String::new(),
        address: String::new(),
    };
    let set_up = SetUp {
        place,
        manager: "Maya Lin".to_owned(),
        is_lead: true,
        user: "maya".to_owned(),
        password: "$argon2id$invented".into(),
    };
    let act = Act::Access(Access::SetUp(Box::new(set_up)));
    house.app.perform(&Actor::nobody(), act, &[]).await.unwrap();
    let new = NewPerson {
        name: "Wren Finch".to_owned(),
        groups: vec![Group::Child],
        ..NewPerson::default()
    };
    let act = Act::People(People::Add(new));
    house.app.perform(&lead(), act, &[]).await.unwrap();
    house
}

/// A case with a chronology and a document.
async fn with_case(house: &House) {
    let report = Report {
        what: "A bruise on the upper arm".to_owned(),
        children: vec![CHILD],
        ..Report::default()
    };
    let new = NewReport {
        report,
        ..NewReport::default()
    };
    let mut acts = vec![Concern::Report(Box::new(new))];
    for (sort, words, corrects) in [
        (Sort::Fact, "Seen at nap time", None),
        (Sort::Fact, "Seen at lunch time", Some(1)),
        (
            Sort::Decision,
            "Talk to the mother; social care advised it",
            None,
        ),
    ] {
        acts.push(Concern::Write {
            case: 1,
            sort,
            note: Note::new(words).with("reason", "To be sure"),
            corrects,
        });
    }
    for act in acts {
        let act = Act::Concerns(act);
        house.app.perform(&lead(), act, &[]).await.unwrap();
    }
    let mut answers = Answers::default()
        .with("child", CHILD.to_string())
        .with("from", "Elm Lodge")
        .with("summary", "Two visits in 2025");
    let bytes = PDF.to_vec();
    answers.add_file(
        "papers",
        Upload {
            name: "old.pdf".to_owned(),
            bytes,
        },
    );
    ask(house, &lead(), "concerns.take-in-papers", answers)
        .await
        .unwrap();
}

/// Asks for an act as a form does.
async fn ask(
    house: &House,
    who: &Actor,
    act: &str,
    mut answers: Answers,
) -> Result<(Done, String), String> {
    let form = all::forms().find(|form| form.act == act).unwrap();
    let said = |wrong: Vec<Mistake>| {
        wrong
            .iter()
            .map(|one| one.says.clone())
            .collect::<Vec<_>>()
            .join("; ")
    };
    let wrong = answers.check(form.fields);
    if !wrong.is_empty() {
        return Err(said(wrong));
    }
    let once = super::super::made::make(&house.app, who, form, &mut answers)
        .await
        .map_err(said)?;
    let act = form.act(&answers).map_err(said)?;
    let done = house.app.perform(who, act, &[]).await;
    let secret = once.map_or_else(String::new, |once| once.secret);
    done.map(|done| (done, secret))
        .map_err(|failed| format!("{failed:?}"))
}

fn sending(card: &str) -> Answers {
    let answers = Answers::default()
        .with("case", "1")
        .with("child", CHILD.to_string())
        .with("to", "Birch Row Nursery")
        .with("to-person", "Ola Birch")
        .with("to-reach", "01632 960 777")
        .with("at-once", "Rang her at ten")
        .with("told", "told")
        .with("parents-why", "They moved")
        .with("decided-by", "Maya Lin");
    if card.is_empty() {
        answers
    } else {
        answers.with("card", card)
    }
}

fn link(house: &House, number: u32) -> String {
    let seen = house.app.desk.view(&lead(), now(), "", None, |view| {
        let out = view.setting.concerns.transfers().out(number).unwrap();
        view.open(&out.sent.says).unwrap().link
    });
    seen.unwrap()
}

/// What a stranger gets who sends this at a link.
async fn at_link(house: &House, secret: &str, answers: Answers) -> (u16, Vec<u8>) {
    let visitor = Visitor::of(&house.app, &axum::http::HeaderMap::new());
    let answer = transfer_link::take(&house.app, &visitor, secret, &answers, "192.0.2.1").await;
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 64 << 20).await.unwrap();
    (status, body.to_vec())
}

fn fetching(code: &str) -> Answers {
    Answers::default().with("step", "fetch").with("code", code)
}

fn confirming(receipt: &str) -> Answers {
    Answers::default()
        .with("step", "confirm")
        .with("receipt", receipt)
        .with("by", "Ola Birch, Birch Row")
}

fn coming(bytes: &[u8], code: &str) -> Answers {
    let mut answers = Answers::default().with("code", code);
    let bytes = bytes.to_vec();
    answers.add_file(
        "file",
        Upload {
            name: "record.transfer".to_owned(),
            bytes,
        },
    );
    answers
}

/// The chronologies and documents of all cases about the child.
fn chronology(house: &House) -> Content {
    let wanted = Wanted {
        child: CHILD,
        ..Wanted::default()
    };
    let export = house.app.desk.view(&lead(), now(), "", None, |view| {
        export::export(view, &wanted)
    });
    export.unwrap().content
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_to_another_stairgate_whole_once_and_unseen_on_the_way() {
    let (there, here) = (
        house("Larch Lane Preschool").await,
        house("Birch Row Nursery").await,
    );
    with_case(&there).await;
    let (_, once) = ask(&there, &lead(), "concerns.send-file", sending(""))
        .await
        .unwrap();
    let code = once;
    let secret = link(&there, TRANSFER + 1);

    let (status, _) = at_link(&there, &secret, fetching("some other words")).await;
    assert_eq!(status, 422);
    let (status, _) = at_link(&there, "0123456789abcdef", fetching(&code)).await;
    assert_eq!(status, 404);
    let (status, bytes) = at_link(&there, &secret, fetching(&code.to_uppercase())).await;
    assert_eq!(status, 200);
    assert!(bytes.starts_with(sealed::MARK));
    for word in [
        "Finch", "Birch", "Larch", "bruise", "nap time", "mother", "content",
    ] {
        let found = bytes
            .windows(word.len())
            .any(|part| part == word.as_bytes());
        assert!(!found, "{word} can be read on the way");
    }
    // `verify` alone opens it, and finds the cases for people, the document and the words.
    let opened = opener::open(&bytes, &code).unwrap();
    let names: Vec<&str> = opened.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["content.json", "case-1.pdf", "case-2.pdf", "file-1.pdf"]
    );
    assert_eq!(opened.files[3].1, PDF);
    for (_, case) in &opened.files[1..3] {
        let case = String::from_utf8_lossy(case);
        for mark in [
            "<pdfaid:part>2<",
            "<pdfaid:conformance>A<",
            "<pdfuaid:part>1<",
        ] {
            assert!(case.contains(mark), "{mark}: a case is kept for ever");
        }
    }

    // Elsewhere: a wrong code and a changed byte say the same, and nothing is taken in.
    let shut = "The code does not open this file, or the file is damaged";
    let wrong = ask(
        &here,
        &lead(),
        "concerns.receive-file",
        coming(&bytes, "wrong code"),
    )
    .await;
    assert_eq!(wrong.unwrap_err(), shut);
    let mut changed = bytes.clone();
    changed[200] ^= 1;
    let wrong = ask(
        &here,
        &lead(),
        "concerns.receive-file",
        coming(&changed, &code),
    )
    .await;
    assert_eq!(wrong.unwrap_err(), shut);
    let none = ask(
        &here,
        &lead(),
        "concerns.receive-file",
        coming(b"%PDF-1.4", &code),
    )
    .await;
    assert!(none.unwrap_err().contains("not a file that was sent"));

    ask(
        &here,
        &lead(),
        "concerns.receive-file",
        coming(&bytes, &code),
    )
    .await
    .unwrap();
    let twice = ask(
        &here,
        &lead(),
        "concerns.receive-file",
        coming(&bytes, &code),
    )
    .await;
    assert!(twice.unwrap_err().contains("came in already"));
    let number = TRANSFER + 1;
    let taking = || {
        Answers::default()
            .with("case", number.to_string())
            .with("child", CHILD.to_string())
    };
    ask(&here, &lead(), "concerns.take-in-file", taking())
        .await
        .unwrap();
    let twice = ask(&here, &lead(), "concerns.take-in-file", taking()).await;
    assert!(twice.unwrap_err().contains("still has to be looked at"));

    // Chronology, seals and documents are the same; so are their bytes.
    let (sent, came) = (chronology(&there), chronology(&here));
    assert_eq!(sent.cases.len(), came.cases.len());
    for (sent, came) in sent.cases.iter().zip(&came.cases) {
        assert_eq!(sent.notes, came.notes);
        assert_eq!(sent.seal, came.seal);
        assert_eq!((&sent.reported, &sent.by), (&came.reported, &came.by));
        assert_eq!(sent.report.what, came.report.what);
    }
    let papers = here.app.desk.view(&lead(), now(), "", None, |view| {
        let cases = view.setting.concerns.cases();
        let papers = cases.flat_map(|case| &case.papers);
        let opened = papers.filter_map(|paper| paper.file.open(view.keys));
        opened.collect::<Vec<Loose>>()
    });
    let vault = here.app.folder.vault();
    let kept = papers
        .unwrap()
        .iter()
        .any(|file| read(&vault, file).unwrap() == PDF);
    assert!(kept, "the document is there, byte by byte");

    // A forged receipt is refused; the signed one closes it, once.
    let (status, _) = at_link(&there, &secret, confirming("one two three four five six")).await;
    assert_eq!(status, 422);
    let visitor = Visitor::of(&here.app, &axum::http::HeaderMap::new());
    let stranger = transfer_link::signed_receipt(&here.app, &visitor, &number.to_string());
    assert_eq!(stranger.status().as_u16(), 404);
    let mut own = visitor.clone();
    own.actor = lead();
    let receipt = transfer_link::signed_receipt(&here.app, &own, &number.to_string());
    let receipt = to_bytes(receipt.into_body(), 1 << 16).await.unwrap();
    let receipt = String::from_utf8(receipt.to_vec()).unwrap();
    let (status, page) = at_link(&there, &secret, confirming(&receipt)).await;
    assert_eq!(status, 200);
    assert!(String::from_utf8_lossy(&page).contains("The file has arrived"));
    let again = Answers::default()
        .with("case", number.to_string())
        .with("receipt", &receipt)
        .with("by", "Ola Birch");
    let again = ask(&there, &lead(), "concerns.confirm-file", again).await;
    assert!(again.unwrap_err().contains("confirmed already"));
}

/// What stands in the case, in the file or around it, and is for nobody on the way.
const PLANTED: [&str; 10] = [
    "Wren Finch",
    "bruise on the upper",
    "Seen at nap time",
    "Seen at lunch time",
    "social care advised",
    "To be sure",
    "Two visits in 2025",
    "Rang her at ten",
    "They moved",
    "01632 960 777",
];

/// Some words as they could lie among bytes: letters of one or two bytes, base64 and hexadecimal.
fn forms(words: &str) -> Vec<Vec<u8>> {
    let wide = |order: fn(u16) -> [u8; 2]| words.encode_utf16().flat_map(order).collect();
    let mut all = vec![
        words.as_bytes().to_vec(),
        words.to_lowercase().into_bytes(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        ledger::hex::encode(words.as_bytes()).into_bytes(),
    ];
    for shift in 0..3 {
        // Base64 writes the same word in three ways, by where it begins; the ends hang on others.
        let before = vec![b' '; shift];
        let text = BASE64.encode([before.as_slice(), words.as_bytes()].concat());
        let inner = text.get(4..text.len() - 4).unwrap();
        all.push(inner.as_bytes().to_vec());
    }
    all
}

/// Whether some words lie in these bytes, whichever way. Short words would be there by chance.
fn has(bytes: &[u8], words: &str) -> bool {
    assert!(words.len() >= 10, "{words}");
    forms(words)
        .iter()
        .any(|form| bytes.windows(form.len()).any(|part| part == form))
}

/// Fails where any of these words lies in these bytes.
fn says_none(what: &str, bytes: &[u8], planted: &[&str]) {
    for words in planted {
        assert!(!has(bytes, words), "“{words}” can be read in {what}");
    }
}

/// An answer as it goes over the network: its heads and its body.
async fn whole(answer: axum::http::Response<axum::body::Body>) -> Vec<u8> {
    let (parts, body) = answer.into_parts();
    let mut bytes = format!("{} {:?}\n", parts.status, parts.headers).into_bytes();
    bytes.extend(to_bytes(body, 64 << 20).await.unwrap());
    bytes
}

/// Every file below a folder, one after the other.
fn all_files(folder: &std::path::Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes.extend(all_files(&path));
        } else {
            bytes.extend(std::fs::read(&path).unwrap());
        }
    }
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_of_a_file_can_be_read_on_the_network_in_the_carrier_or_on_a_disk() {
    let (there, here) = (
        house("Larch Lane Preschool").await,
        house("Birch Row Nursery").await,
    );
    with_case(&there).await;
    let card = Receiving::of(&here.app.folder.signing().unwrap()).card();
    for (nth, card) in ["".to_owned(), card.to_text()].iter().enumerate() {
        let asked = ask(&there, &lead(), "concerns.send-file", sending(card)).await;
        let (done, code) = asked.unwrap();
        assert_eq!(done.kinds, ["concerns.file-sent"]);
        let number = TRANSFER + 1 + u32::try_from(nth).unwrap();
        let secret = link(&there, number);
        let visitor = Visitor::of(&there.app, &axum::http::HeaderMap::new());
        let page = whole(transfer_link::page(&there.app, &visitor, &secret)).await;
        let mut answers = vec![page];
        for said in [
            fetching("some other words"),
            fetching(&code),
            confirming("no such receipt"),
        ] {
            let from = "192.0.2.1";
            let answer = transfer_link::take(&there.app, &visitor, &secret, &said, from).await;
            answers.push(whole(answer).await);
        }
        let mut secrets = PLANTED.to_vec();
        secrets.extend([code.as_str(), "content.json"]);
        for bytes in &answers {
            says_none("an answer", bytes, &secrets);
        }
        let (status, carrier) = at_link(&there, &secret, fetching(&code)).await;
        assert_eq!(status, 200);
        secrets.extend(["Larch Lane Preschool", "Birch Row Nursery"]);
        says_none("the carrier", &carrier, &secrets);
        // The very same bytes go up to the next setting; what it keeps says nothing either.
        let came = coming(&carrier, &code);
        ask(&here, &lead(), "concerns.receive-file", came)
            .await
            .unwrap();
        let taking = Answers::default()
            .with("case", number.to_string())
            .with("child", CHILD.to_string());
        let taken = ask(&here, &lead(), "concerns.take-in-file", taking).await;
        taken.unwrap();
        for house in [&there, &here] {
            let disk = all_files(house._folder.path());
            assert!(disk.len() > 10_000, "the ledger and the vault were read");
            says_none("a folder", &disk, &secrets[..PLANTED.len() + 1]);
        }
    }
    // The search itself finds what is there, whichever way it lies.
    for form in forms("nap time at noon") {
        assert!(has(
            &[b"..", form.as_slice(), b".."].concat(),
            "nap time at noon"
        ));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_for_a_card_opens_in_that_stairgate_and_in_no_other() {
    let (there, here, other) = (
        house("Larch Lane Preschool").await,
        house("Birch Row Nursery").await,
        house("Elm Lodge").await,
    );
    with_case(&there).await;
    let card = Receiving::of(&here.app.folder.signing().unwrap()).card();
    let bad = ask(
        &there,
        &lead(),
        "concerns.send-file",
        sending("stairgate-card-1 x y"),
    )
    .await;
    assert!(bad.unwrap_err().contains("not the receiving card"));
    let (_, once) = ask(
        &there,
        &lead(),
        "concerns.send-file",
        sending(&card.to_text()),
    )
    .await
    .unwrap();
    let secret = link(&there, TRANSFER + 1);
    let (status, bytes) = at_link(&there, &secret, fetching(&once)).await;
    assert_eq!(status, 200);
    let no = ask(&other, &lead(), "concerns.receive-file", coming(&bytes, "")).await;
    assert_eq!(
        no.unwrap_err(),
        "The code does not open this file, or the file is damaged"
    );
    ask(&here, &lead(), "concerns.receive-file", coming(&bytes, ""))
        .await
        .unwrap();
    // The words alone are no receipt where the card was given: it has to be signed with its key.
    let words = here.app.desk.view(&lead(), now(), "", None, |view| {
        let inward = view
            .setting
            .concerns
            .transfers()
            .inward(TRANSFER + 1)
            .unwrap();
        let about = view.open(&inward.arrived.about).unwrap();
        (about.receipt, inward.arrived.name.clone())
    });
    let (words, name) = words.unwrap();
    let (status, _) = at_link(&there, &secret, confirming(&words)).await;
    assert_eq!(status, 422);
    let file = ledger::hex::decode(&name).unwrap();
    let forged = receipt::sign(&file, &words, &other.app.folder.signing().unwrap());
    let (status, _) = at_link(&there, &secret, confirming(&forged)).await;
    assert_eq!(status, 422);
    let good = receipt::sign(&file, &words, &here.app.folder.signing().unwrap());
    let (status, _) = at_link(&there, &secret, confirming(&good)).await;
    assert_eq!(status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_ask_has_nothing_made() {
    let there = house("Larch Lane Preschool").await;
    with_case(&there).await;
    let before = there.app.folder.vault().digests().unwrap().len();
    let one = Actor {
        proof: Proof::One,
        ..lead()
    };
    for who in [one, Actor::nobody(), Actor::person_only(CHILD)] {
        assert!(
            ask(&there, &who, "concerns.send-file", sending(""))
                .await
                .is_err()
        );
    }
    assert_eq!(there.app.folder.vault().digests().unwrap().len(), before);
    // What a caller sends as if the server had made it is dropped.
    let forged = sending("")
        .with(made::DIGEST, "x")
        .with(made::GATE, "y")
        .with(made::RECEIPT, "z");
    let mut forged = forged
        .with(made::LINK, "a")
        .with(made::LINK, "b")
        .with(made::CASES, "1");
    let form = all::forms()
        .find(|form| form.act == "concerns.confirm-file")
        .unwrap();
    make(&there.app, &lead(), form, &mut forged).await.unwrap();
    assert!(made::ALL.iter().all(|name| forged.text(name).is_none()));
}
