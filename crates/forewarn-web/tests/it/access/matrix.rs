//! Reads `matrix.txt`.

use std::fmt;

/// Who asks, in the order of the columns.
pub(super) const WHO: [&str; 9] =
    ["nobody", "gone", "rep", "colleague", "stranger", "leader", "chief", "supply", "admin"];

/// How far a case is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stage {
    Open,
    Told,
    Closed,
}

impl Stage {
    const ALL: [Stage; 3] = [Stage::Open, Stage::Told, Stage::Closed];
}

/// What one person gets: a status, or `in` for being led to where one signs in; at each stage of a case.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Answers(pub(super) Vec<String>);

/// One line of the matrix.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) method: String,
    /// The address, where `{whose:team}` is a `{whose}` of which *team* is the example.
    pub(super) example: String,
    pub(super) answers: Vec<Answers>,
    /// What is sent: a form, JSON, or `@name=content` for a file.
    pub(super) sent: String,
}

pub(super) fn matrix() -> Vec<Row> {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/access/matrix.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(Row::read).collect()
}

impl Row {
    fn read(line: &str) -> Self {
        let mut words = line.split_whitespace().map(str::to_owned);
        let (method, example) = (words.next().unwrap(), words.next().unwrap());
        let mut row = Row { method, example, answers: Vec::new(), sent: String::new() };
        let stages = row.stages().len();
        for word in words.by_ref().take(WHO.len()) {
            let said: Vec<String> = word.split('/').map(str::to_owned).collect();
            let all = if said.len() == 1 { vec![word; stages] } else { said };
            assert_eq!(all.len(), stages, "{line}");
            row.answers.push(Answers(all));
        }
        assert_eq!(row.answers.len(), WHO.len(), "a column is missing: {line}");
        row.sent = words.next().unwrap_or_default();
        row
    }

    /// As the router has it.
    pub(super) fn address(&self) -> String {
        let mut address = String::new();
        let path = self.example.split('?').next().unwrap();
        for part in path.split_inclusive('}') {
            match part.split_once(':') {
                Some((name, _)) => address.push_str(&format!("{name}}}")),
                None => address.push_str(part),
            }
        }
        address
    }

    /// The stages that are tried: all, if it is about a case.
    pub(super) fn stages(&self) -> Vec<Stage> {
        Stage::ALL.into_iter().take(if self.is_about_a_case() { 3 } else { 1 }).collect()
    }

    pub(super) fn is_about_a_case(&self) -> bool {
        self.example.trim_start_matches("/api/v1").starts_with("/cases/{id}")
    }
}

impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all_the_same = self.0.iter().all(|one| *one == self.0[0]);
        f.pad(&if all_the_same { self.0[0].clone() } else { self.0.join("/") })
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<4} {:<44}", self.method, self.example)?;
        for (answers, width) in self.answers.iter().zip([3, 3, 11, 9, 8, 11, 5, 6, 11]) {
            write!(f, " {answers:<width$}")?;
        }
        write!(f, " {}", self.sent)
    }
}
