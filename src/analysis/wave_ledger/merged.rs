//! The round cut at the landings of both teams.

use super::super::deaths::DeathKind;
use super::{Sources, TeamLedger, ahead_between, cycle_at};
use crate::model::Team;
use serde::Serialize;

/// A part of the round between two landings of either team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// From, ms.
    pub start_ms: i64,
    /// To (exclusive, but for the last one), ms.
    pub end_ms: i64,
    /// A wave of the Axis opened it.
    pub axis_landed: bool,
    /// A wave of the Allies opened it.
    pub allies_landed: bool,
    /// Living Axis at its start.
    pub axis_alive: u32,
    /// Living Allies at its start.
    pub allies_alive: u32,
    /// Kills by the Axis.
    pub axis_kills: u32,
    /// Kills by the Allies.
    pub allies_kills: u32,
    /// Deaths of Axis, of any kind.
    pub axis_deaths: u32,
    /// Deaths of Allies, of any kind.
    pub allies_deaths: u32,
    /// Time with more Axis alive, ms.
    pub axis_ahead_ms: i64,
    /// Time with more Allies alive, ms.
    pub allies_ahead_ms: i64,
}

/// The segments between the landings of the cycles.
pub(super) fn merged(
    sources: &Sources<'_>,
    axis: Option<&TeamLedger>,
    allies: Option<&TeamLedger>,
) -> Vec<Segment> {
    let cycles = |ledger: Option<&TeamLedger>| -> Vec<(i64, bool)> {
        let cycles = ledger.map_or(&[][..], |ledger| &ledger.cycles);
        let starts = cycles
            .iter()
            .map(|c| (c.start_ms, c.start_ms > sources.round.clock.start_ms));
        starts.collect()
    };
    let (axis, allies) = (cycles(axis), cycles(allies));
    let mut cuts: Vec<i64> = axis.iter().chain(&allies).map(|cut| cut.0).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts
        .iter()
        .skip(1)
        .copied()
        .chain([sources.round.clock.end_ms]);
    let opens = |starts: &[(i64, bool)], t_ms| starts.contains(&(t_ms, true));
    let mut segments: Vec<Segment> = cuts
        .iter()
        .zip(ends)
        .map(|(start_ms, end_ms)| {
            let before = sources.steps.partition_point(|step| step.t_ms <= *start_ms);
            let counts = before.checked_sub(1).map(|nth| sources.steps[nth]);
            let (axis_ahead_ms, allies_ahead_ms) = ahead_between(sources.steps, *start_ms, end_ms);
            Segment {
                start_ms: *start_ms,
                end_ms,
                axis_landed: opens(&axis, *start_ms),
                allies_landed: opens(&allies, *start_ms),
                axis_alive: counts.map_or(0, |counts| counts.axis),
                allies_alive: counts.map_or(0, |counts| counts.allies),
                axis_ahead_ms,
                allies_ahead_ms,
                ..Segment::default()
            }
        })
        .collect();
    for death in sources.deaths {
        let Some(nth) = cycle_at(&segments, death.t_ms, |s| (s.start_ms, s.end_ms)) else {
            continue;
        };
        let segment = &mut segments[nth];
        let (deaths, kills) = match death.victim_team {
            Some(Team::Axis) => (&mut segment.axis_deaths, &mut segment.allies_kills),
            Some(Team::Allies) => (&mut segment.allies_deaths, &mut segment.axis_kills),
            _ => continue,
        };
        *deaths += 1;
        *kills += u32::from(death.kind == DeathKind::Enemy);
    }
    segments
}
