//! The numbers of one round as text.

use super::{course, over_rounds, short};
use crate::analysis::checks::RULES;
use crate::analysis::stats::{Stats, over_all};
use crate::app::time_text::clock;
use std::io::{self, Write};

/// Findings of one rule that are written out; `--json` has more.
const MOST_FINDINGS: usize = 3;

pub(super) fn write(rounds: &[Stats], is_many: bool, out: &mut impl Write) -> io::Result<()> {
    for round in rounds {
        writeln!(out, "{} · {}", round.map, round.file)?;
        for missing in &round.unavailable {
            writeln!(out, "  not available: {missing}")?;
        }
        write_summary(round, out)?;
        write_players(round, out)?;
        write_objectives(round, out)?;
        course::write(round, out)?;
        write_trades(round, out)?;
        write_checks(round, out)?;
        writeln!(out)?;
    }
    if is_many {
        over_rounds::write(&over_all(rounds), out)?;
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

fn write_checks(round: &Stats, out: &mut impl Write) -> io::Result<()> {
    let report = &round.ours_checks;
    writeln!(
        out,
        "  checks       {} errors, {} warnings, {} notes",
        report.errors, report.warnings, report.notes
    )?;
    for rule in report.rules.iter().filter(|rule| rule.count > 0) {
        let name = RULES[rule.rule as usize].name;
        writeln!(out, "    {:<22}{:>6} of {}", name, rule.count, rule.checked)?;
        for finding in rule.findings.iter().take(MOST_FINDINGS) {
            let line = finding.lines.first();
            let line = line.map_or(String::new(), |line| format!("line {line}: "));
            writeln!(out, "      {line}{}", finding.text)?;
        }
    }
    Ok(())
}
