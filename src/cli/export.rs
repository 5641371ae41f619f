//! `sandtable export`: a round file's rows as JSON or CSV.

use super::output::{ended, message, stdout, write_file};
use super::{ExportArgs, ExportFormat, Outcome};
use crate::format::{Document, Severity, export};
use crate::jobs::load::load_round;
use crate::model::Round;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

pub(super) fn run(args: &ExportArgs) -> Outcome {
    let mut outcome = Outcome::Fine;
    let mut rounds = Vec::new();
    for path in &args.files {
        match load_round(path) {
            Ok(round) => rounds.push(round),
            Err(error) => {
                message(&error.to_string());
                outcome = Outcome::Failed;
            }
        }
    }
    for round in &rounds {
        if round.document.problems.count(Severity::Error) > 0 {
            outcome = outcome.max(Outcome::Problems);
        }
        if let Some(section) = args
            .section
            .as_deref()
            .filter(|name| !has_table(&round.document, name))
        {
            let names = export::csv_tables(&round.document).join(", ");
            message(&format!(
                "{}: no section {section}; there are {names}",
                round.provenance.file_name
            ));
            outcome = outcome.max(Outcome::Problems);
        }
    }
    let written = match &args.out {
        None => to_stdout(args, &rounds),
        Some(out) => to_files(args, &rounds, out),
    };
    let target = args
        .out
        .as_ref()
        .map_or("standard output".to_owned(), |out| {
            out.display().to_string()
        });
    outcome.max(ended(written, &target))
}

fn has_table(document: &Document, name: &str) -> bool {
    export::csv_tables(document).contains(&name)
}

fn to_stdout(args: &ExportArgs, rounds: &[Arc<Round>]) -> io::Result<()> {
    let mut out = stdout();
    let is_list = args.files.len() > 1;
    match args.format {
        ExportFormat::Json => {
            if is_list {
                out.write_all(b"[")?;
            }
            for (nth, round) in rounds.iter().enumerate() {
                if nth > 0 {
                    out.write_all(b",")?;
                }
                export::json(&round.document, args.section.as_deref(), &mut out)?;
            }
            if is_list {
                out.write_all(b"]\n")?;
            }
        }
        ExportFormat::Csv => {
            let Some(section) = &args.section else {
                let why = "CSV holds one table: name it with --section, or give a folder with --out for all of them";
                return Err(io::Error::other(why));
            };
            for round in rounds {
                export::csv(&round.document, section, &mut out)?;
            }
        }
    }
    out.flush()
}

fn to_files(args: &ExportArgs, rounds: &[Arc<Round>], out: &Path) -> io::Result<()> {
    let is_one = args.files.len() == 1;
    for round in rounds {
        let document = &round.document;
        let stem = stem(&round.provenance.file_name);
        match (args.format, &args.section) {
            (ExportFormat::Json, section) => {
                let path = if is_one {
                    out.to_owned()
                } else {
                    in_folder(out, &format!("{stem}.json"))?
                };
                write_file(&path, |file| {
                    export::json(document, section.as_deref(), file)
                })?;
            }
            (ExportFormat::Csv, Some(section)) => {
                let path = if is_one {
                    out.to_owned()
                } else {
                    in_folder(out, &format!("{stem}.{section}.csv"))?
                };
                write_file(&path, |file| {
                    export::csv(document, section, file).map(|_| ())
                })?;
            }
            (ExportFormat::Csv, None) => {
                let folder = if is_one {
                    out.to_owned()
                } else {
                    out.join(stem)
                };
                for table in export::csv_tables(document) {
                    let path = in_folder(&folder, &format!("{table}.csv"))?;
                    write_file(&path, |file| export::csv(document, table, file).map(|_| ()))?;
                }
            }
        }
    }
    Ok(())
}

fn in_folder(folder: &Path, name: &str) -> io::Result<std::path::PathBuf> {
    std::fs::create_dir_all(folder)?;
    Ok(folder.join(name))
}

/// The file name without `.gz` and `.txt`.
fn stem(name: &str) -> &str {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    name.strip_suffix(".txt").unwrap_or(name)
}
