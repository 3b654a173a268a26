//! From lists to the file, and what holds the file of before in use.
#![expect(clippy::unwrap_used, reason = "what a test of its own is made of")]

use gate::{
    compiled::Compiled,
    lists::{Asked, CompileError, Compiling, Report, compile},
};
use std::path::{Path, PathBuf};

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: &str) -> Asked {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        Asked {
            path,
            ..Asked::default()
        }
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("names")
    }

    fn make(&self, lists: &[Asked], may_shrink: &[&str]) -> Result<Report, CompileError> {
        let what = Compiling {
            lists: lists.to_vec(),
            with_ours: false,
            shrink_percent_max: 20,
            may_shrink: may_shrink.iter().map(|name| (*name).to_owned()).collect(),
        };
        compile(&what, &self.file())
    }
}

fn categories(path: &Path, name: &str) -> Vec<String> {
    let file = Compiled::open(path).unwrap();
    let found = file.look(name).unwrap();
    let own = found.categories.numbers();
    own.filter_map(|at| file.about().categories.get(at).cloned())
        .collect()
}

#[test]
fn an_exception_takes_a_name_out_of_its_own_list_only() {
    let place = Place::new();
    let ads = place.write(
        "ads.txt",
        "||a.example^\n||b.example^\n||x.b.example^\n@@||b.example^\n",
    );
    let games = place.write("games.txt", "b.example\nc.example\n");
    let report = place.make(&[ads, games], &[]).unwrap();
    assert_eq!(categories(&place.file(), "www.a.example"), ["ads"]);
    assert_eq!(categories(&place.file(), "x.b.example"), ["games"]);
    let ads = report.lists.first().unwrap();
    assert_eq!(
        (ads.lines.taken_out, ads.lines.exceptions, ads.list.names),
        (2, 1, 1)
    );
}

#[test]
fn terms_stay_with_a_list() {
    let place = Place::new();
    let list = place.write(
        "ads.txt",
        "# License: CC0\n# Homepage: https://lists.example/\na.example\n",
    );
    place.make(&[list], &[]).unwrap();
    let file = Compiled::open(&place.file()).unwrap();
    let list = file.about().lists.first().unwrap();
    assert_eq!(list.licence.as_deref(), Some("CC0"));
    assert_eq!(list.attribution.as_deref(), Some("https://lists.example/"));
}

#[test]
fn a_list_that_shrank_holds_the_file_of_before() {
    let place = Place::new();
    let many: String = (0..100)
        .map(|number| format!("n{number}.example\n"))
        .collect();
    let list = place.write("ads.txt", &many);
    place.make(std::slice::from_ref(&list), &[]).unwrap();
    place.write("ads.txt", "n1.example\n");
    let error = place.make(std::slice::from_ref(&list), &[]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the list 'ads.txt' has 1 names and had 100")
    );
    assert_eq!(categories(&place.file(), "n99.example"), ["ads"]);
    place.make(&[list], &["ads.txt"]).unwrap();
    assert_eq!(categories(&place.file(), "n99.example"), [""; 0]);
}

#[test]
fn a_list_that_is_not_there_holds_the_file_of_before() {
    let place = Place::new();
    let list = place.write("ads.txt", "a.example\n");
    place.make(std::slice::from_ref(&list), &[]).unwrap();
    let missing = Asked {
        path: place.0.path().join("gone.txt"),
        ..Asked::default()
    };
    assert!(place.make(&[list, missing], &[]).is_err());
    assert_eq!(categories(&place.file(), "a.example"), ["ads"]);
}

#[test]
fn a_folder_gives_each_of_its_folders_a_category() {
    let place = Place::new();
    place.write("lists/adult/domains", "a.example\n");
    place.write("lists/adult/urls", "b.example/x\n");
    place.write("lists/games/domains", "c.example\n");
    place.write("lists/empty/urls", "d.example/x\n");
    place.write("lists/README", "words.example\n");
    let folder = Asked {
        path: place.0.path().join("lists"),
        ..Asked::default()
    };
    place.make(&[folder], &[]).unwrap();
    assert_eq!(categories(&place.file(), "a.example"), ["adult"]);
    assert_eq!(categories(&place.file(), "words.example"), [""; 0]);
    let file = Compiled::open(&place.file()).unwrap();
    // A category without any name takes no place.
    assert_eq!(file.about().categories, ["illegal", "adult", "games"]);
    assert_eq!(file.about().lists.len(), 4);
}

#[test]
fn names_that_must_stay_open_are_told_when_a_list_has_them() {
    let place = Place::new();
    let list = place.write(
        "drugs.txt",
        "a.example\nwww.nhs.uk\nnhs.uk.example\nnspcc.org.uk\n",
    );
    let report = place.make(&[list], &[]).unwrap();
    let told: Vec<(&str, u32)> = report
        .must_stay_open
        .iter()
        .map(|one| (one.name.as_str(), one.line))
        .collect();
    assert_eq!(told, [("nspcc.org.uk", 4)]);
}

#[test]
fn illegal_names_known_by_their_hash_are_found() {
    use sha2::{Digest, Sha256};
    let place = Place::new();
    let hash = Sha256::digest(b"bad.example");
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let list = Asked {
        category: Some("illegal".to_owned()),
        ..place.write("hashes.txt", &format!("{hash}\n"))
    };
    place.make(&[list], &[]).unwrap();
    assert_eq!(categories(&place.file(), "www.bad.example"), ["illegal"]);
    assert_eq!(categories(&place.file(), "bad.example.org"), [""; 0]);
    let bytes = std::fs::read(place.file()).unwrap();
    assert!(!bytes.windows(11).any(|part| part == b"bad.example"));
}
