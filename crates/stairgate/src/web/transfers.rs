//! What the server makes for files that move from one setting to another: it packs, signs and closes
//! what goes out, and opens and checks what comes in, before the act is read. Whoever may not ask
//! for the act has nothing made.

use super::{app::App, kept, made::Once, passwords::digest, visitor};
use carrier::{
    Fault,
    card::{Card, Receiving},
    pack::{self, File},
    receipt,
    sealed::{self, To, With},
};
use families::{
    concerns::transfer::{
        content::Content,
        export::{self, Export, Wanted},
        made,
        pages::{parents_said, to_said},
    },
    spine::{
        act::Actor,
        answers::{Answers, Upload},
        page::Form,
    },
};
use kernel::{
    kept::{Kind, Loose},
    moment::Moment,
    ruling::Mistake,
    sealed::Key,
};
use ledger::checkpoint::Signing;
use std::io::Read;
use vault::Vault;

/// Bytes of the secret in a link.
const LINK_BYTES: usize = 24;

type Made<T> = Result<T, Vec<Mistake>>;

/// Makes what these acts need; nothing for others.
///
/// # Errors
/// Why it could not be made.
pub(crate) async fn make(
    app: &App,
    actor: &Actor,
    form: &Form,
    answers: &mut Answers,
) -> Made<Option<Once>> {
    made::ALL.iter().for_each(|name| answers.remove(name));
    let make = matches!(
        form.act,
        "concerns.send-file"
            | "concerns.receive-file"
            | "concerns.take-in-file"
            | "concerns.confirm-file"
    );
    if !make || !kept::may_ask(app, actor, form, answers) {
        return Ok(None);
    }
    match form.act {
        "concerns.send-file" => return send(app, actor, answers).await.map(Some),
        "concerns.receive-file" => receive(app, answers).await?,
        "concerns.take-in-file" => take_in(app, actor, answers)?,
        _ => confirm(app, actor, answers),
    }
    Ok(None)
}

fn now_not() -> Vec<Mistake> {
    vec![Mistake::new(
        "The file could not be made just now. Try again",
    )]
}

fn random() -> Made<[u8; 32]> {
    desk::folder::random().map_err(|_| now_not())
}

fn signing(app: &App) -> Made<Signing> {
    app.folder.signing().map_err(|error| {
        tracing::error!(%error, "the key of the setting can't be read");
        now_not()
    })
}

/// Packs, signs and closes a child’s file; the code is shown once.
async fn send(app: &App, actor: &Actor, answers: &mut Answers) -> Made<Once> {
    let card = answers.text("card").map(|text| Card::from_text(&text));
    let card = card.transpose();
    let card = card.map_err(|fault| vec![Mistake::at("card", sentence(&fault))])?;
    let wanted = Wanted {
        child: answers.person("child").unwrap_or_default(),
        to: to_said(answers),
        parents: parents_said(answers),
        at_once: answers.text("at-once").unwrap_or_default(),
        receipt: receipt::words(&random()?),
    };
    let now = app.now();
    let lent = app.desk.lend(actor, now);
    let export = app
        .desk
        .view(&lent, now, "", None, |view| export::export(view, &wanted));
    let export = export.map_err(|_| now_not())?;
    if export.cases.is_empty() {
        return Err(vec![Mistake::at(
            "child",
            "There is no case about this child that you are on",
        )]);
    }
    let cases: Vec<String> = export.cases.iter().map(u32::to_string).collect();
    let code = sealed::code(&random()?);
    let (key, vault, chance, own) = (signing(app)?, app.folder.vault(), random()?, random()?);
    let signs = card.as_ref().map(|card| card.signs.clone());
    let gate = code.clone();
    let closed = tokio::task::spawn_blocking(move || {
        let to = match &card {
            Some(card) => To::Card(card),
            None => To::Code(&gate),
        };
        close(export, now, &key, &to, &chance, &vault, own)
    });
    let (file, name) = closed.await.map_err(|_| now_not())??;
    let link = visitor::secret(LINK_BYTES);
    answers.add_kept(made::FILE, file);
    answers.add(made::DIGEST, &name);
    answers.add(made::GATE, &digest(&sealed::plain_code(&code)));
    answers.add(made::LINK, &link);
    answers.add(made::LINK, &digest(&link));
    answers.add(made::RECEIPT, &receipt::digest(&wanted.receipt));
    answers.add(made::CASES, &cases.join(","));
    if let Some(signs) = signs {
        answers.add(made::KEY, &signs);
    }
    Ok(Once {
        what: "code, to be told over the telephone; the link stands with the file",
        secret: code,
    })
}

/// The closed file in the vault, and which it is.
pub(crate) fn close(
    export: Export,
    made: Moment,
    key: &Signing,
    to: &To<'_>,
    random: &[u8; 32],
    vault: &Vault,
    own: [u8; 32],
) -> Made<(Loose, String)> {
    let failed = |fault: Fault| vec![Mistake::new(sentence(&fault))];
    let content = serde_json::to_vec(&export.content).map_err(|_| now_not())?;
    let mut files = vec![File {
        name: pack::CONTENT.to_owned(),
        bytes: content,
    }];
    let meta = paper::Meta {
        setting: export.content.from.name.clone(),
        made,
        made_at: made.in_words(),
        lang: "en".to_owned(),
    };
    for (name, document) in export.papers {
        match paper::pdf(&document, &meta) {
            Ok(bytes) => files.push(File { name, bytes }),
            // All of it stands in the content; paper is for people, and this is too much for it.
            Err(paper::PaperError::TooLong) => {}
            Err(error) => {
                tracing::error!(%error, "a case could not be put on paper");
                return Err(now_not());
            }
        }
    }
    for (name, loose) in export.files {
        let bytes = read(vault, &loose)?;
        files.push(File { name, bytes });
    }
    let (plain, digest) = pack::pack(&files, key).map_err(failed)?;
    let closed = sealed::seal(&plain, to, random).map_err(failed)?;
    let kept = vault.keep(
        &mut closed.as_slice(),
        "record.transfer",
        Kind::Transfer,
        Key::new(own),
    );
    let kept = kept.map_err(|error| {
        tracing::error!(%error, "a file to be sent could not be kept");
        now_not()
    })?;
    Ok((kept, ledger::hex::encode(&digest)))
}

fn read(vault: &Vault, loose: &Loose) -> Made<Vec<u8>> {
    let missing = || {
        vec![Mistake::new(
            "A document of the case can’t be opened. Whoever looks after this computer can bring it back from a backup",
        )]
    };
    let mut bytes = Vec::new();
    let mut opened = vault.open(loose).map_err(|_| missing())?;
    opened.read_to_end(&mut bytes).map_err(|_| missing())?;
    Ok(bytes)
}

/// Opens and checks a file that came in; what is in it goes into the vault.
async fn receive(app: &App, answers: &mut Answers) -> Made<()> {
    let Some(upload) = answers.file("file").cloned() else {
        return Err(vec![Mistake::at("file", "Choose the file first")]);
    };
    let code = answers.text("code").unwrap_or_default();
    let (key, vault) = (signing(app)?, app.folder.vault());
    let opened = tokio::task::spawn_blocking(move || open(&upload, &code, &key, &vault));
    let (packed, file, files, content) = opened.await.map_err(|_| now_not())??;
    answers.add(made::DIGEST, &packed.digest_text());
    answers.add(made::KEY, &packed.key);
    answers.add(made::CONTENT, &content);
    answers.add_kept(made::FILE, file);
    for (place, file) in files.into_iter().enumerate() {
        answers.add_kept(&format!("{}{place}", made::INSIDE), file);
    }
    Ok(())
}

pub(crate) type Opened = (pack::Packed, Loose, Vec<Loose>, String);

pub(crate) fn open(upload: &Upload, code: &str, key: &Signing, vault: &Vault) -> Made<Opened> {
    let refused = |fault: Fault| {
        let field = if fault == Fault::Shut { "code" } else { "file" };
        vec![Mistake::at(field, sentence(&fault))]
    };
    let own = Receiving::of(key);
    let with = match sealed::asks_for_code(&upload.bytes) {
        true => With::Code(code),
        false => With::Own(&own),
    };
    let plain = sealed::open(&upload.bytes, &with).map_err(refused)?;
    let packed = pack::unpack(&plain).map_err(refused)?;
    Content::read(packed.content())
        .map_err(|why| vec![Mistake::at("file", format!("The file is not taken: {why}"))])?;
    let content = String::from_utf8_lossy(packed.content()).into_owned();
    let mut inside = Vec::new();
    for file in packed.files.iter().skip(1) {
        let one = Upload {
            name: file.name.clone(),
            bytes: file.bytes.clone(),
        };
        let kept = kept::keep(vault, &one);
        inside
            .push(kept.map_err(|why| vec![Mistake::at("file", format!("{}: {why}", file.name))])?);
    }
    let mut bytes = packed.content();
    let kept = vault.keep(&mut bytes, pack::CONTENT, Kind::Text, Key::new(random()?));
    let kept = kept.map_err(|error| {
        tracing::error!(%error, "a file that came in could not be kept");
        vec![Mistake::new(
            "The file could not be kept just now. Try again",
        )]
    })?;
    Ok((packed, kept, inside, content))
}

/// Puts what a file says that came in among the answers.
fn take_in(app: &App, actor: &Actor, answers: &mut Answers) -> Made<()> {
    let number = answers.number("case").unwrap_or_default();
    let found = app.desk.view(actor, app.now(), "", None, |view| {
        let inward = view.setting.concerns.transfers().inward(number)?;
        inward.arrived.content.open(view.keys)
    });
    let Some(loose) = found.map_err(|_| now_not())? else {
        return Err(vec![Mistake::new("What came in can’t be opened")]);
    };
    let bytes = read(&app.folder.vault(), &loose)?;
    answers.add(made::CONTENT, &String::from_utf8_lossy(&bytes));
    Ok(())
}

/// Looks at a receipt that somebody on the case was given.
fn confirm(app: &App, actor: &Actor, answers: &mut Answers) {
    let number = answers.number("case").unwrap_or_default();
    let text = answers.text("receipt").unwrap_or_default();
    let found = app.desk.view(actor, app.now(), "", None, |view| {
        let out = view.setting.concerns.transfers().out(number)?;
        let sent = &out.sent;
        let good = receipt::check(&text, &sent.name, &sent.receipt, sent.signs.as_deref());
        good.ok().map(|good| (sent.receipt.clone(), good.by))
    });
    if let Ok(Some((kept, by))) = found {
        answers.add(made::RECEIPT, &kept);
        if let Some(by) = by {
            answers.add(made::BY, &by);
        }
    }
}

/// A fault as a sentence for people.
pub(crate) fn sentence(fault: &Fault) -> String {
    let words = fault.to_string();
    let mut letters = words.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

#[cfg(test)]
mod tests;
