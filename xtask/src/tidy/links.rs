//! Every link from one Markdown file to another file of the repository leads somewhere.

use super::{File, Finding, Tree, code::lines};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".md")) {
        for (number, target) in targets(&file.text) {
            let Some(path) = resolved(file, &target) else {
                let says = format!("the link '{target}' leads out of the repository");
                found.push(Finding::of("links", file, Some(number), says));
                continue;
            };
            if !path.is_empty() && !tree.has(&path) {
                let says = format!("the link '{target}' leads nowhere");
                found.push(Finding::of("links", file, Some(number), says));
            }
        }
    }
    found
}

/// The targets of links to files, each with its line.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (number, line) in lines(text) {
        let start = line.trim_start();
        if start.starts_with("```") || start.starts_with("~~~") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        // What stands between backticks is code.
        let line: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        let inline = line
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        let defined = start
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("]: "));
        for target in inline.chain(defined.map(|(_, target)| target)) {
            let target = target.trim().trim_start_matches('<');
            let target = target.split([' ', '>', '#']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                found.push((number, target.to_owned()));
            }
        }
    }
    found
}

/// The path from the root that a link in this file means; nothing where it leads out.
fn resolved(file: &File, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.path.split('/').collect();
    parts.pop();
    if target.starts_with('/') {
        parts.clear();
    }
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/").replace("%20", " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("docs/manual/a.md", text),
            ("docs/b.md", ""),
            ("README.md", ""),
        ]);
        check(&tree)
            .into_iter()
            .map(|finding| finding.says)
            .collect()
    }

    #[test]
    fn links_that_lead_somewhere_are_fine() {
        let text = "[b](../b.md) [top](../../README.md#use) [here](a.md) [below](#x) [out](https://example.org) [folder](..)\n\
            `[code](none.md)`\n```\n[code](none.md)\n```\n[b]: ../b.md\n";
        assert_eq!(says(text), [""; 0]);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        assert_eq!(says("See [b](b.md)."), ["the link 'b.md' leads nowhere"]);
        assert_eq!(
            says("![b](../b.png \"A picture\")"),
            ["the link '../b.png' leads nowhere"]
        );
        assert_eq!(says("[c]: ../c.md"), ["the link '../c.md' leads nowhere"]);
    }

    #[test]
    fn a_link_out_of_the_repository_is_found() {
        assert_eq!(
            says("[x](../../../x.md)"),
            ["the link '../../../x.md' leads out of the repository"]
        );
    }
}
