//! The questions in the README are asked as they stand there, and answered as it says.

use crate::bench::fixtures;
use crate::support::root;

const COMMAND: &str = "$ sandtable query \"";

/// Each question of the README with the answer below it.
fn questions() -> Vec<(String, String)> {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let mut found = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for asked in block.split(COMMAND).skip(1) {
            let (sql, answer) = asked.split_once("\"\n").expect("a quote ends the question");
            found.push((sql.to_owned(), answer.trim_end().to_owned()));
        }
    }
    found
}

#[test]
fn questions_of_the_readme() {
    let questions = questions();
    assert!(questions.len() >= 4, "{questions:?}");
    for (sql, answer) in questions {
        let said = fixtures().run(&["query", &sql]).fine();
        assert!(said.lines().count() > 1, "{sql} gives nothing");
        assert_eq!(said.trim_end(), answer, "{sql}");
    }
}
