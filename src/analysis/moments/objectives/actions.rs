//! What engineers and others did to objectives: `CONSTRUCTION_EVENTS`, with what `OBJECTIVE_RUNS` knows of the surroundings.

use super::super::{Moment, Params, Role, Sources, What};
use crate::analysis::deaths::SAME_DEATH_MS;
use crate::model::{PlayerId, Sym};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Plant,
    Defuse,
    Destroy,
    Construct,
    Capture,
}

impl Deed {
    fn from_tag(tag: &str) -> Option<Self> {
        match tag {
            "dynamite_plant" => Some(Self::Plant),
            "dynamite_defuse" => Some(Self::Defuse),
            "objective_destroyed" => Some(Self::Destroy),
            "construction_complete" => Some(Self::Construct),
            "flag_captured" => Some(Self::Capture),
            _ => None,
        }
    }
}

struct Action {
    deed: Deed,
    t_ms: i64,
    player: PlayerId,
    track: Sym,
    place: Option<[f32; 3]>,
    /// Enemies near and kills around, where a run tells.
    around: Option<(i64, i64)>,
}

pub(super) fn actions(sources: &Sources<'_>, params: &Params) -> Vec<Moment> {
    let all = collect(sources);
    let moments = all
        .iter()
        .map(|action| moment(sources, params, &all, action));
    moments.collect()
}

/// All actions, each once, in order of time. Either section may lack what the other has.
fn collect(sources: &Sources<'_>) -> Vec<Action> {
    let round = sources.round;
    let tables = &round.document.tables;
    let events = tables.constructions.rows.iter().filter_map(|row| {
        let place = [row.player_x, row.player_y, row.player_z].map(|v| v as f32);
        Some(Action {
            deed: Deed::from_tag(round.text(row.event_type))?,
            t_ms: row.event_time,
            player: round.players.find(row.player_guid, row.player_name)?,
            track: row.track_name,
            place: Some(place),
            around: None,
        })
    });
    let mut all: Vec<Action> = events.collect();
    for row in &tables.objective_runs.rows {
        let deed = Deed::from_tag(round.text(row.action_type));
        let player = round.players.find(row.engineer_guid, row.engineer_name);
        let (Some(deed), Some(player)) = (deed, player) else {
            continue;
        };
        let kills = row.self_kills.saturating_add(row.team_kills);
        let around = Some((row.enemies_nearby, kills));
        let known = all.iter_mut().find(|action| {
            let off_ms = action.t_ms.saturating_sub(row.action_time).saturating_abs();
            action.deed == deed && action.player == player && off_ms <= SAME_DEATH_MS
        });
        if let Some(known) = known {
            known.around = around;
            continue;
        }
        // Zero is what the tracker writes where it knows no place.
        let place = [row.obj_x, row.obj_y, row.obj_z].map(|v| v.0 as f32);
        all.push(Action {
            deed,
            t_ms: row.action_time,
            player,
            track: row.track_name,
            place: (place != [0.0; 3]).then_some(place),
            around,
        });
    }
    all.sort_by_key(|action| (action.t_ms, action.player));
    all
}

fn moment(sources: &Sources<'_>, params: &Params, all: &[Action], action: &Action) -> Moment {
    let track = sources.round.text(action.track).to_owned();
    let enemies = action.around.map(|(enemies, _)| enemies);
    // The latest plant whose dynamite still lay there.
    let plant = all.iter().rev().find(|plant| {
        let burnt_ms = action.t_ms.saturating_sub(plant.t_ms);
        let is_fuse = (0..=params.fuse_ms.saturating_add(1000)).contains(&burnt_ms);
        plant.deed == Deed::Plant && plant.track == action.track && is_fuse
    });
    let left_ms = plant.map(|plant| {
        let burnt_ms = action.t_ms.saturating_sub(plant.t_ms);
        params.fuse_ms.saturating_sub(burnt_ms).max(0)
    });
    let (what, name, points) = match action.deed {
        Deed::Plant => (What::Planted { track, enemies }, "plant", params.planted),
        Deed::Defuse => (What::Defused { track, left_ms }, "defuse", params.defused),
        Deed::Destroy => (What::Destroyed { track }, "destroyed", params.destroyed),
        Deed::Construct => (
            What::Constructed { track, enemies },
            "built",
            params.constructed,
        ),
        Deed::Capture => (What::FlagCaptured { track }, "flag", params.flag),
    };
    // Who destroyed it is elsewhere when it blows; the dynamite is where he planted it.
    let place = match (action.deed, plant) {
        (Deed::Destroy, Some(plant)) => plant.place,
        (Deed::Destroy, None) => None,
        _ => action.place,
    };
    let close = match (action.deed, left_ms) {
        (Deed::Defuse, Some(left_ms)) => {
            let share = left_ms as f64 / params.defused_close_ms.max(1) as f64;
            params.defused_close * (1.0 - share.clamp(0.0, 1.0))
        }
        _ => 0.0,
    };
    let (enemies, kills) = action.around.unwrap_or_default();
    let counted = |n: i64, most: i64| n.clamp(0, most.max(0)) as f64;
    Moment::new(what, action.t_ms, action.t_ms)
        .actor(action.player, Role::Engineer)
        .at(place)
        .part(name, points)
        .part("close to the end of the fuse", close)
        .part(
            "enemies near",
            params.enemy_near * counted(enemies, params.most_enemies),
        )
        .part(
            "kills around",
            params.kill_near * counted(kills, params.most_kills),
        )
}
