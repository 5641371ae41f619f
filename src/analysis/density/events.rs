//! The events of each kind, from their rows.

use super::super::deaths::{Death, DeathKind, SAME_DEATH_MS, team_at};
use super::super::flags::{Flag, RowFlags};
use super::super::support::enemies_of;
use super::walk::Source;
use super::{Kind, Unavailable};
use crate::model::format::engagement::EngagementRow;
use crate::model::{Capability, Decimal, PlayerId, Round, Team};

/// One event, of whom it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) t_ms: i64,
    /// Where it is counted.
    pub(super) place: Option<[f32; 3]>,
    pub(super) player: Option<PlayerId>,
    /// His team at that moment.
    pub(super) team: Option<Team>,
    /// Where he stood.
    pub(super) stood: Option<[f32; 3]>,
    /// His life, where the event itself tells; else it is looked up.
    pub(super) life: Option<u32>,
    /// Row of `ENGAGEMENTS`.
    pub(super) engagement: Option<u32>,
}

/// Why a round cannot tell of a kind; `None` where it can. A section with rows tells, an empty one only where the header declares it.
pub(super) fn unavailable(round: &Round, kind: Kind) -> Option<Unavailable> {
    let tables = &round.document.tables;
    let fights = !round.document.engagements.table.rows.is_empty()
        || round.capability("engagement_tracking").0 == Capability::Enabled;
    let kills = fights || !tables.combat_positions.rows.is_empty();
    let (available, why) = match kind {
        Kind::Movement => (!round.samples().is_empty(), Unavailable::NoSamples),
        Kind::KillsByKiller | Kind::KillsByVictim => (kills, Unavailable::NoEngagements),
        Kind::Deaths => (
            kills || !round.lives().is_empty(),
            Unavailable::NoEngagements,
        ),
        Kind::Combat | Kind::Escapes => (fights, Unavailable::NoEngagements),
        Kind::Shots => (!tables.shots.rows.is_empty(), Unavailable::NoShots),
    };
    (!available).then_some(why)
}

/// All events of a kind, in no particular order; none for movement.
pub(super) fn of_kind(source: &Source<'_>, kind: Kind) -> Vec<Event> {
    match kind {
        Kind::Movement => Vec::new(),
        Kind::KillsByKiller | Kind::KillsByVictim | Kind::Deaths => deaths(source, kind),
        Kind::Combat => combat(source),
        Kind::Escapes => escapes(source),
        Kind::Shots => shots(source.round),
    }
}

/// Whether an engagement ended with a death of any kind.
pub(super) fn is_deadly(outcome: &str) -> bool {
    matches!(
        outcome,
        "killed" | "teamkill" | "selfkill" | "fallen" | "world"
    )
}

fn deaths(source: &Source<'_>, kind: Kind) -> Vec<Event> {
    let ends = deadly_ends(source.round);
    let wanted = source
        .deaths
        .iter()
        .filter(|death| kind == Kind::Deaths || death.kind == DeathKind::Enemy);
    let event = |death: &Death| {
        let engagement = engagement_of(&ends, death);
        let of_victim = Event {
            t_ms: death.t_ms,
            place: death.victim_pos,
            player: Some(death.victim),
            team: death.victim_team,
            stood: death.victim_pos,
            life: death.life.map(|life| life.0),
            engagement,
        };
        match kind {
            Kind::Deaths => of_victim,
            _ => Event {
                place: if kind == Kind::KillsByKiller {
                    death.killer_pos
                } else {
                    death.victim_pos
                },
                player: death.killer,
                team: death.killer_team,
                stood: death.killer_pos,
                life: None,
                ..of_victim
            },
        }
    };
    wanted.map(event).collect()
}

/// Ends of the engagements that ended with a death: when, whose, row.
fn deadly_ends(round: &Round) -> Vec<(i64, PlayerId, u32)> {
    let rows = round.document.engagements.table.rows.iter().zip(0..);
    let deadly = rows.filter(|(row, _)| is_deadly(round.text(row.outcome)));
    let mut ends: Vec<_> = deadly
        .filter_map(|(row, index)| {
            let target = round.players.find(row.target_guid, row.target_name)?;
            Some((row.end_time?, target, index))
        })
        .collect();
    ends.sort_unstable();
    ends
}

fn engagement_of(ends: &[(i64, PlayerId, u32)], death: &Death) -> Option<u32> {
    let from = ends.partition_point(|end| end.0 < death.t_ms.saturating_sub(SAME_DEATH_MS));
    let near = ends[from..]
        .iter()
        .take_while(|end| end.0 <= death.t_ms.saturating_add(SAME_DEATH_MS));
    near.filter(|end| end.1 == death.victim)
        .min_by_key(|end| end.0.abs_diff(death.t_ms))
        .map(|end| end.2)
}

/// Hits of enemies on the living. A position does not say who hit; it is an enemy's hit where the stretch from some enemy's first to
/// his last hit covers it. So the made-up hit that the tracker writes for a self kill or a team kill does not count.
fn combat(source: &Source<'_>) -> Vec<Event> {
    let round = source.round;
    let mut events = Vec::new();
    let engagements = &round.document.engagements;
    for (index, row) in engagements.table.rows.iter().enumerate() {
        if !opened_on_the_living(source.flags, index) {
            continue;
        }
        let target = round.players.find(row.target_guid, row.target_name);
        let hits = engagements
            .positions_of(row)
            .iter()
            .filter(|position| is_hit(round, row, position));
        events.extend(hits.map(|position| {
            let place = Some([position.x, position.y, position.z]);
            Event {
                t_ms: position.time,
                place,
                player: target,
                team: Team::from_tag(round.text(row.target_team)),
                stood: place,
                life: None,
                engagement: Some(index as u32),
            }
        }));
    }
    events
}

fn opened_on_the_living(flags: &RowFlags, engagement: usize) -> bool {
    let flags = flags.engagements.get(engagement);
    flags.is_some_and(|flags| !flags.has(Flag::Corpse))
}

fn is_hit(
    round: &Round,
    row: &EngagementRow,
    position: &crate::model::format::engagement::EngagementPosition,
) -> bool {
    let t_ms = position.time;
    round.strings().raw(position.event) == b"hit"
        && enemies_of(round, row).any(|(_, hits)| hits.first_hit <= t_ms && t_ms <= hits.last_hit)
}

/// Ends of the fights that the target got away from.
fn escapes(source: &Source<'_>) -> Vec<Event> {
    let round = source.round;
    let rows = round.document.engagements.table.rows.iter().enumerate();
    let escaped = rows.filter(|(index, row)| {
        round.strings().raw(row.outcome) == b"escaped"
            && source.flags.engagements.len() > *index
            && source.flags.is_fight(*index)
    });
    let event = |(index, row): (usize, &EngagementRow)| {
        let place = end_of(row);
        Some(Event {
            t_ms: row.end_time?,
            place,
            player: round.players.find(row.target_guid, row.target_name),
            team: Team::from_tag(round.text(row.target_team)),
            stood: place,
            life: None,
            engagement: Some(index as u32),
        })
    };
    escaped.filter_map(event).collect()
}

/// Where the target was when an engagement closed.
pub(super) fn end_of(row: &EngagementRow) -> Option<[f32; 3]> {
    let value = |axis: Decimal<1>| axis.get().map(|v| v as f32).filter(|v| v.is_finite());
    Some([value(row.end_x)?, value(row.end_y)?, value(row.end_z)?])
}

fn shots(round: &Round) -> Vec<Event> {
    let rows = round.document.tables.shots.rows.iter();
    let event = |row: &crate::model::format::sections::ShotRow| {
        let player = round.players.find_guid(row.guid);
        let place = Some([row.ox.0 as f32, row.oy.0 as f32, row.oz.0 as f32]);
        Event {
            t_ms: row.time,
            place,
            player,
            team: player.and_then(|player| team_at(round, player, row.time)),
            stood: place,
            life: None,
            engagement: None,
        }
    };
    rows.map(event).collect()
}
