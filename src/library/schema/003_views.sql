-- The tables the community's queries name, with their columns: each row with its texts, its round and the stats round linked to it.
--
-- A query that asks for some columns pays only for those: texts are looked up when they are asked for. The rows of a round are found by the range
-- of their ids, so a condition on map, date or round reads no others.

-- The columns every row shares, and where its rows lie.
CREATE VIEW scope AS SELECT
    id, id << 28 AS first_row, id << 28 | 268435455 AS last_row, session_date, coalesce(paired_number, round_number) AS round_number,
    round_start_unix, round_end_unix, map_name, created_at, round_id, round_link_source, round_link_reason, round_linked_at
FROM proximity_round;


CREATE VIEW combat_engagement AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.engagement_id, t.start_time_ms, t.end_time_ms, t.duration_ms,
    (SELECT text FROM word WHERE word.id = t.target_guid) AS target_guid,
    (SELECT text FROM word WHERE word.id = t.target_name) AS target_name,
    (SELECT text FROM word WHERE word.id = t.target_team) AS target_team, (SELECT text FROM word WHERE word.id = t.outcome) AS outcome,
    t.total_damage_taken, (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid,
    (SELECT text FROM word WHERE word.id = t.killer_name) AS killer_name, t.position_path, t.start_x, t.start_y, t.start_z, t.end_x,
    t.end_y, t.end_z, t.distance_traveled, t.attackers, t.num_attackers, t.is_crossfire, t.crossfire_delay_ms, t.crossfire_participants,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid_canonical,
    (SELECT text FROM word WHERE word.id = t.target_guid) AS target_guid_canonical
FROM scope AS r CROSS JOIN combat_engagement_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW player_track AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id,
    (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid,
    (SELECT text FROM word WHERE word.id = t.player_name) AS player_name, (SELECT text FROM word WHERE word.id = t.team) AS team,
    (SELECT text FROM word WHERE word.id = t.player_class) AS player_class, t.spawn_time_ms, t.death_time_ms, t.duration_ms,
    t.first_move_time_ms, t.time_to_first_move_ms, (SELECT text FROM word WHERE word.id = t.death_type) AS death_type, t.sample_count,
    t.path, t.total_distance, t.avg_speed, t.sprint_percentage, t.peak_speed, t.stance_standing_sec, t.stance_crouching_sec,
    t.stance_prone_sec, t.sprint_sec, t.post_spawn_distance,
    (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid_canonical
FROM scope AS r CROSS JOIN player_track_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_objective_focus AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id,
    (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid,
    (SELECT text FROM word WHERE word.id = t.player_name) AS player_name, (SELECT text FROM word WHERE word.id = t.team) AS team,
    (SELECT text FROM word WHERE word.id = t.objective) AS objective, t.avg_distance, t.time_within_radius_ms, t.samples,
    (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid_canonical
FROM scope AS r CROSS JOIN proximity_objective_focus_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_reaction_metric AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.engagement_id,
    (SELECT text FROM word WHERE word.id = t.target_guid) AS target_guid,
    (SELECT text FROM word WHERE word.id = t.target_name) AS target_name,
    (SELECT text FROM word WHERE word.id = t.target_team) AS target_team,
    (SELECT text FROM word WHERE word.id = t.target_class) AS target_class, (SELECT text FROM word WHERE word.id = t.outcome) AS outcome,
    t.num_attackers, t.return_fire_ms, t.dodge_reaction_ms, t.support_reaction_ms, t.start_time_ms, t.end_time_ms, t.duration_ms,
    (SELECT text FROM word WHERE word.id = t.target_guid) AS target_guid_canonical
FROM scope AS r CROSS JOIN proximity_reaction_metric_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_spawn_timing AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid,
    (SELECT text FROM word WHERE word.id = t.killer_name) AS killer_name,
    (SELECT text FROM word WHERE word.id = t.killer_team) AS killer_team,
    (SELECT text FROM word WHERE word.id = t.victim_guid) AS victim_guid,
    (SELECT text FROM word WHERE word.id = t.victim_name) AS victim_name,
    (SELECT text FROM word WHERE word.id = t.victim_team) AS victim_team, t.kill_time, t.enemy_spawn_interval, t.time_to_next_spawn,
    t.spawn_timing_score, t.killer_reinf, t.victim_reinf, (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid_canonical,
    (SELECT text FROM word WHERE word.id = t.victim_guid) AS victim_guid_canonical
FROM scope AS r CROSS JOIN proximity_spawn_timing_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_team_cohesion AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.sample_time,
    (SELECT text FROM word WHERE word.id = t.team) AS team, t.alive_count, t.centroid_x, t.centroid_y, t.dispersion, t.max_spread,
    t.straggler_count, (SELECT text FROM word WHERE word.id = t.buddy_pair_guids) AS buddy_pair_guids, t.buddy_distance
FROM scope AS r CROSS JOIN proximity_team_cohesion_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_crossfire_opportunity AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.event_time,
    (SELECT text FROM word WHERE word.id = t.target_guid) AS target_guid,
    (SELECT text FROM word WHERE word.id = t.target_name) AS target_name,
    (SELECT text FROM word WHERE word.id = t.target_team) AS target_team,
    (SELECT text FROM word WHERE word.id = t.teammate1_guid) AS teammate1_guid,
    (SELECT text FROM word WHERE word.id = t.teammate2_guid) AS teammate2_guid, t.angular_separation, t.was_executed,
    t.damage_within_window, (SELECT text FROM word WHERE word.id = t.target_guid) AS target_guid_canonical
FROM scope AS r CROSS JOIN proximity_crossfire_opportunity_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_focus_fire AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.engagement_id,
    (SELECT text FROM word WHERE word.id = t.target_guid) AS target_guid,
    (SELECT text FROM word WHERE word.id = t.target_name) AS target_name, t.attacker_count,
    (SELECT text FROM word WHERE word.id = t.attacker_guids) AS attacker_guids, t.total_damage, t.duration, t.focus_score,
    (SELECT text FROM word WHERE word.id = t.target_guid) AS target_guid_canonical
FROM scope AS r CROSS JOIN proximity_focus_fire_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_team_push AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.start_time, t.end_time,
    (SELECT text FROM word WHERE word.id = t.team) AS team, t.avg_speed, t.direction_x, t.direction_y, t.alignment_score, t.push_quality,
    t.participant_count, (SELECT text FROM word WHERE word.id = t.toward_objective) AS toward_objective
FROM scope AS r CROSS JOIN proximity_team_push_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_lua_trade_kill AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.original_kill_time, t.traded_kill_time, t.delta_ms,
    (SELECT text FROM word WHERE word.id = t.original_victim_guid) AS original_victim_guid,
    (SELECT text FROM word WHERE word.id = t.original_victim_name) AS original_victim_name,
    (SELECT text FROM word WHERE word.id = t.original_killer_guid) AS original_killer_guid,
    (SELECT text FROM word WHERE word.id = t.original_killer_name) AS original_killer_name,
    (SELECT text FROM word WHERE word.id = t.trader_guid) AS trader_guid,
    (SELECT text FROM word WHERE word.id = t.trader_name) AS trader_name
FROM scope AS r CROSS JOIN proximity_lua_trade_kill_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_revive AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.revive_time,
    (SELECT text FROM word WHERE word.id = t.medic_guid) AS medic_guid,
    (SELECT text FROM word WHERE word.id = t.medic_name) AS medic_name,
    (SELECT text FROM word WHERE word.id = t.revived_guid) AS revived_guid,
    (SELECT text FROM word WHERE word.id = t.revived_name) AS revived_name, t.revive_x, t.revive_y, t.revive_z, t.distance_to_enemy,
    (SELECT text FROM word WHERE word.id = t.nearest_enemy_guid) AS nearest_enemy_guid, t.under_fire
FROM scope AS r CROSS JOIN proximity_revive_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_weapon_accuracy AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id,
    (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid,
    (SELECT text FROM word WHERE word.id = t.player_name) AS player_name, (SELECT text FROM word WHERE word.id = t.team) AS team,
    t.weapon_id, t.shots_fired, t.hits, t.kills, t.headshots, t.hits * 100.0 / nullif(t.shots_fired, 0) AS accuracy_pct,
    (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid_canonical
FROM scope AS r CROSS JOIN proximity_weapon_accuracy_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_kill_outcome AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.kill_time,
    (SELECT text FROM word WHERE word.id = t.victim_guid) AS victim_guid,
    (SELECT text FROM word WHERE word.id = t.victim_name) AS victim_name,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid,
    (SELECT text FROM word WHERE word.id = t.killer_name) AS killer_name, t.kill_mod,
    (SELECT text FROM word WHERE word.id = t.outcome) AS outcome, t.outcome_time, t.delta_ms, t.effective_denied_ms,
    (SELECT text FROM word WHERE word.id = t.gibber_guid) AS gibber_guid,
    (SELECT text FROM word WHERE word.id = t.gibber_name) AS gibber_name,
    (SELECT text FROM word WHERE word.id = t.reviver_guid) AS reviver_guid,
    (SELECT text FROM word WHERE word.id = t.reviver_name) AS reviver_name,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid_canonical,
    (SELECT text FROM word WHERE word.id = t.victim_guid) AS victim_guid_canonical
FROM scope AS r CROSS JOIN proximity_kill_outcome_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_hit_region AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.event_time,
    (SELECT text FROM word WHERE word.id = t.attacker_guid) AS attacker_guid,
    (SELECT text FROM word WHERE word.id = t.attacker_name) AS attacker_name,
    (SELECT text FROM word WHERE word.id = t.victim_guid) AS victim_guid,
    (SELECT text FROM word WHERE word.id = t.victim_name) AS victim_name, t.weapon_id, t.hit_region, t.damage,
    (SELECT text FROM word WHERE word.id = t.victim_guid) AS victim_guid_canonical,
    (SELECT text FROM word WHERE word.id = t.attacker_guid) AS attacker_guid_canonical
FROM scope AS r CROSS JOIN proximity_hit_region_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_combat_position AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.event_time,
    (SELECT text FROM word WHERE word.id = t.event_type) AS event_type,
    (SELECT text FROM word WHERE word.id = t.attacker_guid) AS attacker_guid,
    (SELECT text FROM word WHERE word.id = t.attacker_name) AS attacker_name,
    (SELECT text FROM word WHERE word.id = t.attacker_team) AS attacker_team,
    (SELECT text FROM word WHERE word.id = t.attacker_class) AS attacker_class,
    (SELECT text FROM word WHERE word.id = t.victim_guid) AS victim_guid,
    (SELECT text FROM word WHERE word.id = t.victim_name) AS victim_name,
    (SELECT text FROM word WHERE word.id = t.victim_team) AS victim_team,
    (SELECT text FROM word WHERE word.id = t.victim_class) AS victim_class, t.attacker_x, t.attacker_y, t.attacker_z, t.victim_x,
    t.victim_y, t.victim_z, t.weapon_id, t.means_of_death, t.killer_health, t.axis_alive, t.allies_alive,
    (SELECT text FROM word WHERE word.id = t.victim_guid) AS victim_guid_canonical,
    (SELECT text FROM word WHERE word.id = t.attacker_guid) AS attacker_guid_canonical
FROM scope AS r CROSS JOIN proximity_combat_position_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_shot_fired AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.event_time,
    (SELECT text FROM word WHERE word.id = t.guid) AS guid, t.weapon_id, t.origin_x, t.origin_y, t.origin_z, t.view_yaw, t.view_pitch,
    (SELECT text FROM word WHERE word.id = t.guid) AS guid_canonical
FROM scope AS r CROSS JOIN proximity_shot_fired_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_aim_lock AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.start_time, t.end_time, t.duration_ms,
    (SELECT text FROM word WHERE word.id = t.guid) AS guid, (SELECT text FROM word WHERE word.id = t.name) AS name,
    (SELECT text FROM word WHERE word.id = t.team) AS team, (SELECT text FROM word WHERE word.id = t.target_guid) AS target_guid,
    (SELECT text FROM word WHERE word.id = t.target_name) AS target_name, t.avg_err_deg, t.avg_dist, t.samples,
    (SELECT text FROM word WHERE word.id = t.guid) AS guid_canonical,
    (SELECT text FROM word WHERE word.id = t.target_guid) AS target_guid_canonical
FROM scope AS r CROSS JOIN proximity_aim_lock_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_spawn_select AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.event_time,
    (SELECT text FROM word WHERE word.id = t.guid) AS guid, (SELECT text FROM word WHERE word.id = t.name) AS name,
    (SELECT text FROM word WHERE word.id = t.team) AS team, t.spawn_index, t.last_spawn_time,
    (SELECT text FROM word WHERE word.id = t.guid) AS guid_canonical
FROM scope AS r CROSS JOIN proximity_spawn_select_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_skill_snapshot AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, (SELECT text FROM word WHERE word.id = t.guid) AS guid,
    (SELECT text FROM word WHERE word.id = t.name) AS name, (SELECT text FROM word WHERE word.id = t.team) AS team, t.battle_sense,
    t.engineering, t.first_aid, t.signals, t.light_weapons, t.heavy_weapons, t.covertops,
    (SELECT text FROM word WHERE word.id = t.guid) AS guid_canonical
FROM scope AS r CROSS JOIN proximity_skill_snapshot_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_comm_event AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.event_time,
    (SELECT text FROM word WHERE word.id = t.guid) AS guid, (SELECT text FROM word WHERE word.id = t.name) AS name,
    (SELECT text FROM word WHERE word.id = t.team) AS team, (SELECT text FROM word WHERE word.id = t.cmd) AS cmd,
    (SELECT text FROM word WHERE word.id = t.arg) AS arg, (SELECT text FROM word WHERE word.id = t.guid) AS guid_canonical
FROM scope AS r CROSS JOIN proximity_comm_event_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_carrier_event AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id,
    (SELECT text FROM word WHERE word.id = t.carrier_guid) AS carrier_guid,
    (SELECT text FROM word WHERE word.id = t.carrier_name) AS carrier_name,
    (SELECT text FROM word WHERE word.id = t.carrier_team) AS carrier_team,
    (SELECT text FROM word WHERE word.id = t.flag_team) AS flag_team, t.pickup_time, t.drop_time, t.duration_ms,
    (SELECT text FROM word WHERE word.id = t.outcome) AS outcome, t.carry_distance, t.beeline_distance, t.efficiency, t.path_samples,
    t.pickup_x, t.pickup_y, t.pickup_z, t.drop_x, t.drop_y, t.drop_z,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid,
    (SELECT text FROM word WHERE word.id = t.killer_name) AS killer_name,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid_canonical
FROM scope AS r CROSS JOIN proximity_carrier_event_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_carrier_kill AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.kill_time,
    (SELECT text FROM word WHERE word.id = t.carrier_guid) AS carrier_guid,
    (SELECT text FROM word WHERE word.id = t.carrier_name) AS carrier_name,
    (SELECT text FROM word WHERE word.id = t.carrier_team) AS carrier_team,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid,
    (SELECT text FROM word WHERE word.id = t.killer_name) AS killer_name,
    (SELECT text FROM word WHERE word.id = t.killer_team) AS killer_team, t.means_of_death, t.carrier_distance_at_kill,
    (SELECT text FROM word WHERE word.id = t.flag_team) AS flag_team,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid_canonical
FROM scope AS r CROSS JOIN proximity_carrier_kill_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_carrier_return AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.return_time,
    (SELECT text FROM word WHERE word.id = t.returner_guid) AS returner_guid,
    (SELECT text FROM word WHERE word.id = t.returner_name) AS returner_name,
    (SELECT text FROM word WHERE word.id = t.returner_team) AS returner_team,
    (SELECT text FROM word WHERE word.id = t.flag_team) AS flag_team,
    (SELECT text FROM word WHERE word.id = t.original_carrier_guid) AS original_carrier_guid, t.drop_time, t.return_delay_ms, t.drop_x,
    t.drop_y, t.drop_z
FROM scope AS r CROSS JOIN proximity_carrier_return_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_vehicle_progress AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id,
    (SELECT text FROM word WHERE word.id = t.vehicle_name) AS vehicle_name,
    (SELECT text FROM word WHERE word.id = t.vehicle_type) AS vehicle_type, t.start_x, t.start_y, t.start_z, t.end_x, t.end_y, t.end_z,
    t.total_distance, t.max_health, t.final_health, t.destroyed_count
FROM scope AS r CROSS JOIN proximity_vehicle_progress_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_escort_credit AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id,
    (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid,
    (SELECT text FROM word WHERE word.id = t.player_name) AS player_name,
    (SELECT text FROM word WHERE word.id = t.player_team) AS player_team,
    (SELECT text FROM word WHERE word.id = t.vehicle_name) AS vehicle_name, t.mounted_time_ms, t.proximity_time_ms,
    t.total_escort_distance, t.credit_distance, t.samples, (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid_canonical
FROM scope AS r CROSS JOIN proximity_escort_credit_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_construction_event AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.event_time,
    (SELECT text FROM word WHERE word.id = t.event_type) AS event_type,
    (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid,
    (SELECT text FROM word WHERE word.id = t.player_name) AS player_name,
    (SELECT text FROM word WHERE word.id = t.player_team) AS player_team,
    (SELECT text FROM word WHERE word.id = t.track_name) AS track_name, t.player_x, t.player_y, t.player_z,
    (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid_canonical
FROM scope AS r CROSS JOIN proximity_construction_event_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_objective_run AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id,
    (SELECT text FROM word WHERE word.id = t.engineer_guid) AS engineer_guid,
    (SELECT text FROM word WHERE word.id = t.engineer_name) AS engineer_name,
    (SELECT text FROM word WHERE word.id = t.engineer_team) AS engineer_team,
    (SELECT text FROM word WHERE word.id = t.action_type) AS action_type,
    (SELECT text FROM word WHERE word.id = t.track_name) AS track_name, t.action_time, t.approach_time_ms, t.approach_distance,
    t.beeline_distance, t.path_efficiency, t.self_kills, t.team_kills,
    (SELECT text FROM word WHERE word.id = t.escort_guids) AS escort_guids, t.enemies_nearby, t.nearby_teammates,
    (SELECT text FROM word WHERE word.id = t.run_type) AS run_type, t.obj_x, t.obj_y, t.obj_z,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid,
    (SELECT text FROM word WHERE word.id = t.killer_name) AS killer_name,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid_canonical
FROM scope AS r CROSS JOIN proximity_objective_run_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_trade_event AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id,
    (SELECT text FROM word WHERE word.id = t.victim_guid) AS victim_guid,
    (SELECT text FROM word WHERE word.id = t.victim_name) AS victim_name,
    (SELECT text FROM word WHERE word.id = t.victim_team) AS victim_team,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid,
    (SELECT text FROM word WHERE word.id = t.killer_name) AS killer_name, t.death_time_ms, t.trade_window_ms, t.opportunity_count,
    t.opportunities, t.attempt_count, t.attempts, t.success_count, t.successes, t.missed_count, t.missed_candidates,
    t.nearest_teammate_dist, t.is_isolation_death, t.flags,
    (SELECT text FROM word WHERE word.id = t.killer_guid) AS killer_guid_canonical,
    (SELECT text FROM word WHERE word.id = t.victim_guid) AS victim_guid_canonical
FROM scope AS r CROSS JOIN proximity_trade_event_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_support_summary AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id, t.support_samples, t.total_samples, t.support_uptime_pct
FROM scope AS r CROSS JOIN proximity_support_summary_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

CREATE VIEW proximity_round_player AS SELECT
    t.id, r.session_date, r.round_number, r.round_start_unix, r.round_end_unix, r.map_name, r.created_at, r.round_id, r.round_link_source,
    r.round_link_reason, r.round_linked_at, r.id AS proximity_round_id,
    (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid,
    (SELECT text FROM word WHERE word.id = t.player_name) AS player_name,
    (SELECT text FROM word WHERE word.id = t.plain_name) AS plain_name, (SELECT text FROM word WHERE word.id = t.team) AS team, t.is_bot,
    t.lives, t.kills, t.deaths, t.samples, (SELECT text FROM word WHERE word.id = t.player_guid) AS player_guid_canonical
FROM scope AS r CROSS JOIN proximity_round_player_row AS t ON t.id BETWEEN r.first_row AND r.last_row;

-- What follows from several rounds is added up from their rows whenever it is asked for; nothing is counted on.

-- Counters per player. A mean is weighted by what it is a mean of; rounds without a value do not count (upstream counts them as 0).
CREATE VIEW player_teamplay_stats AS SELECT
    (SELECT text FROM word WHERE word.id = p.player_guid) AS player_guid,
    (SELECT text FROM word WHERE word.id = p.latest_name) AS player_name,
    p.crossfire_participations, p.crossfire_kills, p.crossfire_damage, p.crossfire_final_blows, p.avg_crossfire_delay_ms, p.solo_kills,
    p.solo_engagements, p.times_targeted, p.times_focused, p.focus_escapes, p.focus_deaths, p.solo_escapes, p.solo_deaths,
    p.avg_escape_distance, p.avg_engagement_duration_ms, p.total_damage_taken,
    p.crossfire_damage AS total_damage_dealt_crossfire, p.first_seen, p.last_updated,
    (SELECT text FROM word WHERE word.id = p.player_guid) AS player_guid_canonical
FROM (
    SELECT
        t.player_guid,
        -- Of several rows SQLite takes the other columns from the one that has the maximum.
        t.player_name AS latest_name, max(t.id),
        sum(t.crossfire_participations) AS crossfire_participations, sum(t.crossfire_kills) AS crossfire_kills,
        sum(t.crossfire_damage) AS crossfire_damage, sum(t.crossfire_final_blows) AS crossfire_final_blows,
        sum(t.avg_crossfire_delay_ms * t.crossfire_participations)
            / nullif(sum(iif(t.avg_crossfire_delay_ms IS NULL, 0, t.crossfire_participations)), 0) AS avg_crossfire_delay_ms,
        sum(t.solo_kills) AS solo_kills, sum(t.solo_engagements) AS solo_engagements, sum(t.times_targeted) AS times_targeted,
        sum(t.times_focused) AS times_focused, sum(t.focus_escapes) AS focus_escapes, sum(t.focus_deaths) AS focus_deaths,
        sum(t.solo_escapes) AS solo_escapes, sum(t.solo_deaths) AS solo_deaths,
        sum(t.avg_escape_distance * t.times_targeted)
            / nullif(sum(iif(t.avg_escape_distance IS NULL, 0, t.times_targeted)), 0) AS avg_escape_distance,
        sum(t.avg_engagement_duration_ms * t.times_targeted)
            / nullif(sum(iif(t.avg_engagement_duration_ms IS NULL, 0, t.times_targeted)), 0) AS avg_engagement_duration_ms,
        sum(t.total_damage_taken) AS total_damage_taken, min(r.session_date) AS first_seen, max(r.session_date) AS last_updated
    FROM scope AS r CROSS JOIN player_teamplay_row AS t ON t.id BETWEEN r.first_row AND r.last_row
    GROUP BY t.player_guid
) AS p;

-- Pairs of players in crossfires; a game is a round.
CREATE VIEW crossfire_pairs AS SELECT
    (SELECT text FROM word WHERE word.id = p.player1_guid) AS player1_guid,
    (SELECT text FROM word WHERE word.id = p.player2_guid) AS player2_guid,
    (SELECT text FROM word WHERE word.id = p.latest_name1) AS player1_name,
    (SELECT text FROM word WHERE word.id = p.latest_name2) AS player2_name,
    p.crossfire_count, p.crossfire_kills, p.total_combined_damage, p.games_together, p.avg_delay_ms, p.first_played, p.last_played
FROM (
    SELECT
        t.player1_guid, t.player2_guid, t.player1_name AS latest_name1, t.player2_name AS latest_name2, max(t.id),
        sum(t.crossfire_count) AS crossfire_count, sum(t.crossfire_kills) AS crossfire_kills,
        sum(t.total_combined_damage) AS total_combined_damage, count(*) AS games_together,
        sum(t.avg_delay_ms * t.crossfire_count)
            / nullif(sum(iif(t.avg_delay_ms IS NULL, 0, t.crossfire_count)), 0) AS avg_delay_ms,
        min(r.session_date) AS first_played, max(r.session_date) AS last_played
    FROM scope AS r CROSS JOIN crossfire_pair_row AS t ON t.id BETWEEN r.first_row AND r.last_row
    GROUP BY t.player1_guid, t.player2_guid
) AS p;

-- Kills per cell of 512 u, at the victim's place. Deaths are the other team's kills, as far as the file knows.
CREATE VIEW map_kill_heatmap AS SELECT
    r.map_name, t.grid_x, t.grid_y, 512 AS grid_size, sum(t.axis_kills + t.allies_kills) AS total_kills, sum(t.axis_kills) AS axis_kills,
    sum(t.allies_kills) AS allies_kills, sum(t.axis_kills + t.allies_kills) AS total_deaths, sum(t.allies_kills) AS axis_deaths,
    sum(t.axis_kills) AS allies_deaths
FROM scope AS r CROSS JOIN map_kill_heatmap_row AS t ON t.id BETWEEN r.first_row AND r.last_row
GROUP BY r.map_name, t.grid_x, t.grid_y;

-- Samples, hits and escapes per cell of 512 u.
CREATE VIEW map_movement_heatmap AS SELECT
    r.map_name, t.grid_x, t.grid_y, 512 AS grid_size, sum(t.traversal_count) AS traversal_count, sum(t.combat_count) AS combat_count,
    sum(t.escape_count) AS escape_count
FROM scope AS r CROSS JOIN map_movement_heatmap_row AS t ON t.id BETWEEN r.first_row AND r.last_row
GROUP BY r.map_name, t.grid_x, t.grid_y;

-- Hits per attacker, weapon and region.
CREATE VIEW proximity_hit_region_summary AS SELECT
    attacker_guid, max(attacker_name) AS attacker_name, weapon_id, hit_region, count(*) AS hits, sum(damage) AS damage
FROM proximity_hit_region GROUP BY attacker_guid, weapon_id, hit_region;

-- Players by what they did in crossfires.
CREATE VIEW teamplay_leaderboard AS SELECT
    player_guid, player_name, crossfire_participations, crossfire_kills,
    round(100.0 * crossfire_kills / nullif(crossfire_participations, 0), 2) AS crossfire_kill_rate,
    times_focused, focus_escapes, round(100.0 * focus_escapes / nullif(times_focused, 0), 2) AS focus_survival_rate, solo_kills, avg_crossfire_delay_ms
FROM player_teamplay_stats ORDER BY crossfire_kills DESC, player_guid;

-- Pairs with at least five crossfires.
CREATE VIEW best_duos AS SELECT * FROM crossfire_pairs WHERE crossfire_count >= 5 ORDER BY crossfire_kills DESC, player1_guid, player2_guid;

-- Cells by kills.
CREATE VIEW map_hotspots AS SELECT map_name, grid_x, grid_y, total_kills, axis_kills, allies_kills FROM map_kill_heatmap ORDER BY total_kills DESC;

-- Engagements of an evening.
CREATE VIEW session_engagement_summary AS SELECT
    session_date, map_name, count(*) AS engagements, sum(outcome = 'killed') AS kills, sum(outcome = 'escaped') AS escapes,
    sum(is_crossfire) AS crossfires, avg(duration_ms) AS avg_duration_ms, avg(total_damage_taken) AS avg_damage
FROM combat_engagement GROUP BY session_date, map_name;

-- The files, as the community's importer lists them.
CREATE VIEW proximity_processed_files AS SELECT
    f.name AS filename, lower(hex(f.content_hash)) AS file_hash, 1 AS aggregates_applied, f.seen_at AS imported_at, r.tracker_version,
    r.session_date || '|' || r.map_name || '|' || coalesce(r.paired_number, r.round_number) || '|' || r.round_start_unix AS round_key, r.capabilities,
    f.state, f.reason
FROM file AS f LEFT JOIN proximity_round AS r ON r.id = f.round;
