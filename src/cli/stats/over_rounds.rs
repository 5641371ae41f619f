//! Several rounds together, as text.

use super::short;
use crate::analysis::over_rounds::Summary;
use crate::analysis::stats::OverAll;
use std::io::{self, Write};

/// Pairs that are written out, those with the most crossfires; `--json` has all.
const MOST_PAIRS: usize = 10;

pub(super) fn write(all: &OverAll, out: &mut impl Write) -> io::Result<()> {
    write_reference(all, out)?;
    writeln!(
        out,
        "all {} rounds (ours): over all, and the median of the rounds in brackets",
        all.rounds
    )?;
    let head = "  min      K      D     K/D        K per min      support %      avenged %       alone %   median life s";
    writeln!(out, "  players                 rounds{head}")?;
    let mut players: Vec<_> = all.ours.players.iter().collect();
    players.sort_by_key(|player| std::cmp::Reverse(player.summary.total.kills));
    for player in players {
        write_line(&short(&player.who.name), &player.summary, out)?;
    }
    writeln!(out, "  players by class        rounds{head}")?;
    let mut classes: Vec<_> = all.ours.classes.iter().collect();
    classes.sort_by_key(|row| std::cmp::Reverse(row.summary.total.kills));
    for row in classes {
        let class = row.class.unwrap_or("-");
        let name: String = short(&row.who.name).chars().take(14).collect();
        write_line(
            &format!("{name} {}", class.to_lowercase()),
            &row.summary,
            out,
        )?;
    }
    writeln!(out, "  maps                    rounds{head}")?;
    for row in &all.ours.maps {
        let bots = if row.is_bot { " (bots)" } else { "" };
        write_line(&format!("{}{bots}", row.map), &row.summary, out)?;
    }
    write_pairs(all, out)
}

fn write_line(name: &str, summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    let total = |key: &str| {
        let pooled = summary.metric(key).and_then(|metric| metric.pooled);
        pooled.map_or("-".to_owned(), |value| format!("{value:.0}"))
    };
    // Pooled, and the median over rounds.
    let both = |key: &str, places: usize| {
        let metric = summary.metric(key);
        let pooled = metric.and_then(|metric| metric.pooled);
        let middle = metric.and_then(|metric| metric.per_round.as_ref());
        match (pooled, middle) {
            (Some(pooled), Some(middle)) => {
                format!("{pooled:.places$} ({:.places$})", middle.median)
            }
            (Some(pooled), None) => format!("{pooled:.places$}"),
            _ => "-".to_owned(),
        }
    };
    let life = summary.life_ms.as_ref();
    writeln!(
        out,
        "    {name:<24}{:>4}{:>5} {:>6} {:>6} {:>13} {:>13} {:>13} {:>13} {:>13} {:>9}",
        summary.rounds,
        total("alive_min"),
        total("kills"),
        total("deaths"),
        both("kd", 2),
        both("kills_per_min", 2),
        both("supported_pct", 0),
        both("avenged_pct", 0),
        both("alone_pct", 0),
        life.map_or("-".to_owned(), |life| format!(
            "{:.1}",
            life.median / 1000.0
        ))
    )
}

fn write_pairs(all: &OverAll, out: &mut impl Write) -> io::Result<()> {
    let mut pairs: Vec<_> = all.ours.pairs.iter().collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.crossfires));
    let name = |person: &crate::analysis::person::Person| {
        let mut players = all.ours.players.iter();
        let found = players.find(|player| player.who.person == *person);
        found.map_or(String::new(), |player| short(&player.who.name))
    };
    writeln!(
        out,
        "  pairs                                   rounds  crossfires  kills  delay ms  avenged each other  near each other"
    )?;
    for pair in pairs.into_iter().take(MOST_PAIRS) {
        let [first, second] = &pair.persons;
        let delay = pair.delay_ms.as_ref();
        writeln!(
            out,
            "    {:<38}{:>4} {:>11} {:>6} {:>9} {:>19} {:>16}",
            format!("{} and {}", name(first), name(second)),
            pair.rounds,
            pair.crossfires,
            pair.kills,
            delay.map_or("-".to_owned(), |delay| format!("{:.0}", delay.median)),
            pair.trades.iter().sum::<u64>(),
            pair.near_pct
                .map_or("-".to_owned(), |near| format!("{near:.0} %"))
        )?;
    }
    Ok(())
}

fn write_reference(all: &OverAll, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "all {} rounds, by the reference's definitions",
        all.rounds
    )?;
    if let Some(support) = &all.support {
        writeln!(out, "  support      {} %", support.support_uptime_pct)?;
    }
    writeln!(
        out,
        "  teamplay                      targeted  focused  escapes  deaths  crossfires  delay ms"
    )?;
    for player in &all.teamplay {
        writeln!(
            out,
            "    {:<26}{:>8} {:>8} {:>8} {:>7} {:>11} {:>9}",
            short(&player.player_name),
            player.times_targeted,
            player.times_focused,
            player.solo_escapes + player.focus_escapes,
            player.solo_deaths + player.focus_deaths,
            player.crossfire_participations,
            player
                .avg_crossfire_delay_ms
                .map_or("-".to_owned(), |ms| format!("{ms:.0}"))
        )?;
    }
    Ok(())
}
