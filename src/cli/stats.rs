//! `sandtable stats`: the numbers of rounds, by the reference's definitions and by ours.

use super::output::{ended, message, stdout};
use super::{Outcome, StatsArgs};
use crate::analysis::stats::{OverAll, Params, Stats, over_all, stats};
use crate::app::time_text::clock;
use crate::format::Severity;
use crate::jobs::load::load_round;
use crate::maps::table::KnownMaps;
use crate::model::et_name;
use serde::Serialize;
use std::io::{self, Write};

/// Several rounds in JSON.
#[derive(Serialize)]
struct Many<'a> {
    rounds: &'a [Stats],
    over_all: OverAll,
}

pub(super) fn run(args: &StatsArgs) -> Outcome {
    let mut outcome = Outcome::Fine;
    let mut rounds = Vec::new();
    for path in &args.files {
        match load_round(path) {
            Ok(round) => {
                if round.document.problems.count(Severity::Error) > 0 {
                    outcome = outcome.max(Outcome::Problems);
                }
                let known = KnownMaps::bundled().lookup(round.map());
                let objectives = known.map_or(&[][..], |known| &known.map.objectives);
                rounds.push(stats(&round, objectives, &Params::default()));
            }
            Err(error) => {
                message(&error.to_string());
                outcome = Outcome::Failed;
            }
        }
    }
    let mut out = stdout();
    let is_many = args.files.len() > 1;
    let written = if args.json {
        write_json(&rounds, is_many, &mut out)
    } else {
        write_text(&rounds, is_many, &mut out)
    };
    outcome.max(ended(written.and_then(|()| out.flush()), "standard output"))
}

fn write_json(rounds: &[Stats], is_many: bool, out: &mut impl Write) -> io::Result<()> {
    if is_many {
        let many = Many {
            rounds,
            over_all: over_all(rounds),
        };
        serde_json::to_writer(&mut *out, &many)?;
    } else if let Some(round) = rounds.first() {
        serde_json::to_writer(&mut *out, round)?;
    } else {
        return Ok(());
    }
    writeln!(out)
}

fn write_text(rounds: &[Stats], is_many: bool, out: &mut impl Write) -> io::Result<()> {
    for round in rounds {
        writeln!(out, "{} · {}", round.map, round.file)?;
        for missing in &round.unavailable {
            writeln!(out, "  not available: {missing}")?;
        }
        write_summary(round, out)?;
        write_players(round, out)?;
        write_objectives(round, out)?;
        write_course(round, out)?;
        write_trades(round, out)?;
        writeln!(out)?;
    }
    if is_many {
        write_over_all(&over_all(rounds), out)?;
    }
    Ok(())
}

fn write_summary(round: &Stats, out: &mut impl Write) -> io::Result<()> {
    let engagements = &round.engagements;
    let (all, fights) = (&engagements.all, &engagements.fights);
    let outcomes = |outcomes: &std::collections::BTreeMap<String, u32>| {
        let each = outcomes.iter().map(|(outcome, n)| format!("{outcome} {n}"));
        each.collect::<Vec<_>>().join(", ")
    };
    writeln!(
        out,
        "  engagements  {} ({})",
        all.n,
        outcomes(&all.outcomes)
    )?;
    writeln!(
        out,
        "    of enemies on the living  {} ({})",
        fights.n,
        outcomes(&fights.outcomes)
    )?;
    let doubts = engagements
        .flags
        .iter()
        .map(|(flag, n)| format!("{flag} {n}"));
    writeln!(
        out,
        "    doubts     {}",
        doubts.collect::<Vec<_>>().join(", ")
    )?;
    let by = |is: &dyn Fn(&crate::analysis::reference::trades::TradeEvent) -> bool| {
        round.trades.iter().filter(|trade| is(trade)).count()
    };
    writeln!(
        out,
        "  trades       {} deaths: {} with team mates near, {} tried, {} avenged, {} missed, {} alone",
        round.trades.len(),
        by(&|trade| !trade.opportunities.is_empty()),
        by(&|trade| !trade.attempts.is_empty()),
        by(&|trade| !trade.successes.is_empty()),
        by(&|trade| !trade.missed_candidates.is_empty()),
        by(&|trade| trade.is_isolation_death)
    )?;
    let ours = &round.ours_trades;
    writeln!(
        out,
        "    ours       {} kills: {} with team mates near, {} tried, {} avenged, {} missed, {} alone",
        ours.len(),
        ours.iter().filter(|trade| !trade.near.is_empty()).count(),
        ours.iter().filter(|trade| !trade.tried.is_empty()).count(),
        ours.iter().filter(|trade| trade.avenged.is_some()).count(),
        ours.iter().filter(|trade| trade.is_missed()).count(),
        ours.iter().filter(|trade| trade.is_isolated).count()
    )?;
    if let Some(support) = &round.support {
        writeln!(
            out,
            "  support      {} % ({} of {} samples)",
            support.support_uptime_pct, support.support_samples, support.total_samples
        )?;
    }
    if let Some(support) = &round.ours_support {
        let percent = support
            .all
            .percent()
            .map_or("-".to_owned(), |p| format!("{p:.2}"));
        writeln!(
            out,
            "    ours       {percent} % ({} of {} alive)",
            clock(support.all.supported_ms),
            clock(support.all.alive_ms)
        )?;
    }
    Ok(())
}

fn write_players(round: &Stats, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "  fights per player (ours)      targeted  focused  escapes  deaths  attacked  kills  alone  crossfires  supported"
    )?;
    for (player, fights) in round.players.iter().zip(&round.ours_fights) {
        let support = round.ours_support.as_ref();
        let support =
            support.and_then(|support| support.players[usize::from(player.id.0)].percent());
        writeln!(
            out,
            "    {:<26}{:>8} {:>8} {:>8} {:>7} {:>9} {:>6} {:>6} {:>11} {:>10}",
            short(&player.name),
            fights.targeted,
            fights.focused,
            fights.solo_escapes + fights.focus_escapes,
            fights.solo_deaths + fights.focus_deaths,
            fights.attacked,
            fights.solo_kills + fights.shared_kills,
            fights.solo_kills,
            fights.crossfires,
            support.map_or("-".to_owned(), |percent| format!("{percent:.1} %"))
        )?;
    }
    Ok(())
}

fn write_objectives(round: &Stats, out: &mut impl Write) -> io::Result<()> {
    let Some(focus) = &round.ours_objective_focus else {
        return writeln!(out, "  objectives: none known for this map, or no tracks");
    };
    writeln!(
        out,
        "  objectives (ours)             inside, all  contested  two Axis  two Allies  most there"
    )?;
    for at in &focus.objectives {
        let inside: i64 = at.players.iter().map(|near| near.inside_ms).sum();
        let most = at.players.iter().enumerate();
        let most = most.max_by_key(|(_, near)| near.inside_ms);
        let most = most.filter(|(_, near)| near.inside_ms > 0);
        writeln!(
            out,
            "    {:<26}{:>11} {:>10} {:>9} {:>11}  {}",
            short(&at.name),
            clock(inside),
            clock(at.contested_ms),
            clock(at.axis_supported_ms),
            clock(at.allies_supported_ms),
            most.map_or("-".to_owned(), |(who, _)| short(&round.players[who].name))
        )?;
    }
    Ok(())
}

fn write_course(round: &Stats, out: &mut impl Write) -> io::Result<()> {
    for team in &round.ours_waves {
        match (&team.clock, &team.unavailable) {
            (Some(wave), _) => writeln!(
                out,
                "  waves        {}: every {} s, {} of {} spawns on it",
                team.team,
                wave.interval_ms as f64 / 1000.0,
                wave.landings_near,
                wave.landings
            )?,
            (None, why) => writeln!(
                out,
                "  waves        {}: not available: {}",
                team.team,
                why.as_deref().unwrap_or("-")
            )?,
        }
    }
    let Some(alive) = &round.ours_alive else {
        return Ok(());
    };
    writeln!(
        out,
        "  alive        Axis ahead {}, Allies ahead {}; {} multikills, {} wipes, {} stands of one against several",
        clock(alive.axis_ahead_ms),
        clock(alive.allies_ahead_ms),
        alive.multikills.len(),
        alive.wipes.len(),
        alive.stands.len()
    )
}

fn write_trades(round: &Stats, out: &mut impl Write) -> io::Result<()> {
    let missed = round.ours_trades.iter().filter(|trade| trade.is_missed());
    writeln!(out, "  missed trades (ours)")?;
    let name = |player: crate::model::PlayerId| short(&round.players[player.index()].name);
    for trade in missed {
        let near = trade
            .near
            .iter()
            .map(|mate| format!("{} {:.0} u", name(mate.player), mate.distance_u));
        writeln!(
            out,
            "    {:>10}  {} killed {}; near: {}",
            clock(trade.t_ms),
            name(trade.killer),
            name(trade.victim),
            near.collect::<Vec<_>>().join(", ")
        )?;
    }
    Ok(())
}

fn write_over_all(all: &OverAll, out: &mut impl Write) -> io::Result<()> {
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

/// A name for a column: without colour codes, not too long.
fn short(name: &str) -> String {
    et_name::strip(name).chars().take(25).collect()
}
