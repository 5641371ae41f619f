//! How a round went, as text: waves, numbers, trades, ways, shape and what is worth seeing.

use super::short;
use crate::analysis::chains::rates::{Rate, TeamRates};
use crate::analysis::outages::Denied;
use crate::analysis::stats::{Course, Shape, Stats, Ways};
use crate::app::time_text::{clock, span};
use crate::model::{PlayerId, Team};
use std::io::{self, Write};

/// Moments that are written out; `--json` has all.
const MOST_MOMENTS: usize = 10;

pub(super) fn write(round: &Stats, out: &mut impl Write) -> io::Result<()> {
    write_waves(round, out)?;
    write_alive(round, out)?;
    write_chains(round, out)?;
    if let Some(course) = &round.ours_course {
        write_course(round, course, out)?;
    }
    if let Some(shape) = &round.ours_shape {
        write_shape(shape, out)?;
    }
    if let Some(ways) = &round.ours_ways {
        write_ways(ways, out)?;
    }
    write_moments(round, out)
}

fn write_waves(round: &Stats, out: &mut impl Write) -> io::Result<()> {
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
    Ok(())
}

fn write_alive(round: &Stats, out: &mut impl Write) -> io::Result<()> {
    let Some(alive) = &round.ours_alive else {
        return Ok(());
    };
    writeln!(
        out,
        "  alive        Axis ahead {}, Allies ahead {}; {} multikills, {} wipes, {} stands of one against several, {} won",
        clock(alive.axis_ahead_ms),
        clock(alive.allies_ahead_ms),
        alive.multikills.len(),
        alive.wipes.len(),
        alive.stands.len(),
        alive.stands.iter().filter(|stand| stand.is_won).count()
    )?;
    if let Some((t_ms, killer, victim)) = alive.first_blood {
        let [killer, victim] = [killer, victim].map(|id| name(round, id));
        writeln!(
            out,
            "  first blood  {}  {killer} killed {victim}",
            clock(t_ms)
        )?;
    }
    Ok(())
}

fn write_chains(round: &Stats, out: &mut impl Write) -> io::Result<()> {
    let trades = &round.ours_chains;
    let longest = trades.chains.iter().map(|chain| chain.length).max();
    writeln!(
        out,
        "  chains       {} trade chains, the longest of {} deaths",
        trades.chains.len(),
        longest.unwrap_or(0)
    )?;
    for TeamRates {
        team, as_victim, ..
    } in &trades.rates.teams
    {
        writeln!(
            out,
            "    {:<10} avenged {}; with a mate near {}, of these missed {}; isolated {}",
            team.map_or("-", Team::tag),
            share(as_victim.avenged),
            share(as_victim.with_mate_near),
            share(as_victim.missed),
            share(as_victim.isolated)
        )?;
    }
    match &trades.file_rows.compared {
        Some(compared) => writeln!(
            out,
            "    the file's TRADE_KILLS: {} agree, {} only there, {} only ours",
            compared.matched.len(),
            compared.file_only.len(),
            compared.ours_only.len()
        ),
        None => writeln!(
            out,
            "    the file's TRADE_KILLS: not available: {}",
            trades.file_rows.capability_by
        ),
    }
}

fn write_course(round: &Stats, course: &Course, out: &mut impl Write) -> io::Result<()> {
    let outages = &course.outages;
    writeln!(
        out,
        "  denied       by Axis {}, by Allies {}",
        denied(&outages.axis),
        denied(&outages.allies)
    )?;
    let stagger = &course.staggers;
    for (team, counts) in [("AXIS", stagger.of_axis), ("ALLIES", stagger.of_allies)] {
        if counts.kills > 0 {
            writeln!(
                out,
                "    {team} killed {} times with a clock: {} long before the next wave, {} split a wave",
                counts.kills, counts.late, counts.splits
            )?;
        }
    }
    let ledger = &course.ledger;
    for (team, ledger) in [("AXIS", &ledger.axis), ("ALLIES", &ledger.allies)] {
        if let Some(ledger) = ledger {
            writeln!(
                out,
                "    waves of {team}: {} won, {} lost, {} even",
                ledger.won, ledger.lost, ledger.even
            )?;
        }
    }
    for swing in &course.momentum.swings {
        writeln!(
            out,
            "  momentum     {} to {}: from {:+.1} to {:+.1} (Axis above zero)",
            clock(swing.start_ms),
            clock(swing.end_ms),
            swing.from,
            swing.to
        )?;
    }
    writeln!(
        out,
        "  players (ours)                traded  chances  tried  denied  late kills  in danger  alone  u/s moving"
    )?;
    for player in &round.players {
        write_player(round, course, player.id, out)?;
    }
    Ok(())
}

fn write_player(
    round: &Stats,
    course: &Course,
    id: PlayerId,
    out: &mut impl Write,
) -> io::Result<()> {
    let rates = &round.ours_chains.rates.players[id.index()];
    let stagger = course.staggers.players[id.index()];
    let shares = round.ours_ways.iter().flat_map(|ways| &ways.shares);
    let own: Vec<_> = shares.filter(|shares| shares.player == id).collect();
    let alive: i64 = own.iter().map(|shares| shares.alive_ms).sum();
    let percent = |ms: i64| match alive {
        0 => "-".to_owned(),
        _ => format!("{:.0} %", 100.0 * ms as f64 / alive as f64),
    };
    let profile = round.ours_profiles.get(id.index());
    let speed = profile.and_then(|profile| profile.mean_moving_u_per_s);
    writeln!(
        out,
        "    {:<26}{:>6} {:>8} {:>6} {:>7} {:>11} {:>10} {:>6} {:>11}",
        name(round, id),
        rates.as_mate.avenged_anywhere,
        rates.as_mate.tried.of,
        rates.as_mate.tried.n,
        span(course.outages.players[id.index()].denied_ms),
        stagger.late,
        percent(own.iter().map(|shares| shares.danger_ms).sum()),
        percent(own.iter().map(|shares| shares.alone_ms).sum()),
        speed.map_or("-".to_owned(), |speed| format!("{speed:.0}"))
    )
}

fn write_shape(shape: &Shape, out: &mut impl Write) -> io::Result<()> {
    for team in &shape.teams {
        writeln!(
            out,
            "  shape        {}: dispersion {:.0} u in the middle, {:.0} u at 95 %; {:.0} % stragglers; {} pushes",
            team.team.tag(),
            team.dispersion_u.median,
            team.dispersion_u.p95,
            100.0 * team.straggler_share,
            shape
                .pushes
                .iter()
                .filter(|push| push.team == team.team)
                .count()
        )?;
    }
    match &shape.cohesion {
        Ok(agreement) => writeln!(
            out,
            "    the file's TEAM_COHESION: {} of {} rows at a moment of ours, {} with the same count",
            agreement.rows - agreement.without_ours,
            agreement.rows,
            agreement.same_count
        )?,
        Err(why) => writeln!(out, "    the file's TEAM_COHESION: not available: {why}")?,
    }
    match &shape.push_rows {
        Ok(rows) => writeln!(
            out,
            "    the file's TEAM_PUSHES: {} agree, {} only there, {} only ours",
            rows.matched.len(),
            rows.only_file.len(),
            rows.only_ours.len()
        ),
        Err(why) => writeln!(out, "    the file's TEAM_PUSHES: not available: {why}"),
    }
}

fn write_ways(ways: &Ways, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "  spawn exits (ours)            lives  share   median   at"
    )?;
    for exit in &ways.exits.exits {
        let area = &ways.exits.areas[exit.area];
        let [x, y, z] = exit.place;
        let from = format!(
            "{} from {:.0}, {:.0}",
            area.team.tag(),
            area.centre[0],
            area.centre[1]
        );
        writeln!(
            out,
            "    {from:<26}{:>5} {:>6} {:>8}   {x:.0}, {y:.0}, {z:.0}",
            exit.lives,
            format!("{:.0} %", 100.0 * exit.share),
            span(exit.median_ms)
        )?;
    }
    for team in &ways.routes {
        let most = team.routes.first();
        writeln!(
            out,
            "  routes       {}: {} ways shared by several of {} lives; the most used {} by {}",
            team.team.tag(),
            team.routes.len(),
            team.compared,
            most.map_or("-".to_owned(), |route| format!(
                "{:.0} %",
                100.0 * route.share
            )),
            most.map_or(0, |route| route.lives.len())
        )?;
    }
    Ok(())
}

fn write_moments(round: &Stats, out: &mut impl Write) -> io::Result<()> {
    let moments = &round.ours_moments;
    writeln!(
        out,
        "  moments      the best {} of {}",
        moments.list.len().min(MOST_MOMENTS),
        moments.list.len()
    )?;
    for moment in moments.list.iter().take(MOST_MOMENTS) {
        let who = moment
            .protagonist()
            .map_or(String::new(), |id| name(round, id));
        writeln!(
            out,
            "    {:>10}  {:>5.1}  {who:<16}  {}",
            clock(moment.start_ms),
            moment.score,
            moment.reason
        )?;
    }
    Ok(())
}

fn name(round: &Stats, player: PlayerId) -> String {
    short(&round.players[player.index()].name)
}

/// `3 of 8 (38 %)`, or how many there were none of.
fn share(rate: Rate) -> String {
    match rate.rate() {
        Some(share) => format!("{} of {} ({:.0} %)", rate.n, rate.of, 100.0 * share),
        None => "- of 0".to_owned(),
    }
}

fn denied(denied: &Denied) -> String {
    let each = denied.per_kill_ms();
    let each = each.map_or("-".to_owned(), |ms| format!("{:.1} s", ms / 1000.0));
    format!(
        "{} over {} kills ({each} each)",
        clock(denied.denied_ms),
        denied.measured
    )
}
