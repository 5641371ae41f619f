//! What could not be read.

use super::words::Words;
use crate::format::{Problem, Problems, Severity};
use crate::library::pack::Damaged;
use crate::library::pack::bytes::{Cursor, put_text, put_varint};

/// Fewest bytes of a problem.
const FEWEST_BYTES: usize = 6;

pub(super) fn put(problems: &Problems, out: &mut Vec<u8>) {
    for severity in Severity::ALL {
        put_varint(problems.count(severity), out);
    }
    let mut words = Words::default();
    let mut kept = Vec::new();
    put_varint(problems.kept().len() as u64, &mut kept);
    for problem in problems.kept() {
        kept.push(problem.severity as u8);
        put_varint(words.place(Some(problem.rule)), &mut kept);
        let line = problem.line.map_or(0, |line| u64::from(line) + 1);
        put_varint(line, &mut kept);
        put_varint(words.place(problem.section), &mut kept);
        put_varint(words.place(problem.column), &mut kept);
        put_text(problem.text.as_bytes(), &mut kept);
    }
    words.put(out);
    out.extend_from_slice(&kept);
}

pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Problems, Damaged> {
    let counts = [cursor.varint()?, cursor.varint()?, cursor.varint()?];
    let words = Words::read(cursor)?;
    let count = cursor.count(FEWEST_BYTES)?;
    if count > Problems::MOST_KEPT {
        return Err(Damaged("it has too many problems"));
    }
    let mut kept = Vec::with_capacity(count);
    for _ in 0..count {
        kept.push(read_one(cursor, &words)?);
    }
    Ok(Problems::restored(kept, counts))
}

fn read_one(cursor: &mut Cursor<'_>, words: &Words) -> Result<Problem, Damaged> {
    let severity = Severity::ALL.get(usize::from(cursor.byte()?));
    let severity = *severity.ok_or(Damaged("a problem is of no known severity"))?;
    let rule = words.at(cursor.number()?)?;
    let line: u64 = cursor.number()?;
    let line = match line.checked_sub(1) {
        None => None,
        Some(line) => Some(u32::try_from(line).map_err(|_| Damaged("a line number is too large"))?),
    };
    Ok(Problem {
        severity,
        rule: rule.ok_or(Damaged("a problem has no rule"))?,
        line,
        section: words.at(cursor.number()?)?,
        column: words.at(cursor.number()?)?,
        text: cursor.string()?,
    })
}
