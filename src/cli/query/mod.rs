//! `sandtable query`: questions in SQL, which can change nothing.

mod answer;

use super::Outcome;
use super::library::{self, Done};
use super::output::{ended, stdout};
use super::table::{self, Cell};
use crate::library::{Library, TableColumns, tables};
use answer::{Answer, Form};
use clap::Args;
use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;

/// What can be asked for.
const QUERY_HELP: &str = "\
Nothing can be changed. Tables have the names and columns of the community's database, so its queries run as they are:
  combat_engagement, player_track, player_teamplay_stats, crossfire_pairs, map_kill_heatmap, map_movement_heatmap,
  proximity_aim_lock, proximity_carrier_event, proximity_carrier_kill, proximity_carrier_return, proximity_combat_position,
  proximity_comm_event, proximity_construction_event, proximity_crossfire_opportunity, proximity_escort_credit,
  proximity_focus_fire, proximity_hit_region, proximity_hit_region_summary, proximity_kill_outcome, proximity_lua_trade_kill,
  proximity_objective_focus, proximity_objective_run, proximity_processed_files, proximity_reaction_metric, proximity_revive,
  proximity_round_player, proximity_shot_fired, proximity_skill_snapshot, proximity_spawn_select, proximity_spawn_timing,
  proximity_support_summary, proximity_team_cohesion, proximity_team_push, proximity_trade_event, proximity_vehicle_progress,
  proximity_weapon_accuracy, teamplay_leaderboard, best_duos, map_hotspots, session_engagement_summary; of stats files rounds and
  round_player_stats; of the library proximity_round (the stored rounds), file (the files they came from), and what was written
  about rounds: note, bookmark, drawing, tag, calibration.
`--tables` prints them with their columns. plain_name(player_name) gives a name without its colour codes.

path_json(path) gives the samples of player_track.path, or the positions of combat_engagement.position_path, as JSON:
  sandtable query \"SELECT path_json(path) FROM player_track WHERE id = (SELECT min(id) FROM player_track)\"

Bytes are shown as <n bytes>; JSON and CSV have them in hexadecimal. JSON is an array of objects; of columns with the same name
the second is called name_2.";

#[derive(Debug, Args)]
#[command(after_help = QUERY_HELP)]
pub(super) struct QueryArgs {
    /// The question; `-` reads it from standard input
    #[arg(required_unless_present = "tables")]
    sql: Option<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
    /// Print CSV instead of a table
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print what can be asked for: tables and their columns
    #[arg(long, conflicts_with_all = ["sql", "csv"])]
    tables: bool,
}

pub(super) fn run(args: &QueryArgs, asked: Option<&Path>) -> Outcome {
    library::outcome(match &args.sql {
        Some(sql) => ask(sql, args, asked),
        None => print_tables(args.json),
    })
}

fn print_tables(is_json: bool) -> Done {
    let tables = tables().map_err(|error| library::words(&error))?;
    let mut out = stdout();
    let written = if is_json {
        write_json(&tables, &mut out)
    } else {
        let rows = tables.iter().map(|TableColumns { name, columns }| {
            vec![Cell::text(name), Cell::text(&columns.join(", "))]
        });
        table::write(&["table", "columns"], &rows.collect::<Vec<_>>(), &mut out)
    };
    Ok(ended(written.and_then(|()| out.flush()), "standard output"))
}

fn write_json(tables: &[TableColumns], out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, tables)?;
    writeln!(out)
}

fn ask(sql: &str, args: &QueryArgs, asked: Option<&Path>) -> Done {
    let path = library::place(asked)?;
    let typed;
    let sql = if sql == "-" {
        typed =
            io::read_to_string(io::stdin()).map_err(|error| format!("standard input: {error}"))?;
        &typed
    } else {
        sql
    };
    let form = match (args.json, args.csv) {
        (true, _) => Form::Json,
        (_, true) => Form::Csv,
        _ => Form::Text,
    };
    let answer = RefCell::new(Answer::new(form, stdout()));
    let columns = |names: &[String]| answer.borrow_mut().begin(names);
    let asked = Library::query(&path, sql, columns, |row| answer.borrow_mut().row(&row));
    let mut answer = answer.into_inner();
    if let Err(error) = asked {
        // Rows before the one that failed are printed, but the answer is not ended: a reader of JSON sees that it is not whole.
        let _ = answer.flush();
        return Err(library::words(&error));
    }
    Ok(ended(answer.end(), "standard output"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_table() {
        let named = |name: &str| {
            QUERY_HELP
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|word| word == name)
        };
        for table in tables().unwrap() {
            assert!(named(&table.name), "{}", table.name);
        }
    }
}
