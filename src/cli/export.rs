//! `sandtable export`: a round's rows as JSON or CSV.

use super::output::{ended, message, stdout, write_file};
use super::rounds::{Asked, Shelf};
use super::{ExportArgs, ExportFormat, Outcome};
use crate::format::{Document, Severity, export};
use crate::model::Round;
use rustc_hash::FxHashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) fn run(args: &ExportArgs, library: Option<&Path>) -> Outcome {
    let mut shelf = Shelf::new(library);
    let asked = shelf.resolve_all(&args.files);
    let mut outcome = asked.outcome();
    let mut writer: Box<dyn RoundWriter + '_> = match &args.out {
        None => Box::new(ToStdout::new(args, &asked)),
        Some(out) => Box::new(ToFiles::new(args, &asked, out)),
    };
    let target = args
        .out
        .as_ref()
        .map_or("standard output".to_owned(), |out| {
            out.display().to_string()
        });
    // One round after the other: a whole library does not fit into memory.
    let mut written = writer.begin();
    for origin in &asked.rounds {
        if written.is_err() {
            break;
        }
        match shelf.load(origin) {
            Ok(round) => {
                outcome = outcome.max(checked(args, &round));
                written = writer.write(&round);
            }
            Err(error) => {
                message(&error);
                outcome = Outcome::Failed;
            }
        }
    }
    outcome.max(ended(written.and_then(|()| writer.end()), &target))
}

/// Whether the round is as it should be and has the section asked for; says so when it has not.
fn checked(args: &ExportArgs, round: &Round) -> Outcome {
    let document = &round.document;
    let mut outcome = Outcome::Fine;
    if document.problems.count(Severity::Error) > 0 {
        outcome = Outcome::Problems;
    }
    if let Some(section) = args
        .section
        .as_deref()
        .filter(|name| !export::csv_tables(document).contains(name))
    {
        let names = export::csv_tables(document).join(", ");
        message(&format!(
            "{}: no section {section}; there are {names}",
            round.provenance.file_name
        ));
        outcome = Outcome::Problems;
    }
    outcome
}

/// Takes rounds one by one.
trait RoundWriter {
    fn begin(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn write(&mut self, round: &Round) -> io::Result<()>;
    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// All rounds behind each other.
struct ToStdout<'a> {
    args: &'a ExportArgs,
    is_list: bool,
    has_one: bool,
    out: io::BufWriter<io::StdoutLock<'static>>,
}

impl<'a> ToStdout<'a> {
    fn new(args: &'a ExportArgs, asked: &Asked) -> Self {
        Self {
            args,
            is_list: asked.is_many && args.format == ExportFormat::Json,
            has_one: false,
            out: stdout(),
        }
    }
}

impl RoundWriter for ToStdout<'_> {
    fn begin(&mut self) -> io::Result<()> {
        if self.args.format == ExportFormat::Csv && self.args.section.is_none() {
            let why = "CSV holds one table: name it with --section, or give a folder with --out for all of them";
            return Err(io::Error::other(why));
        }
        if self.is_list {
            self.out.write_all(b"[")?;
        }
        Ok(())
    }

    fn write(&mut self, round: &Round) -> io::Result<()> {
        let section = self.args.section.as_deref();
        match (self.args.format, section) {
            (ExportFormat::Json, _) => {
                if self.is_list && self.has_one {
                    self.out.write_all(b",")?;
                }
                self.has_one = true;
                export::json(&round.document, section, &mut self.out)
            }
            (ExportFormat::Csv, Some(section)) => {
                export::csv(&round.document, section, &mut self.out).map(|_| ())
            }
            (ExportFormat::Csv, None) => Ok(()),
        }
    }

    fn end(&mut self) -> io::Result<()> {
        if self.is_list {
            self.out.write_all(b"]\n")?;
        }
        self.out.flush()
    }
}

/// A file per round or per table of a round.
struct ToFiles<'a> {
    args: &'a ExportArgs,
    out: &'a Path,
    is_one: bool,
    /// How often a name was used: rounds of several servers may have the same.
    names: FxHashMap<String, u32>,
}

impl<'a> ToFiles<'a> {
    fn new(args: &'a ExportArgs, asked: &Asked, out: &'a Path) -> Self {
        Self {
            args,
            out,
            is_one: !asked.is_many,
            names: FxHashMap::default(),
        }
    }

    /// The round's file name without endings; `-2` and so on behind it when a round before had the same.
    fn name(&mut self, round: &Round) -> String {
        let stem = stem(&round.provenance.file_name);
        let used = self.names.entry(stem.to_owned()).or_default();
        *used += 1;
        match *used {
            1 => stem.to_owned(),
            nth => format!("{stem}-{nth}"),
        }
    }

    /// The file asked for; of several rounds, one in the folder asked for.
    fn target(&self, name: &str) -> io::Result<PathBuf> {
        if self.is_one {
            Ok(self.out.to_owned())
        } else {
            in_folder(self.out, name)
        }
    }
}

impl RoundWriter for ToFiles<'_> {
    fn write(&mut self, round: &Round) -> io::Result<()> {
        let document = &round.document;
        let name = self.name(round);
        match (self.args.format, self.args.section.as_deref()) {
            (ExportFormat::Json, section) => {
                let path = self.target(&format!("{name}.json"))?;
                write_file(&path, |file| export::json(document, section, file))
            }
            (ExportFormat::Csv, Some(section)) => {
                let path = self.target(&format!("{name}.{section}.csv"))?;
                write_table(document, section, &path)
            }
            (ExportFormat::Csv, None) => {
                let folder = if self.is_one {
                    self.out.to_owned()
                } else {
                    self.out.join(name)
                };
                for table in export::csv_tables(document) {
                    write_table(
                        document,
                        table,
                        &in_folder(&folder, &format!("{table}.csv"))?,
                    )?;
                }
                Ok(())
            }
        }
    }
}

fn write_table(document: &Document, table: &str, path: &Path) -> io::Result<()> {
    write_file(path, |file| export::csv(document, table, file).map(|_| ()))
}

fn in_folder(folder: &Path, name: &str) -> io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    Ok(folder.join(name))
}

/// The file name without `.gz` and `.txt`.
fn stem(name: &str) -> &str {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    name.strip_suffix(".txt").unwrap_or(name)
}
