//! Files of children that move: one that was sent to another setting and is confirmed, one that is
//! waited for and chased, one that came in and is still to be looked at; and a case with documents.
//! They are packed, signed and closed as everybody's are.

use super::{
    calendar::Days,
    names,
    stage::{By, Story},
};
use crate::web::{kept, passwords::digest, transfers, visitor};
use anyhow::Context;
use carrier::{
    card::Receiving,
    pack::{self, File},
    receipt,
    sealed::{self, To as Closed},
};
use desk::folder::{Folder, random};
use families::{
    concerns::{
        acts::Act as Concern,
        matter::TRANSFER,
        papers::acts::Act as Paper,
        transfer::{
            acts::{Act as Transfer, Sending, Which},
            content::{CaseFile, Child, Content, FORMAT, From, Note, Parents, Reported, To},
            export::{self, Wanted},
            incoming::Came,
        },
    },
    spine::{act::Act, answers::Upload, view::View},
};
use kernel::{
    kept::{Kind, Loose},
    moment::Moment,
    ruling::Mistake,
    sealed::Key,
};
use kit::document::{Block, Document};
use ledger::checkpoint::Signing;
use std::collections::BTreeMap;

const LEAD: By = By::Person(names::DEPUTY_MANAGER);
/// The other setting that has a Stairgate of its own, and the name of its key.
const SALTMARSH: (&str, &str) = ("Saltmarsh Nursery", "saltmarsh-nursery");
/// Bytes of the secret in a link.
const LINK_BYTES: usize = 24;

/// What is sent: about whom, from which case, to whom, and what was decided about it.
#[derive(Clone, Copy)]
struct Goes {
    child: &'static str,
    case: u32,
    to: [&'static str; 3],
    told: &'static str,
    why: &'static str,
    at_once: &'static str,
    /// Whether the receiver has a card.
    card: bool,
}

/// All of it.
pub(super) fn tell(story: &mut Story, days: &Days, folder: &Folder) {
    documents(story, days, folder);
    let two_nurseries = Goes {
        child: "Orla McAteer",
        case: 4,
        to: [SALTMARSH.0, "Rosalind Tarn", "01632 960401"],
        told: "agreed",
        why: "Her mother asked for it: from this week she is there on two days.",
        at_once: "That other parents had laughed about how she speaks, and that it is over.",
        card: true,
    };
    send(story, days.ago(62, 10, 5), folder, two_nurseries);
    arrived(story, days.ago(61, 15, 40));
    let school = Goes {
        child: "Somto Eze",
        case: 2,
        to: [
            "Quarry Bank Primary School",
            "Ines Fairweather",
            "01632 960402",
        ],
        told: "told",
        why: "The family moves, and he goes to the nursery class there. His mother was told and has no questions.",
        at_once: "Nothing that could not wait for the file.",
        card: false,
    };
    send(story, days.ago(8, 11, 15), folder, school);
    came_in(story, days.ago(1, 9, 20), folder);
}

/// Two documents in the case of the friend in the game.
fn documents(story: &mut Story, days: &Days, folder: &Folder) {
    let letters = [
        (
            days.ago(34, 10, 30),
            "ceop-answer.pdf",
            "Answer of CEOP by mail",
            "We have your report CE-20931. Please ask the family to leave the tablet switched off until an officer has been. Do not look for pictures, and do not answer the other player.",
        ),
        (
            days.ago(30, 9, 10),
            "health-visitor.pdf",
            "Letter from the health visitor",
            "Lwazi sleeps well again. He told me that he plays outside with his cousin now, and that the tablet “is on holiday”.",
        ),
    ];
    for (at, name, what, words) in letters {
        let folder = folder.clone();
        story.look(at, LEAD, move |_, _| {
            let file = Box::new(letter(&folder, at, name, what, words)?);
            let what = what.to_owned();
            let act = Paper::Add {
                case: 5,
                what,
                file,
            };
            Ok(vec![Act::Concerns(Concern::Paper(act))])
        });
    }
}

fn letter(
    folder: &Folder,
    at: Moment,
    name: &str,
    title: &str,
    words: &str,
) -> anyhow::Result<Loose> {
    let document = Document {
        blocks: vec![Block::Paragraph(words.to_owned())],
        ..Document::new(title)
    };
    let meta = paper::Meta {
        setting: "A letter of the demo".to_owned(),
        made: at,
        made_at: at.in_words(),
        lang: "en".to_owned(),
    };
    let upload = Upload {
        name: name.to_owned(),
        bytes: paper::pdf(&document, &meta)?,
    };
    kept::keep(&folder.vault(), &upload).map_err(anyhow::Error::msg)
}

fn saltmarsh() -> anyhow::Result<Signing> {
    Ok(Signing::from_seed(SALTMARSH.1, &[0x5a; 32])?)
}

fn send(story: &mut Story, at: Moment, folder: &Folder, goes: Goes) {
    let folder = folder.clone();
    story.look(at, LEAD, move |view, cast| {
        let child = cast.of(goes.child)?;
        let [name, person, reach] = goes.to.map(str::to_owned);
        let wanted = Wanted {
            child,
            to: To {
                name,
                person,
                reach,
            },
            parents: Parents {
                told: goes.told.to_owned(),
                why: goes.why.to_owned(),
                decided_by: names::DEPUTY_MANAGER.to_owned(),
            },
            at_once: goes.at_once.to_owned(),
            receipt: receipt::words(&random()?),
        };
        let export = export::export(view, &wanted);
        let cases = export.cases.clone();
        let code = sealed::code(&random()?);
        let card = match goes.card {
            true => Some(Receiving::of(&saltmarsh()?).card()),
            false => None,
        };
        let to = card.as_ref().map_or(Closed::Code(&code), Closed::Card);
        let (key, vault) = (folder.signing()?, folder.vault());
        let closed = transfers::close(export, at, &key, &to, &random()?, &vault, random()?);
        let (file, name) = closed.map_err(said)?;
        let link = visitor::secret(LINK_BYTES);
        let sending = Sending {
            case: goes.case,
            child,
            to: wanted.to,
            parents: wanted.parents,
            at_once: wanted.at_once,
            cases,
            file,
            name,
            gate: digest(&sealed::plain_code(&code)),
            link: (link.clone(), digest(&link)),
            receipt: receipt::digest(&wanted.receipt),
            signs: card.map(|card| card.signs),
        };
        Ok(vec![moves(Transfer::Send(Box::new(sending)))])
    });
}

/// The first file is fetched, and the other Stairgate signs its receipt.
fn arrived(story: &mut Story, at: Moment) {
    story.look(at, By::Nobody, |view, _| {
        let (link, gate) = first(view).map(|sent| (sent.link.clone(), sent.gate.clone()))?;
        Ok(vec![moves(Transfer::Fetch { link, gate })])
    });
    story.look(at.plus_minutes(4), By::Nobody, |view, _| {
        let sent = first(view)?;
        Ok(vec![moves(Transfer::Confirm {
            which: Which::Link(sent.link.clone()),
            receipt: sent.receipt.clone(),
            signed: Some(SALTMARSH.1.to_owned()),
            by: "Rosalind Tarn, Saltmarsh Nursery".to_owned(),
        })])
    });
}

fn first<'a>(view: &View<'a>) -> anyhow::Result<&'a families::concerns::transfer::entries::Sent> {
    let out = view.setting.concerns.transfers().out(TRANSFER + 1);
    Ok(&out.context("no file was sent")?.sent)
}

/// A file of a child who is new here, closed to this setting’s own card.
fn came_in(story: &mut Story, at: Moment, folder: &Folder) {
    let folder = folder.clone();
    story.look(at, LEAD, move |view, _| {
        let born = view.today.checked_sub(jiff::Span::new().months(38))?;
        let mut bytes = serde_json::to_vec(&record(at, born))?;
        let file = File {
            name: pack::CONTENT.to_owned(),
            bytes: std::mem::take(&mut bytes),
        };
        let (plain, _) = pack::pack(&[file], &saltmarsh()?)?;
        let own = Receiving::of(&folder.signing()?);
        let closed = sealed::seal(&plain, &Closed::Card(&own.card()), &random()?)?;
        let upload = Upload {
            name: "record.transfer".to_owned(),
            bytes: closed,
        };
        let vault = folder.vault();
        let opened = transfers::open(&upload, "", &folder.signing()?, &vault);
        let (packed, _, files, content) = opened.map_err(said)?;
        let mut says = packed.content();
        let file = vault.keep(&mut says, pack::CONTENT, Kind::Text, Key::new(random()?))?;
        let came = Came {
            name: packed.digest_text(),
            key: packed.key,
            content: serde_json::from_str(&content)?,
            file,
            files,
        };
        Ok(vec![moves(Transfer::Receive(Box::new(came)))])
    });
}

/// What the other setting wrote.
fn record(at: Moment, born: kernel::moment::Date) -> Content {
    let day = |ago: i64, hour: i8| {
        let day = kernel::moment::minus_days(at.date(), ago);
        Moment::on(day, hour, 10).to_text()
    };
    let by = Some("Rosalind Tarn".to_owned());
    let note = |number, sort: &str, at: String, words: &str, more: &[(&str, &str)]| {
        let more = more
            .iter()
            .map(|(name, said)| ((*name).to_owned(), (*said).to_owned()));
        let mut note = Note {
            number,
            sort: sort.to_owned(),
            at,
            by: by.clone(),
            words: words.to_owned(),
            more: more.collect::<BTreeMap<_, _>>(),
            entry: 4_100 + u64::from(number),
            ..Note::default()
        };
        note.seal = note.sealed();
        note
    };
    let mut case = CaseFile {
        number: 12,
        reference: "SM-26-0012".to_owned(),
        reported: day(96, 9),
        by: by.clone(),
        entry: 4_100,
        report: Reported {
            what:
                "Came three days in a row without a coat and said that he was cold at night, too."
                    .to_owned(),
            kind: "neglect".to_owned(),
            said: "“Our heater is sleeping.”".to_owned(),
            place: "At the door, in the morning".to_owned(),
            ..Reported::default()
        },
        notes: vec![
            note(
                1,
                "fact",
                day(96, 11),
                "Had porridge twice, slept for two hours. A coat was lent to him.",
                &[],
            ),
            note(
                2,
                "parents",
                day(96, 16),
                "His father said that the heating had been off for a week and that the landlord does not answer.",
                &[("told", "Yes")],
            ),
            note(
                3,
                "agency",
                day(95, 10),
                "Asked whether the family can be helped.",
                &[
                    ("agency", "Family hub"),
                    ("reference", "FH-3310"),
                    ("answer", "A worker visits on Thursday; a heater is lent."),
                ],
            ),
            note(
                4,
                "decision",
                day(82, 15),
                "No referral. Watch whether he is warm and fed; ask the father each week.",
                &[
                    (
                        "reason",
                        "The heating works again, and the family took the help.",
                    ),
                    ("refer", "No"),
                ],
            ),
        ],
        ..CaseFile::default()
    };
    case.seal = case.sealed();
    Content {
        format: FORMAT.to_owned(),
        version: 1,
        made: at.to_text(),
        from: From {
            name: SALTMARSH.0.to_owned(),
            nation: "England".to_owned(),
            phone: "01632 960401".to_owned(),
            email: "office@saltmarsh.example".to_owned(),
        },
        sent_by: "Rosalind Tarn".to_owned(),
        to: To {
            name: "Hollyhock Lane Preschool".to_owned(),
            person: names::DEPUTY_MANAGER.to_owned(),
            reach: "01632 960114".to_owned(),
        },
        child: Child {
            name: "Emrys Vaughan".to_owned(),
            born: Some(born),
        },
        at_once: "He may come without a coat. There is a spare one in his bag.".to_owned(),
        parents: Parents {
            told: "agreed".to_owned(),
            why: "His father is glad that you know.".to_owned(),
            decided_by: "Rosalind Tarn".to_owned(),
        },
        receipt: "lantern meadow copper river button cloud".to_owned(),
        cases: vec![case],
        ..Content::default()
    }
}

fn moves(act: Transfer) -> Act {
    Act::Concerns(Concern::Transfer(act))
}

fn said(mistakes: Vec<Mistake>) -> anyhow::Error {
    let all: Vec<String> = mistakes.into_iter().map(|mistake| mistake.says).collect();
    anyhow::Error::msg(all.join("; "))
}
