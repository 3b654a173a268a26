//! The known examples as they stand in the repository: templates, example clauses, the catalogue's texts.

use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A known clause and the controls that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The clause.
    pub text: String,
    /// The title of its section, where known.
    pub section: String,
    /// The ids of its controls; none for a heading or an address.
    pub controls: Vec<String>,
    /// Where it is from: `catalogue`, `corpus`, or the mark of a template's clauses ("s002").
    pub origin: String,
}

/// A control as the catalogue words it.
#[derive(Clone, Debug, Deserialize)]
pub struct Control {
    /// Its id.
    pub id: String,
    /// What it is, in a line.
    pub title: String,
    /// What the product does for it.
    pub does: String,
    /// What a policy chooses for it, and what that means.
    #[serde(default)]
    pub params: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Catalogue {
    control: Vec<Control>,
}

#[derive(Deserialize)]
struct Template {
    clause: Vec<TemplateClause>,
}

#[derive(Deserialize)]
struct TemplateClause {
    id: String,
    section: String,
    text: String,
    controls: Vec<String>,
}

#[derive(Deserialize)]
struct Examples {
    #[serde(default)]
    example: Vec<PlainExample>,
}

#[derive(Deserialize)]
struct PlainExample {
    text: String,
    #[serde(default)]
    section: String,
    controls: Vec<String>,
}

/// The catalogue's controls, in its order.
///
/// # Errors
/// When the file is not a catalogue.
pub fn catalogue(file: &str) -> Result<Vec<Control>, toml::de::Error> {
    Ok(toml::from_str::<Catalogue>(file)?.control)
}

/// The clauses of a template.
///
/// # Errors
/// When the file is not a template.
pub fn template(file: &str) -> Result<Vec<Example>, toml::de::Error> {
    let clauses = toml::from_str::<Template>(file)?.clause;
    Ok(clauses
        .into_iter()
        .map(|clause| Example {
            origin: clause.id.split('-').next().unwrap_or_default().to_owned(),
            text: clause.text,
            section: clause.section,
            controls: clause.controls,
        })
        .collect())
}

/// The examples of a corpus file.
///
/// # Errors
/// When the file holds no examples.
pub fn examples(file: &str) -> Result<Vec<Example>, toml::de::Error> {
    let examples = toml::from_str::<Examples>(file)?.example;
    Ok(examples
        .into_iter()
        .map(|example| Example {
            text: example.text,
            section: example.section,
            controls: example.controls,
            origin: "corpus".to_owned(),
        })
        .collect())
}

/// The catalogue's own texts as examples: they are what a control is, in a line and in full.
#[must_use]
pub fn of_catalogue(controls: &[Control]) -> Vec<Example> {
    let example = |text: String, control: &Control| Example {
        text,
        section: String::new(),
        controls: vec![control.id.clone()],
        origin: "catalogue".to_owned(),
    };
    controls
        .iter()
        .flat_map(|control| {
            [
                example(control.title.clone(), control),
                example(format!("{}. {}", control.title, control.does), control),
            ]
        })
        .collect()
}

/// All that the reader learns from.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The catalogue.
    pub controls: Vec<Control>,
    /// The catalogue's texts, the templates' clauses and the example clauses.
    pub examples: Vec<Example>,
}

/// Reads the sources from a checkout; `room` is this crate's folder. For learning and tests, not for reading.
///
/// # Errors
/// When a file is missing or is not what it should be.
pub fn sources(room: &Path) -> io::Result<Sources> {
    let spec = room.join("../../spec");
    let other = |error: toml::de::Error| io::Error::new(io::ErrorKind::InvalidData, error);
    let controls = catalogue(&fs::read_to_string(spec.join("controls.toml"))?).map_err(other)?;
    let mut found = of_catalogue(&controls);
    for file in files(&spec.join("templates"))? {
        found.extend(template(&fs::read_to_string(&file)?).map_err(other)?);
    }
    for file in files(&room.join("corpus"))? {
        found.extend(examples(&fs::read_to_string(&file)?).map_err(other)?);
    }
    Ok(Sources {
        controls,
        examples: found,
    })
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<PathBuf>>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    Ok(files)
}
