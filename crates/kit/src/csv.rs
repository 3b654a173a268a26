//! Tables for spreadsheets: RFC 4180, and safe against cells that a spreadsheet would run.

/// Rows as CSV, with a heading row first.
#[must_use]
pub fn to_csv(head: &[String], rows: &[Vec<String>]) -> String {
    let mut csv = String::new();
    line(&mut csv, head);
    for row in rows {
        line(&mut csv, row);
    }
    csv
}

fn line(csv: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            csv.push(',');
        }
        csv.push_str(&quoted(cell));
    }
    csv.push_str("\r\n");
}

fn quoted(cell: &str) -> String {
    let cell = harmless(cell);
    if !cell.contains([',', '"', '\r', '\n']) {
        return cell;
    }
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// A spreadsheet runs what begins with one of these; an apostrophe first makes it words.
/// Plain numbers, also negative ones, stay as they are.
fn harmless(cell: &str) -> String {
    let starts = cell.trim_start_matches([' ', '\u{a0}']);
    let risky = starts.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '|', '%',
    ]);
    if risky && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn commas_quotes_and_line_breaks_stay_inside_their_cell() {
        let csv = to_csv(&cells(&["a", "b"]), &[cells(&["x,y", "say \"no\"\nnow"])]);
        assert_eq!(csv, "a,b\r\n\"x,y\",\"say \"\"no\"\"\nnow\"\r\n");
    }

    #[test]
    fn what_a_spreadsheet_would_run_becomes_words() {
        for bad in [
            "=1+1",
            "+44 1632",
            "-1+2",
            "@SUM(A1)",
            "\t=1",
            " =1",
            "＝1",
            "-cmd|' /C calc'!A0",
        ] {
            assert!(
                quoted(bad).trim_start_matches('"').starts_with('\''),
                "{bad}"
            );
        }
        for good in ["-12.5", "+3", "4 May 2026", "", "a=b"] {
            assert_eq!(quoted(good), good);
        }
    }
}
