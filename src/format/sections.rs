//! Every section whose rows are plain columns: one table per section, from which row type, reader, writer, export and the list of
//! columns follow.
//!
//! Column order, names and arity are the format's; units are milliseconds on the file's clock for everything called `time`,
//! `…_ms`, `duration` or `interval`, ET units for coordinates and distances, degrees for angles.

use super::columnar::{Columnar, columnar};
use super::field::Field;
use super::number::BadNumber;
use super::row::{BadField, Cell, Column, Decimal, ReadRow, Row, RowReader, Table, Whole};
use super::text::Sym;

type F1 = Decimal<1>;
type F2 = Decimal<2>;
type F3 = Decimal<3>;

/// Reads column `index`; columns behind `min` may be missing.
fn column<T: Column>(
    fields: &[Field<'_>],
    index: usize,
    min: usize,
    name: &'static str,
    reader: &mut RowReader<'_>,
) -> Result<T, BadField> {
    match fields.get(index) {
        Some(field) => T::read(*field, name, reader).map_err(|why| BadField { column: name, why }),
        None if index >= min => Ok(T::absent()),
        None => Err(BadField {
            column: name,
            why: BadNumber::Empty,
        }),
    }
}

/// The file's name of a column: the field's, except where that is a word of the language (`r#mod`).
const fn column_name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

macro_rules! sections {
    ($(
        $(#[$doc:meta])*
        $row:ident $table:ident $name:ident $min:literal
        { $($field:ident: $type:ty),+ $(,)? }
        [$($comment:literal)*]
    )+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, Default, PartialEq)]
            pub struct $row {
                $(
                    #[doc = concat!("Column `", stringify!($field), "`.")]
                    pub $field: $type,
                )+
            }

            impl Row for $row {
                const SECTION: &'static str = stringify!($name);
                const COLUMNS: &'static [&'static str] = &[$(column_name(stringify!($field))),+];
                const MIN_COLUMNS: usize = $min;

                fn cells(&self) -> Vec<Cell> {
                    vec![$(Column::cell(&self.$field)),+]
                }
            }

            impl ReadRow for $row {
                #[allow(unused_assignments, reason = "the last column's index is not counted on")]
                fn read(fields: &[Field<'_>], reader: &mut RowReader<'_>) -> Result<Self, BadField> {
                    let mut index = 0;
                    $(
                        let $field = column(fields, index, $min, const { column_name(stringify!($field)) }, reader)?;
                        index += 1;
                    )+
                    Ok(Self { $($field),+ })
                }
            }

            columnar!($row { $($field),+ });
        )+

        /// The rows of all plain sections.
        #[derive(Clone, Debug, Default)]
        pub struct Tables {
            $(
                #[doc = concat!("Rows of `", stringify!($name), "`.")]
                pub $table: Table<$row>,
            )+
        }

        impl Tables {
            /// Shows every table in the order of [`PLAIN`].
            pub(crate) fn show(&self, sink: &mut impl TableSink) {
                $(sink.table(&self.$table);)+
            }

            /// Fills every table in the order of [`PLAIN`].
            pub(crate) fn fill<S: TableSource>(&mut self, source: &mut S) -> Result<(), S::Error> {
                $(self.$table = source.table()?;)+
                Ok(())
            }
        }

        /// A plain section: which columns it has and how a row is read.
        pub(crate) const PLAIN: &[PlainSection] = &[
            $(PlainSection {
                name: stringify!($name),
                min_columns: $min,
                columns: <$row as Row>::COLUMNS,
                comments: &[$($comment),*],
                read: |tables, fields, line, reader| {
                    let row = <$row>::read(fields, reader)?;
                    tables.$table.push(row, line, reader.lenient);
                    Ok(())
                },
                rows: |tables| tables.$table.rows.len(),
                lenient: |tables| &tables.$table.lenient,
                cells: |tables, row| tables.$table.rows[row].cells(),
            }),+
        ];
    };
}

/// Takes tables, one after the other.
pub(crate) trait TableSink {
    /// The next table.
    fn table<R: Row + Columnar>(&mut self, table: &Table<R>);
}

/// Gives tables back in the order in which they were taken.
pub(crate) trait TableSource {
    /// Why a table cannot be given.
    type Error;
    /// The next table.
    fn table<R: Row + Columnar>(&mut self) -> Result<Table<R>, Self::Error>;
}

type ReadInto = fn(&mut Tables, &[Field<'_>], u32, &mut RowReader<'_>) -> Result<(), BadField>;

/// Everything the reader, the writer and the export need to know of a plain section.
pub(crate) struct PlainSection {
    pub(crate) name: &'static str,
    pub(crate) min_columns: usize,
    pub(crate) columns: &'static [&'static str],
    /// Comment lines that the tracker writes behind the line of column names.
    pub(crate) comments: &'static [&'static str],
    pub(crate) read: ReadInto,
    pub(crate) rows: fn(&Tables) -> usize,
    pub(crate) lenient: fn(&Tables) -> &[u32],
    pub(crate) cells: fn(&Tables, usize) -> Vec<Cell>,
}

sections! {
    /// Kills per 512 u cell, at the victim's position, by the killer's team.
    KillHeatmapRow kill_heatmap KILL_HEATMAP 4
    { grid_x: i64, grid_y: i64, axis_kills: i64, allies_kills: i64 }
    []

    /// Path samples, hits and escapes per 512 u cell.
    MovementHeatmapRow movement_heatmap MOVEMENT_HEATMAP 5
    { grid_x: i64, grid_y: i64, traversal: i64, combat: i64, escape: i64 }
    []

    /// One row per player: the objective he was nearest to most often, and his mean distance to the nearest one.
    ObjectiveFocusRow objective_focus OBJECTIVE_FOCUS 7
    { guid: Sym, name: Sym, team: Sym, objective: Sym, avg_distance: F1, time_within_radius_ms: i64, samples: i64 }
    []

    /// How the target of an engagement and its team mates reacted, from the first hit on.
    ReactionRow reactions REACTION_METRICS 13
    {
        engagement_id: i64, target_guid: Sym, target_name: Sym, target_team: Sym, target_class: Sym, outcome: Sym,
        num_attackers: i64, return_fire_ms: Option<i64>, dodge_reaction_ms: Option<i64>,
        support_reaction_ms: Option<i64>, start_time: i64, end_time: i64, duration: i64,
    }
    []

    /// An enemy kill seen against the victim team's reinforcement clock. The last two columns exist from 6.01b on.
    SpawnTimingRow spawn_timing SPAWN_TIMING 10
    {
        killer_guid: Sym, killer_name: Sym, killer_team: Sym, victim_guid: Sym, victim_name: Sym, victim_team: Sym,
        kill_time: i64, enemy_spawn_interval: i64, time_to_next_spawn: i64, spawn_timing_score: F3,
        killer_reinf: Option<F1>, victim_reinf: Option<F1>,
    }
    []

    /// A team's shape at one moment.
    TeamCohesionRow team_cohesion TEAM_COHESION 10
    {
        time: i64, team: Sym, alive_count: i64, centroid_x: F1, centroid_y: F1, dispersion: F1, max_spread: F1,
        straggler_count: i64, buddy_pair_guids: Sym, buddy_distance: Option<F1>,
    }
    []

    /// Two team mates who could have shot the same enemy from different sides.
    CrossfireOpportunityRow crossfire_opportunities CROSSFIRE_OPPORTUNITIES 9
    {
        time: i64, target_guid: Sym, target_name: Sym, target_team: Sym, teammate1_guid: Sym, teammate2_guid: Sym,
        angular_separation: F1, was_executed: bool, damage_within_window: i64,
    }
    []

    /// Several attackers on one target.
    FocusFireRow focus_fire FOCUS_FIRE 8
    {
        engagement_id: i64, target_guid: Sym, target_name: Sym, attacker_count: i64, attacker_guids: Sym,
        total_damage: i64, duration: i64, focus_score: F3,
    }
    []

    /// A team moving together in one direction.
    TeamPushRow team_pushes TEAM_PUSHES 10
    {
        start_time: i64, end_time: i64, team: Sym, avg_speed: F1, direction_x: F3, direction_y: F3,
        alignment_score: F3, push_quality: F3, participant_count: i64, toward_objective: Sym,
    }
    []

    /// A kill avenged by a team mate, as the tracker saw it.
    TradeKillRow trade_kills TRADE_KILLS 9
    {
        original_kill_time: i64, traded_kill_time: i64, delta_ms: i64, original_victim_guid: Sym,
        original_victim_name: Sym, original_killer_guid: Sym, original_killer_name: Sym, trader_guid: Sym,
        trader_name: Sym,
    }
    []

    /// A revive; the medic is the tracker's guess (nearest living medic), the distance 0 when no enemy lives.
    ReviveRow revives REVIVES 11
    {
        time: i64, medic_guid: Sym, medic_name: Sym, revived_guid: Sym, revived_name: Sym, x: F1, y: F1, z: F1,
        distance_to_enemy: F1, nearest_enemy_guid: Sym, under_fire: bool,
    }
    []

    /// Shots and hits of one player with one weapon. More hits than shots is normal (splash, airstrikes).
    WeaponAccuracyRow weapon_accuracy WEAPON_ACCURACY 8
    {
        player_guid: Sym, player_name: Sym, team: Sym, weapon_id: i64, shots_fired: i64, hits: i64, kills: i64,
        headshots: i64,
    }
    []

    /// What became of a killed player: gibbed, revived, tapped out …
    KillOutcomeRow kill_outcomes KILL_OUTCOME 14
    {
        kill_time: i64, victim_guid: Sym, victim_name: Sym, killer_guid: Sym, killer_name: Sym, kill_mod: i64,
        outcome: Sym, outcome_time: i64, delta_ms: i64, effective_denied_ms: i64, gibber_guid: Sym,
        gibber_name: Sym, reviver_guid: Sym, reviver_name: Sym,
    }
    ["# outcome: gibbed|revived|tapped_out|round_end|expired"]

    /// One hit with its body region.
    HitRegionRow hit_regions HIT_REGIONS 8
    {
        time: i64, attacker_guid: Sym, attacker_name: Sym, victim_guid: Sym, victim_name: Sym, weapon: i64,
        region: i64, damage: i64,
    }
    ["# region: 0=HEAD, 1=ARMS, 2=BODY, 3=LEGS"]

    /// An enemy kill with both positions. The last three columns exist from 6.01b on.
    CombatPositionRow combat_positions COMBAT_POSITIONS 18
    {
        time: i64, event: Sym, atk_guid: Sym, atk_name: Sym, atk_team: Sym, atk_class: Sym, vic_guid: Sym,
        vic_name: Sym, vic_team: Sym, vic_class: Sym, ax: i64, ay: i64, az: i64, vx: i64, vy: i64, vz: i64,
        weapon: i64, r#mod: i64, killer_health: Option<i64>, axis_alive: Option<i64>, allies_alive: Option<i64>,
    }
    []

    /// One shot: where from and where to. Pitch is negative upward.
    ShotRow shots SHOT_FIRED 8
    { time: i64, guid: Sym, weapon: i64, ox: Whole, oy: Whole, oz: Whole, yaw: F2, pitch: F2 }
    ["# yaw/pitch from ps.viewangles (runtime-validated binding)"]

    /// A player keeping his aim on one enemy.
    AimLockRow aim_locks AIM_LOCK 11
    {
        start_time: i64, end_time: i64, duration_ms: i64, guid: Sym, name: Sym, team: Sym, target_guid: Sym,
        target_name: Sym, avg_err_deg: F1, avg_dist: Whole, samples: i64,
    }
    []

    /// Which spawn point a player had chosen.
    SpawnSelectRow spawn_selects SPAWN_SELECT 6
    { time: i64, guid: Sym, name: Sym, team: Sym, spawn_index: i64, last_spawn_time: i64 }
    []

    /// Skill levels of a player at the end of the round.
    SkillRow skills SKILL_SNAPSHOT 10
    {
        guid: Sym, name: Sym, team: Sym, battle_sense: i64, engineering: i64, first_aid: i64, signals: i64,
        light_weapons: i64, heavy_weapons: i64, covertops: i64,
    }
    []

    /// A voice command or the fact of a chat line.
    CommRow comms COMM_EVENTS 6
    { time: i64, guid: Sym, name: Sym, team: Sym, cmd: Sym, arg: Sym }
    []

    /// A carried objective from pick-up to drop.
    CarrierEventRow carrier_events CARRIER_EVENTS 20
    {
        carrier_guid: Sym, carrier_name: Sym, carrier_team: Sym, flag_team: Sym, pickup_time: i64, drop_time: i64,
        duration_ms: i64, outcome: Sym, carry_distance: F1, beeline_distance: F1, efficiency: F3,
        path_samples: i64, pickup_x: i64, pickup_y: i64, pickup_z: i64, drop_x: i64, drop_y: i64, drop_z: i64,
        killer_guid: Sym, killer_name: Sym,
    }
    []

    /// A carrier killed.
    CarrierKillRow carrier_kills CARRIER_KILLS 10
    {
        kill_time: i64, carrier_guid: Sym, carrier_name: Sym, carrier_team: Sym, killer_guid: Sym,
        killer_name: Sym, killer_team: Sym, means_of_death: i64, carrier_distance_at_kill: F1, flag_team: Sym,
    }
    []

    /// A dropped objective returned.
    CarrierReturnRow carrier_returns CARRIER_RETURNS 11
    {
        return_time: i64, returner_guid: Sym, returner_name: Sym, returner_team: Sym, flag_team: Sym,
        original_carrier_guid: Sym, drop_time: i64, return_delay_ms: i64, drop_x: i64, drop_y: i64, drop_z: i64,
    }
    []

    /// How far a vehicle got. All spatial values are 0 before August 2026.
    VehicleRow vehicles VEHICLE_PROGRESS 12
    {
        vehicle_name: Sym, vehicle_type: Sym, start_x: i64, start_y: i64, start_z: i64, end_x: i64, end_y: i64,
        end_z: i64, total_distance: F1, max_health: i64, final_health: i64, destroyed_count: i64,
    }
    []

    /// Who moved a vehicle.
    EscortRow escorts ESCORT_CREDIT 9
    {
        player_guid: Sym, player_name: Sym, player_team: Sym, vehicle_name: Sym, mounted_time_ms: i64,
        proximity_time_ms: i64, total_escort_distance: F1, credit_distance: F1, samples: i64,
    }
    []

    /// Dynamite, construction, destruction, flag capture.
    ConstructionRow constructions CONSTRUCTION_EVENTS 9
    {
        event_time: i64, event_type: Sym, player_guid: Sym, player_name: Sym, player_team: Sym, track_name: Sym,
        player_x: i64, player_y: i64, player_z: i64,
    }
    []

    /// An objective action with the approach that led to it and the fights around it.
    ObjectiveRunRow objective_runs OBJECTIVE_RUNS 21
    {
        engineer_guid: Sym, engineer_name: Sym, engineer_team: Sym, action_type: Sym, track_name: Sym,
        action_time: i64, approach_time_ms: i64, approach_distance: F1, beeline_distance: F1, path_efficiency: F3,
        self_kills: i64, team_kills: i64, escort_guids: Sym, enemies_nearby: i64, nearby_teammates: i64,
        run_type: Sym, obj_x: Whole, obj_y: Whole, obj_z: Whole, killer_guid: Sym, killer_name: Sym,
    }
    []
}
