-- The rows of all rounds, one table per kind, named like the view that shows them with `_row` behind it.
--
-- id = round << 28 | place in the file: the rows of a round lie together, new rounds are appended, and neither the round nor an index on it has
-- to be stored. Texts are numbers of `word`. Columns stand in the order of the file's, so that a row is written as it was read. A value the
-- file does not have is NULL.

-- One target under fire until he dies or gets away. position_path: see path_json; attackers and crossfire_participants: JSON.
CREATE TABLE combat_engagement_row (
    id INTEGER PRIMARY KEY, engagement_id INTEGER, start_time_ms INTEGER, end_time_ms INTEGER, duration_ms INTEGER, target_guid INTEGER,
    target_name INTEGER, target_team INTEGER, outcome INTEGER, total_damage_taken INTEGER, killer_guid INTEGER, killer_name INTEGER,
    position_path BLOB, start_x REAL, start_y REAL, start_z REAL, end_x REAL, end_y REAL, end_z REAL, distance_traveled REAL,
    attackers TEXT, num_attackers INTEGER, is_crossfire INTEGER, crossfire_delay_ms INTEGER, crossfire_participants TEXT
) STRICT;

-- One life. path: its samples, see path_json. What follows from the samples is the community's definition with one difference: a
-- sample counts the file's own cadence and not always 0.2 s, and the way after the spawn is that of the first 3 s at any cadence.
CREATE TABLE player_track_row (
    id INTEGER PRIMARY KEY, player_guid INTEGER, player_name INTEGER, team INTEGER, player_class INTEGER, spawn_time_ms INTEGER,
    death_time_ms INTEGER, duration_ms INTEGER, first_move_time_ms INTEGER, time_to_first_move_ms INTEGER, death_type INTEGER,
    sample_count INTEGER, path BLOB, total_distance REAL, avg_speed REAL, sprint_percentage REAL, peak_speed REAL,
    stance_standing_sec REAL, stance_crouching_sec REAL, stance_prone_sec REAL, sprint_sec REAL, post_spawn_distance REAL
) STRICT;

-- KILL_HEATMAP
CREATE TABLE map_kill_heatmap_row (
    id INTEGER PRIMARY KEY, grid_x INTEGER, grid_y INTEGER, axis_kills INTEGER, allies_kills INTEGER
) STRICT;

-- MOVEMENT_HEATMAP
CREATE TABLE map_movement_heatmap_row (
    id INTEGER PRIMARY KEY, grid_x INTEGER, grid_y INTEGER, traversal_count INTEGER, combat_count INTEGER, escape_count INTEGER
) STRICT;

-- OBJECTIVE_FOCUS
CREATE TABLE proximity_objective_focus_row (
    id INTEGER PRIMARY KEY, player_guid INTEGER, player_name INTEGER, team INTEGER, objective INTEGER, avg_distance REAL,
    time_within_radius_ms INTEGER, samples INTEGER
) STRICT;

-- REACTION_METRICS
CREATE TABLE proximity_reaction_metric_row (
    id INTEGER PRIMARY KEY, engagement_id INTEGER, target_guid INTEGER, target_name INTEGER, target_team INTEGER, target_class INTEGER,
    outcome INTEGER, num_attackers INTEGER, return_fire_ms INTEGER, dodge_reaction_ms INTEGER, support_reaction_ms INTEGER,
    start_time_ms INTEGER, end_time_ms INTEGER, duration_ms INTEGER
) STRICT;

-- SPAWN_TIMING
CREATE TABLE proximity_spawn_timing_row (
    id INTEGER PRIMARY KEY, killer_guid INTEGER, killer_name INTEGER, killer_team INTEGER, victim_guid INTEGER, victim_name INTEGER,
    victim_team INTEGER, kill_time INTEGER, enemy_spawn_interval INTEGER, time_to_next_spawn INTEGER, spawn_timing_score REAL,
    killer_reinf REAL, victim_reinf REAL
) STRICT;

-- TEAM_COHESION
CREATE TABLE proximity_team_cohesion_row (
    id INTEGER PRIMARY KEY, sample_time INTEGER, team INTEGER, alive_count INTEGER, centroid_x REAL, centroid_y REAL, dispersion REAL,
    max_spread REAL, straggler_count INTEGER, buddy_pair_guids INTEGER, buddy_distance REAL
) STRICT;

-- CROSSFIRE_OPPORTUNITIES
CREATE TABLE proximity_crossfire_opportunity_row (
    id INTEGER PRIMARY KEY, event_time INTEGER, target_guid INTEGER, target_name INTEGER, target_team INTEGER, teammate1_guid INTEGER,
    teammate2_guid INTEGER, angular_separation REAL, was_executed INTEGER, damage_within_window INTEGER
) STRICT;

-- FOCUS_FIRE
CREATE TABLE proximity_focus_fire_row (
    id INTEGER PRIMARY KEY, engagement_id INTEGER, target_guid INTEGER, target_name INTEGER, attacker_count INTEGER,
    attacker_guids INTEGER, total_damage INTEGER, duration INTEGER, focus_score REAL
) STRICT;

-- TEAM_PUSHES
CREATE TABLE proximity_team_push_row (
    id INTEGER PRIMARY KEY, start_time INTEGER, end_time INTEGER, team INTEGER, avg_speed REAL, direction_x REAL, direction_y REAL,
    alignment_score REAL, push_quality REAL, participant_count INTEGER, toward_objective INTEGER
) STRICT;

-- TRADE_KILLS
CREATE TABLE proximity_lua_trade_kill_row (
    id INTEGER PRIMARY KEY, original_kill_time INTEGER, traded_kill_time INTEGER, delta_ms INTEGER, original_victim_guid INTEGER,
    original_victim_name INTEGER, original_killer_guid INTEGER, original_killer_name INTEGER, trader_guid INTEGER, trader_name INTEGER
) STRICT;

-- REVIVES
CREATE TABLE proximity_revive_row (
    id INTEGER PRIMARY KEY, revive_time INTEGER, medic_guid INTEGER, medic_name INTEGER, revived_guid INTEGER, revived_name INTEGER,
    revive_x REAL, revive_y REAL, revive_z REAL, distance_to_enemy REAL, nearest_enemy_guid INTEGER, under_fire INTEGER
) STRICT;

-- WEAPON_ACCURACY
CREATE TABLE proximity_weapon_accuracy_row (
    id INTEGER PRIMARY KEY, player_guid INTEGER, player_name INTEGER, team INTEGER, weapon_id INTEGER, shots_fired INTEGER, hits INTEGER,
    kills INTEGER, headshots INTEGER
) STRICT;

-- KILL_OUTCOME
CREATE TABLE proximity_kill_outcome_row (
    id INTEGER PRIMARY KEY, kill_time INTEGER, victim_guid INTEGER, victim_name INTEGER, killer_guid INTEGER, killer_name INTEGER,
    kill_mod INTEGER, outcome INTEGER, outcome_time INTEGER, delta_ms INTEGER, effective_denied_ms INTEGER, gibber_guid INTEGER,
    gibber_name INTEGER, reviver_guid INTEGER, reviver_name INTEGER
) STRICT;

-- HIT_REGIONS
CREATE TABLE proximity_hit_region_row (
    id INTEGER PRIMARY KEY, event_time INTEGER, attacker_guid INTEGER, attacker_name INTEGER, victim_guid INTEGER, victim_name INTEGER,
    weapon_id INTEGER, hit_region INTEGER, damage INTEGER
) STRICT;

-- COMBAT_POSITIONS
CREATE TABLE proximity_combat_position_row (
    id INTEGER PRIMARY KEY, event_time INTEGER, event_type INTEGER, attacker_guid INTEGER, attacker_name INTEGER, attacker_team INTEGER,
    attacker_class INTEGER, victim_guid INTEGER, victim_name INTEGER, victim_team INTEGER, victim_class INTEGER, attacker_x INTEGER,
    attacker_y INTEGER, attacker_z INTEGER, victim_x INTEGER, victim_y INTEGER, victim_z INTEGER, weapon_id INTEGER,
    means_of_death INTEGER, killer_health INTEGER, axis_alive INTEGER, allies_alive INTEGER
) STRICT;

-- SHOT_FIRED
CREATE TABLE proximity_shot_fired_row (
    id INTEGER PRIMARY KEY, event_time INTEGER, guid INTEGER, weapon_id INTEGER, origin_x INTEGER, origin_y INTEGER, origin_z INTEGER,
    view_yaw REAL, view_pitch REAL
) STRICT;

-- AIM_LOCK
CREATE TABLE proximity_aim_lock_row (
    id INTEGER PRIMARY KEY, start_time INTEGER, end_time INTEGER, duration_ms INTEGER, guid INTEGER, name INTEGER, team INTEGER,
    target_guid INTEGER, target_name INTEGER, avg_err_deg REAL, avg_dist INTEGER, samples INTEGER
) STRICT;

-- SPAWN_SELECT
CREATE TABLE proximity_spawn_select_row (
    id INTEGER PRIMARY KEY, event_time INTEGER, guid INTEGER, name INTEGER, team INTEGER, spawn_index INTEGER, last_spawn_time INTEGER
) STRICT;

-- SKILL_SNAPSHOT
CREATE TABLE proximity_skill_snapshot_row (
    id INTEGER PRIMARY KEY, guid INTEGER, name INTEGER, team INTEGER, battle_sense INTEGER, engineering INTEGER, first_aid INTEGER,
    signals INTEGER, light_weapons INTEGER, heavy_weapons INTEGER, covertops INTEGER
) STRICT;

-- COMM_EVENTS
CREATE TABLE proximity_comm_event_row (
    id INTEGER PRIMARY KEY, event_time INTEGER, guid INTEGER, name INTEGER, team INTEGER, cmd INTEGER, arg INTEGER
) STRICT;

-- CARRIER_EVENTS
CREATE TABLE proximity_carrier_event_row (
    id INTEGER PRIMARY KEY, carrier_guid INTEGER, carrier_name INTEGER, carrier_team INTEGER, flag_team INTEGER, pickup_time INTEGER,
    drop_time INTEGER, duration_ms INTEGER, outcome INTEGER, carry_distance REAL, beeline_distance REAL, efficiency REAL,
    path_samples INTEGER, pickup_x INTEGER, pickup_y INTEGER, pickup_z INTEGER, drop_x INTEGER, drop_y INTEGER, drop_z INTEGER,
    killer_guid INTEGER, killer_name INTEGER
) STRICT;

-- CARRIER_KILLS
CREATE TABLE proximity_carrier_kill_row (
    id INTEGER PRIMARY KEY, kill_time INTEGER, carrier_guid INTEGER, carrier_name INTEGER, carrier_team INTEGER, killer_guid INTEGER,
    killer_name INTEGER, killer_team INTEGER, means_of_death INTEGER, carrier_distance_at_kill REAL, flag_team INTEGER
) STRICT;

-- CARRIER_RETURNS
CREATE TABLE proximity_carrier_return_row (
    id INTEGER PRIMARY KEY, return_time INTEGER, returner_guid INTEGER, returner_name INTEGER, returner_team INTEGER, flag_team INTEGER,
    original_carrier_guid INTEGER, drop_time INTEGER, return_delay_ms INTEGER, drop_x INTEGER, drop_y INTEGER, drop_z INTEGER
) STRICT;

-- VEHICLE_PROGRESS
CREATE TABLE proximity_vehicle_progress_row (
    id INTEGER PRIMARY KEY, vehicle_name INTEGER, vehicle_type INTEGER, start_x INTEGER, start_y INTEGER, start_z INTEGER, end_x INTEGER,
    end_y INTEGER, end_z INTEGER, total_distance REAL, max_health INTEGER, final_health INTEGER, destroyed_count INTEGER
) STRICT;

-- ESCORT_CREDIT
CREATE TABLE proximity_escort_credit_row (
    id INTEGER PRIMARY KEY, player_guid INTEGER, player_name INTEGER, player_team INTEGER, vehicle_name INTEGER, mounted_time_ms INTEGER,
    proximity_time_ms INTEGER, total_escort_distance REAL, credit_distance REAL, samples INTEGER
) STRICT;

-- CONSTRUCTION_EVENTS
CREATE TABLE proximity_construction_event_row (
    id INTEGER PRIMARY KEY, event_time INTEGER, event_type INTEGER, player_guid INTEGER, player_name INTEGER, player_team INTEGER,
    track_name INTEGER, player_x INTEGER, player_y INTEGER, player_z INTEGER
) STRICT;

-- OBJECTIVE_RUNS
CREATE TABLE proximity_objective_run_row (
    id INTEGER PRIMARY KEY, engineer_guid INTEGER, engineer_name INTEGER, engineer_team INTEGER, action_type INTEGER, track_name INTEGER,
    action_time INTEGER, approach_time_ms INTEGER, approach_distance REAL, beeline_distance REAL, path_efficiency REAL,
    self_kills INTEGER, team_kills INTEGER, escort_guids INTEGER, enemies_nearby INTEGER, nearby_teammates INTEGER, run_type INTEGER,
    obj_x INTEGER, obj_y INTEGER, obj_z INTEGER, killer_guid INTEGER, killer_name INTEGER
) STRICT;

-- One death and who could have avenged it, by the community's definition; the lists are JSON. flags: what is doubtful about it by ours
-- (self_kill, team_kill, world, corpse, limbo_ghost, bot), JSON.
CREATE TABLE proximity_trade_event_row (
    id INTEGER PRIMARY KEY, victim_guid INTEGER, victim_name INTEGER, victim_team INTEGER, killer_guid INTEGER, killer_name INTEGER,
    death_time_ms INTEGER, trade_window_ms INTEGER, opportunity_count INTEGER, opportunities TEXT, attempt_count INTEGER, attempts TEXT,
    success_count INTEGER, successes TEXT, missed_count INTEGER, missed_candidates TEXT, nearest_teammate_dist REAL,
    is_isolation_death INTEGER, flags TEXT
) STRICT;

-- How many samples had a fighting team mate near; one row per round with tracks.
CREATE TABLE proximity_support_summary_row (
    id INTEGER PRIMARY KEY, support_samples INTEGER, total_samples INTEGER, support_uptime_pct REAL
) STRICT;

-- A player's counters of one round.
CREATE TABLE player_teamplay_row (
    id INTEGER PRIMARY KEY, player_guid INTEGER, player_name INTEGER, crossfire_participations INTEGER, crossfire_kills INTEGER,
    crossfire_damage INTEGER, crossfire_final_blows INTEGER, avg_crossfire_delay_ms REAL, solo_kills INTEGER, solo_engagements INTEGER,
    times_targeted INTEGER, times_focused INTEGER, focus_escapes INTEGER, focus_deaths INTEGER, solo_escapes INTEGER, solo_deaths INTEGER,
    avg_escape_distance REAL, avg_engagement_duration_ms REAL, total_damage_taken INTEGER
) STRICT;

-- Two players in crossfires of one round.
CREATE TABLE crossfire_pair_row (
    id INTEGER PRIMARY KEY, player1_guid INTEGER, player2_guid INTEGER, player1_name INTEGER, player2_name INTEGER,
    crossfire_count INTEGER, crossfire_kills INTEGER, total_combined_damage INTEGER, avg_delay_ms REAL
) STRICT;

-- Who played: name with and without colour codes, first team, deaths by enemies given and taken, lives and samples on record.
CREATE TABLE proximity_round_player_row (
    id INTEGER PRIMARY KEY, player_guid INTEGER, player_name INTEGER, plain_name INTEGER, team INTEGER, is_bot INTEGER, lives INTEGER,
    kills INTEGER, deaths INTEGER, samples INTEGER
) STRICT;
