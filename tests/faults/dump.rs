//! Everything a library holds, as text that does not depend on the order in which it came in: numbers of rounds and words are replaced by
//! what they stand for, and the times at which something was done are left out.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::path::Path;

/// Lines by table, in order.
pub(crate) type Dump = BTreeMap<String, Vec<String>>;

/// Bits of the number of a row that are its place in its round.
const ROW_BITS: u32 = 28;

/// When something was done, and numbers that nothing refers to.
const LEFT_OUT: [&str; 5] = [
    "created_at",
    "round_linked_at",
    "seen_at",
    "changed_at",
    "last_scan_unix",
];

/// Columns that hold numbers of words and are shown by views that add rows up.
const MORE_WORDS: [(&str, &[&str]); 2] = [
    ("player_teamplay_row", &["player_guid", "player_name"]),
    (
        "crossfire_pair_row",
        &[
            "player1_guid",
            "player2_guid",
            "player1_name",
            "player2_name",
        ],
    ),
];

/// The library's tables. Panics when something in it refers to what is not there.
pub(crate) fn dump(path: &Path) -> Dump {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let finding: String = conn
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(finding, "ok");
    let names = Names::of(&conn);
    let mut tables = Dump::new();
    for table in strings(
        &conn,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    ) {
        // Words are compared where they are used.
        if table != "word" {
            tables.insert(table.clone(), lines(&conn, &names, &table));
        }
    }
    tables
}

/// Says where two libraries differ.
pub(crate) fn assert_same(ours: &Dump, expected: &Dump, when: &str) {
    let tables: Vec<&String> = ours.keys().collect();
    assert_eq!(tables, expected.keys().collect::<Vec<_>>(), "{when}");
    for (table, expected) in expected {
        let ours = &ours[table];
        if ours == expected {
            continue;
        }
        let other = |all: &[String], of: &[String]| {
            let of: BTreeSet<&String> = of.iter().collect();
            let differing = all.iter().filter(|line| !of.contains(line)).take(3);
            differing.cloned().collect::<Vec<_>>().join("\n")
        };
        panic!(
            "{when}: {table} has {} rows instead of {}\nonly here:\n{}\nonly there:\n{}",
            ours.len(),
            expected.len(),
            other(ours, expected),
            other(expected, ours)
        );
    }
}

struct Names {
    words: HashMap<i64, String>,
    rounds: HashMap<i64, String>,
    stats: HashMap<i64, String>,
    /// Columns with numbers of words, by table.
    word_columns: HashMap<String, BTreeSet<String>>,
}

impl Names {
    fn of(conn: &Connection) -> Self {
        let map = |sql: &str| -> HashMap<i64, String> {
            let mut find = conn.prepare(sql).unwrap();
            let rows = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
            rows.unwrap().map(Result::unwrap).collect()
        };
        Self {
            words: map("SELECT id, text FROM word"),
            rounds: map("SELECT id, hex(content_hash) FROM proximity_round"),
            stats: map("SELECT id, hex(content_hash) FROM rounds"),
            word_columns: word_columns(conn),
        }
    }

    fn round(&self, id: i64) -> String {
        let hash = self.rounds.get(&id);
        format!(
            "round {}",
            hash.unwrap_or_else(|| panic!("there is no round {id}"))
        )
    }
}

/// The views say which columns are words: `word.id = t.column … FROM … table AS t`.
fn word_columns(conn: &Connection) -> HashMap<String, BTreeSet<String>> {
    let mut all: HashMap<String, BTreeSet<String>> = HashMap::new();
    for sql in strings(conn, "SELECT sql FROM sqlite_schema WHERE type = 'view'") {
        let Some((_, table)) = sql.split_once("FROM scope AS r CROSS JOIN ") else {
            continue;
        };
        let table = table.split(' ').next().unwrap().to_owned();
        let columns = sql.split("word.id = t.").skip(1).map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            rest[..end.unwrap()].to_owned()
        });
        all.entry(table).or_default().extend(columns);
    }
    for (table, columns) in MORE_WORDS {
        let columns = columns.iter().map(|column| (*column).to_owned());
        all.entry(table.to_owned()).or_default().extend(columns);
    }
    all
}

fn strings(conn: &Connection, sql: &str) -> Vec<String> {
    let mut find = conn.prepare(sql).unwrap();
    let rows = find.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn lines(conn: &Connection, names: &Names, table: &str) -> Vec<String> {
    let mut find = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let columns: Vec<String> = find.column_names().map(str::to_owned).collect();
    let mut rows = find.query([]).unwrap();
    let mut lines = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let mut line = String::new();
        for (nth, column) in columns.iter().enumerate() {
            if let Some(text) = value(names, table, column, row.get_ref(nth).unwrap()) {
                write!(line, "{column}={text} ").unwrap();
            }
        }
        lines.push(line);
    }
    lines.sort_unstable();
    lines
}

/// A value as text; `None` for those that are left out.
fn value(names: &Names, table: &str, column: &str, value: ValueRef<'_>) -> Option<String> {
    if LEFT_OUT.contains(&column) {
        return None;
    }
    let words = names.word_columns.get(table);
    Some(match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(id) if table.ends_with("_row") && column == "id" => {
            format!(
                "{} row {}",
                names.round(id >> ROW_BITS),
                id & ((1 << ROW_BITS) - 1)
            )
        }
        ValueRef::Integer(id) if words.is_some_and(|words| words.contains(column)) => {
            let text = names.words.get(&id);
            format!(
                "{:?}",
                text.unwrap_or_else(|| panic!("{table}.{column}: no word {id}"))
            )
        }
        ValueRef::Integer(id) => match (table, column) {
            ("proximity_round" | "rounds" | "file" | "link_change" | "source", "id") => {
                return None;
            }
            ("round_image" | "file", "round") | ("proximity_round", "match_id") => names.round(id),
            ("proximity_round" | "round_player_stats", "round_id") => {
                format!("stats {}", names.stats[&id])
            }
            _ => id.to_string(),
        },
        ValueRef::Real(value) => format!("{value:?}"),
        ValueRef::Text(text) => format!("{:?}", String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) if bytes.len() <= 32 => format!("{bytes:02x?}"),
        ValueRef::Blob(bytes) => format!("{} bytes {}", bytes.len(), blake3::hash(bytes)),
    })
}

/// Whether all rounds that are there are there whole, whatever else was going on. Gives how many there are.
pub(crate) fn assert_whole(path: &Path, when: &str) -> usize {
    let tables = dump(path);
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let broken = strings(
        &conn,
        "SELECT file_name FROM proximity_round AS r WHERE NOT EXISTS (SELECT 1 FROM round_image WHERE round = r.id) \
         OR engagement_count <> (SELECT count(*) FROM combat_engagement_row AS t WHERE t.id BETWEEN r.id << 28 AND r.id << 28 | 268435455) \
         OR player_count <> (SELECT count(*) FROM proximity_round_player_row AS t WHERE t.id BETWEEN r.id << 28 AND r.id << 28 | 268435455) \
         OR NOT EXISTS (SELECT 1 FROM file WHERE round = r.id AND state = 'stored')",
    );
    assert_eq!(broken, Vec::<String>::new(), "{when}");
    tables["proximity_round"].len()
}
