//! Acts from the shell: the same fields as on the page, as flags. Who may read the data folder acts
//! as one of its people by user name, and is judged as that person.

use super::{open, say};
use crate::{
    Place, clock,
    web::{api, app::App, made},
};
use anyhow::Context;
use desk::desk::Failed;
use families::{
    families as all,
    spine::{
        act::{Actor, Who},
        answers::{Answers, Upload},
        judge::No,
        page::{FieldKind, Form},
    },
};
use serde_json::json;
use std::{io::Read, path::PathBuf, process::ExitCode, sync::Arc};

/// An act to ask for.
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Asked {
    /// The data folder.
    #[arg(long)]
    data: Option<PathBuf>,
    /// A PostgreSQL server for ledger and keys instead of files, with --setting.
    #[arg(long)]
    database: Option<String>,
    /// The name of this setting on that server.
    #[arg(long)]
    setting: Option<String>,
    /// The user name of the person who acts.
    #[arg(long = "as")]
    user: Option<String>,
    /// Say how this is used; with an act, which flags it takes.
    #[arg(short, long)]
    help: bool,
    /// The act: policy.begin-draft. Alone, or with --help, says which flags it takes.
    act: Option<String>,
    /// The fields of its form as flags: --title "Online safety policy"; a file as --file path.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    fields: Vec<String>,
}

/// Asks for it.
pub(crate) fn run(asked: &Asked) -> anyhow::Result<ExitCode> {
    let Some(name) = &asked.act else {
        if asked.help {
            let command = clap::Command::new("stairgate act");
            let mut command = <Asked as clap::Args>::augment_args(command);
            say(&command.render_help().to_string());
            return Ok(ExitCode::SUCCESS);
        }
        all::forms().for_each(|form| say(&format!("{:28} {}", form.act, form.title)));
        return Ok(ExitCode::SUCCESS);
    };
    let form = all::forms().find(|form| form.act == name.as_str());
    let form =
        form.with_context(|| format!("there is no act “{name}”; `stairgate act` lists them all"))?;
    let (mut fields, data, user) = flags(asked)?;
    let is_help = asked.help || fields.iter().any(|(flag, _)| flag == "help");
    if is_help || (data.is_none() && user.is_none()) {
        describe(form);
        return Ok(ExitCode::SUCCESS);
    }
    let data = data.context("say where the data lies: --data DIR")?;
    let user = user.context("say who acts: --as USER-NAME")?;
    let place = Place {
        data,
        database: asked.database.clone(),
        setting: asked.setting.clone(),
    };
    let folder = place.folder();
    let desk = Arc::new(open(&folder)?);
    let actor = actor(&desk, &user)?;
    let confirmed: Vec<String> = fields
        .iter()
        .filter(|(flag, _)| flag == "confirmed")
        .map(|(_, word)| word.clone())
        .collect();
    fields.retain(|(flag, _)| flag != "confirmed");
    let answers = answers(form, &fields)?;
    let app = App::new(desk, folder.clone(), folder.backups(), false, clock::now)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(ask(&app, &actor, form, answers, &confirmed))
}

async fn ask(
    app: &App,
    actor: &Actor,
    form: &'static Form,
    mut answers: Answers,
    confirmed: &[String],
) -> anyhow::Result<ExitCode> {
    let wrong = answers.check(form.fields);
    if !wrong.is_empty() {
        return no(app, actor, &No::Mistakes(wrong));
    }
    let once = match made::make(app, actor, form, &mut answers).await {
        Ok(once) => once,
        Err(mistakes) => return no(app, actor, &No::Mistakes(mistakes)),
    };
    let act = match form.act(&answers) {
        Ok(act) => act,
        Err(mistakes) => return no(app, actor, &No::Mistakes(mistakes)),
    };
    match app.perform(actor, act, confirmed).await {
        Ok(done) => {
            say(&json!({ "entries": done.seqs, "kinds": done.kinds }).to_string());
            if let Some(once) = once {
                say(&format!("{}: {}", once.what, once.secret));
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(Failed::No(why)) => no(app, actor, &why),
        Err(Failed::Unavailable(what)) => anyhow::bail!(what),
    }
}

fn no(app: &App, actor: &Actor, no: &No) -> anyhow::Result<ExitCode> {
    let (_, value) = app.desk.view(actor, app.now(), "", None, |view| {
        api::no_as_json(no, &|text| view.words(text))
    })?;
    say(&serde_json::to_string_pretty(&value)?);
    Ok(ExitCode::FAILURE)
}

fn actor(desk: &desk::desk::Desk, user: &str) -> anyhow::Result<Actor> {
    let person = desk.view(&Actor::keeper(), clock::now(), "", None, |view| {
        view.setting
            .access
            .find_user(|sealed| view.open(sealed).as_deref() == Some(user))
    })?;
    let person = person.with_context(|| format!("nobody has the user name {user}"))?;
    Ok(Actor {
        who: Who::Person(person),
        device: Some("command-line".to_owned()),
        // Whoever keeps the machine has shown more than any password.
        fresh: true,
        ..Actor::default()
    })
}

type Flags = (Vec<(String, String)>, Option<PathBuf>, Option<String>);

/// Pairs of flag and word, wherever `--data` and `--as` stand.
fn flags(asked: &Asked) -> anyhow::Result<Flags> {
    let (mut data, mut user) = (asked.data.clone(), asked.user.clone());
    let mut fields = Vec::new();
    let mut words = asked.fields.iter();
    while let Some(word) = words.next() {
        let flag = word
            .strip_prefix("--")
            .with_context(|| format!("“{word}” is no flag: fields are given as --name words"))?;
        if flag == "help" {
            fields.push((flag.to_owned(), String::new()));
            continue;
        }
        let (flag, value) = match flag.split_once('=') {
            Some((flag, value)) => (flag, value.to_owned()),
            None => (
                flag,
                words
                    .next()
                    .with_context(|| format!("--{flag} needs a word after it"))?
                    .clone(),
            ),
        };
        match flag {
            "data" => data = Some(PathBuf::from(value)),
            "as" => user = Some(value),
            flag => fields.push((flag.to_owned(), value)),
        }
    }
    Ok((fields, data, user))
}

fn answers(form: &Form, fields: &[(String, String)]) -> anyhow::Result<Answers> {
    let mut answers = Answers::default();
    for (flag, value) in fields {
        let field = form.fields.iter().find(|field| field.name == flag.as_str());
        let field = field.with_context(|| format!("{} has no field “{flag}”", form.act))?;
        if let FieldKind::File(most) | FieldKind::Keep(most) = field.kind {
            let bytes = file(value, most)?;
            answers.add_file(
                flag,
                Upload {
                    name: value.clone(),
                    bytes,
                },
            );
        } else {
            answers.add(flag, value);
        }
    }
    Ok(answers)
}

/// A file, and not more of it than shows that it is too large.
fn file(path: &str, most: usize) -> anyhow::Result<Vec<u8>> {
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .with_context(|| format!("{path} can’t be read"))?;
    Ok(bytes)
}

fn describe(form: &Form) {
    say(&format!("{}: {}", form.act, form.title));
    for field in form.fields {
        let more = match field.kind {
            FieldKind::Choice(options) | FieldKind::Several(options) => options
                .iter()
                .map(|(key, _)| *key)
                .collect::<Vec<_>>()
                .join(" | "),
            FieldKind::Date => "a day: 2026-11-25".to_owned(),
            FieldKind::YesNo | FieldKind::Confirm => "yes | no".to_owned(),
            FieldKind::Number(from, to) => format!("{from} to {to}"),
            _ => String::new(),
        };
        let optional = if field.optional { " (optional)" } else { "" };
        say(&format!(
            "  --{:20} {}{optional}  {more}",
            field.name, field.label
        ));
    }
}
