//! Every death of a round, once, with what all sections together say about it.
//!
//! Three sections tell of deaths: an engagement that ends with one (all deaths, but self and team kills look like kills in most versions),
//! `COMBAT_POSITIONS` (enemy kills only, with weapon and both positions) and the end of a life (not for deaths after a revive,
//! which the tracker writes no life for). They are joined by victim and time.
//!
//! Known weakness: in versions without `COMBAT_POSITIONS` (before 5.0c) the weapon is the one the killer had in hand at his last hits, so
//! a grenade kill shows a gun.

use crate::model::catalogue::{MeansOfDeath, Weapon, means_of_death, weapon};
use crate::model::format::engagement::EngagementRow;
use crate::model::{LifeEnd, LifeId, PlayerId, Round, Sym, Team};

/// Whose doing a death was. Only [`DeathKind::Enemy`] is a kill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeathKind {
    /// An enemy's.
    Enemy,
    /// His own.
    SelfKill,
    /// A team mate's.
    TeamKill,
    /// The world's: a fall, drowning, the map.
    World,
    /// The file names nobody.
    Unknown,
}

/// One death.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Death {
    /// When, ms on the file's clock.
    pub t_ms: i64,
    /// Who died.
    pub victim: PlayerId,
    /// His team at that moment.
    pub victim_team: Option<Team>,
    /// Who did it, himself included.
    pub killer: Option<PlayerId>,
    /// The killer's team at that moment.
    pub killer_team: Option<Team>,
    /// Whose doing it was.
    pub kind: DeathKind,
    /// Number of the weapon: by the kill row, else the one in the killer's hand.
    pub weapon_number: Option<i64>,
    /// Number of the means of death, only from kill rows.
    pub means_number: Option<i64>,
    /// Where he died: x, y, z in ET units.
    pub victim_pos: Option<[f32; 3]>,
    /// Where the killer stood: by the kill row, else by his last sample.
    pub killer_pos: Option<[f32; 3]>,
    /// The life it ended; `None` for a death after a revive.
    pub life: Option<LifeId>,
}

impl Death {
    /// The weapon, if the catalogue knows it.
    pub fn weapon(&self) -> Option<&'static Weapon> {
        self.weapon_number.and_then(weapon)
    }

    /// The means of death, if a kill row gives it and the catalogue knows it.
    pub fn means(&self) -> Option<&'static MeansOfDeath> {
        self.means_number.and_then(means_of_death)
    }

    /// What to show as the weapon: the means of death's name, else the weapon's, else how it happened.
    pub fn weapon_words(&self) -> &'static str {
        match (self.means(), self.weapon(), self.kind) {
            (Some(means), ..) => means.name,
            (None, Some(weapon), DeathKind::Enemy | DeathKind::TeamKill) => weapon.name,
            (_, _, DeathKind::SelfKill) => "self kill",
            (_, _, DeathKind::World) => "world",
            _ => "unknown weapon",
        }
    }
}

/// A kill row and the end of its engagement are written in the same server frame or a few apart; further apart they are two deaths.
pub(super) const SAME_DEATH_MS: i64 = 250;

/// All deaths in order of time. O(n log n) in deaths and lives.
pub fn deaths(round: &Round) -> Vec<Death> {
    let mut all: Vec<Death> = Vec::new();
    for row in &round.document.engagements.table.rows {
        all.extend(from_engagement(round, row));
    }
    all.sort_by_key(|death| death.t_ms);
    add_kill_rows(round, &mut all);
    add_life_ends(round, &mut all);
    // By who it is and not by his number, which hangs on the order of rows.
    let who = |death: &Death| {
        let player = &round.players[death.victim];
        (round.text(player.guid), round.text(player.name))
    };
    all.sort_by(|a, b| (a.t_ms, who(a)).cmp(&(b.t_ms, who(b))));
    all
}

/// Kills and deaths of one player.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Score {
    /// Enemies killed.
    pub kills: u32,
    /// Deaths of any kind.
    pub deaths: u32,
    /// Of these, by his own hand.
    pub self_kills: u32,
    /// Team mates killed.
    pub team_kills: u32,
}

/// The score of every player (indexed by [`PlayerId`]) counting deaths at or before `t_ms`.
pub fn scores_at(deaths: &[Death], players: usize, t_ms: i64) -> Vec<Score> {
    let mut scores = vec![Score::default(); players];
    for death in deaths.iter().take_while(|death| death.t_ms <= t_ms) {
        let victim = &mut scores[death.victim.index()];
        victim.deaths += 1;
        match (death.kind, death.killer) {
            (DeathKind::SelfKill, _) => victim.self_kills += 1,
            (DeathKind::Enemy, Some(killer)) => scores[killer.index()].kills += 1,
            (DeathKind::TeamKill, Some(killer)) => scores[killer.index()].team_kills += 1,
            _ => {}
        }
    }
    scores
}

/// A player's team at a moment: of the life he is in or had last, else the first one the file gives him.
pub fn team_at(round: &Round, player: PlayerId, t_ms: i64) -> Option<Team> {
    let lives = round.lives_of(player);
    let begun = lives.partition_point(|id| round.life(*id).start_ms <= t_ms);
    let last = begun
        .checked_sub(1)
        .and_then(|nth| round.life(lives[nth]).team);
    last.or(round.players[player].team)
}

fn from_engagement(round: &Round, row: &EngagementRow) -> Option<Death> {
    let outcome = round.text(row.outcome);
    if !matches!(
        outcome,
        "killed" | "teamkill" | "selfkill" | "fallen" | "world"
    ) {
        return None;
    }
    let victim = round.players.find(row.target_guid, row.target_name)?;
    let t_ms = row.end_time?;
    let killer = round.players.find(row.killer_guid, row.killer_name);
    let victim_team = Team::from_tag(round.text(row.target_team));
    let killer_row = round
        .document
        .engagements
        .attackers_of(row)
        .iter()
        .rfind(|a| a.got_kill);
    let killer_team = killer_row.and_then(|a| Team::from_tag(round.text(a.team)));
    let killer_team =
        killer_team.or_else(|| killer.and_then(|killer| team_at(round, killer, t_ms)));
    let held = killer_row.and_then(|a| round.document.engagements.weapons_of(a).last().copied());
    let place = [row.end_x, row.end_y, row.end_z].map(|value| {
        let value = value.get().map(|v| v as f32);
        value.filter(|value| value.is_finite())
    });
    Some(Death {
        t_ms,
        victim,
        victim_team,
        killer,
        killer_team,
        kind: kind_of(outcome, row, killer, victim, victim_team, killer_team),
        weapon_number: held.map(|(weapon, _)| weapon).filter(|weapon| *weapon != 0),
        means_number: None,
        victim_pos: place[0]
            .zip(place[1])
            .zip(place[2])
            .map(|((x, y), z)| [x, y, z]),
        killer_pos: killer.and_then(|killer| position_at(round, killer, t_ms)),
        life: life_ended(round, victim, t_ms),
    })
}

fn kind_of(
    outcome: &str,
    row: &EngagementRow,
    killer: Option<PlayerId>,
    victim: PlayerId,
    victim_team: Option<Team>,
    killer_team: Option<Team>,
) -> DeathKind {
    match (outcome, killer) {
        ("selfkill", _) => DeathKind::SelfKill,
        ("fallen" | "world", _) => DeathKind::World,
        (_, Some(killer)) if killer == victim => DeathKind::SelfKill,
        ("teamkill", _) => DeathKind::TeamKill,
        (_, Some(_)) if killer_team.is_some() && killer_team == victim_team => DeathKind::TeamKill,
        (_, Some(_)) => DeathKind::Enemy,
        (_, None) if !row.killer_guid.is_empty() => DeathKind::World,
        (_, None) => DeathKind::Unknown,
    }
}

fn position_at(round: &Round, player: PlayerId, t_ms: i64) -> Option<[f32; 3]> {
    let lives = round.lives_of(player);
    let begun = lives.partition_point(|id| round.life(*id).start_ms <= t_ms);
    let life = round.life(lives[begun.checked_sub(1)?]);
    // A killer who dies in the same frame has just left his life.
    let sample = life.sample_at(round.samples(), t_ms.min(life.end_ms - 1))?;
    let samples = round.samples();
    let is_fresh = t_ms - i64::from(samples.time_ms[sample.index]) <= 2 * round.cadence_ms();
    is_fresh.then(|| {
        [
            samples.x[sample.index],
            samples.y[sample.index],
            samples.z[sample.index],
        ]
    })
}

/// The life of the victim that ended at (about) that time.
fn life_ended(round: &Round, victim: PlayerId, t_ms: i64) -> Option<LifeId> {
    let lives = round.lives_of(victim).iter();
    lives
        .copied()
        .find(|id| (round.life(*id).end_ms - t_ms).abs() <= SAME_DEATH_MS)
}

/// Index in `all` (ordered by time up to `known`) of the victim's death at about `t_ms`.
fn find_death(all: &[Death], known: usize, victim: PlayerId, t_ms: i64) -> Option<usize> {
    let from = all[..known].partition_point(|death| death.t_ms < t_ms - SAME_DEATH_MS);
    let near = all[from..known]
        .iter()
        .take_while(|death| death.t_ms <= t_ms + SAME_DEATH_MS);
    near.enumerate()
        .filter(|(_, d)| d.victim == victim)
        .min_by_key(|(_, d)| (d.t_ms - t_ms).abs())
        .map(|(nth, _)| from + nth)
}

fn add_kill_rows(round: &Round, all: &mut Vec<Death>) {
    let known = all.len();
    let find = |guid: Sym, name: Sym| round.players.find(guid, name);
    for row in &round.document.tables.combat_positions.rows {
        let Some(victim) = find(row.vic_guid, row.vic_name) else {
            continue;
        };
        let index = find_death(all, known, victim, row.time).unwrap_or_else(|| {
            all.push(Death {
                t_ms: row.time,
                victim,
                victim_team: None,
                killer: None,
                killer_team: None,
                kind: DeathKind::Unknown,
                weapon_number: None,
                means_number: None,
                victim_pos: None,
                killer_pos: None,
                life: life_ended(round, victim, row.time),
            });
            all.len() - 1
        });
        let death = &mut all[index];
        death.killer = find(row.atk_guid, row.atk_name);
        death.killer_team = Team::from_tag(round.text(row.atk_team));
        death.victim_team = Team::from_tag(round.text(row.vic_team));
        death.kind = DeathKind::Enemy;
        death.weapon_number = Some(row.weapon);
        death.means_number = Some(row.r#mod);
        death.victim_pos = Some([row.vx as f32, row.vy as f32, row.vz as f32]);
        death.killer_pos = Some([row.ax as f32, row.ay as f32, row.az as f32]);
    }
    all.sort_by_key(|death| death.t_ms);
}

/// Deaths that only the end of a life tells of.
fn add_life_ends(round: &Round, all: &mut Vec<Death>) {
    let known = all.len();
    for (nth, life) in round.lives().iter().enumerate() {
        if !life.end.is_death() || find_death(all, known, life.player, life.end_ms).is_some() {
            continue;
        }
        let kind = match life.end {
            LifeEnd::SelfKill => DeathKind::SelfKill,
            LifeEnd::TeamKill => DeathKind::TeamKill,
            LifeEnd::World | LifeEnd::Fallen => DeathKind::World,
            _ => DeathKind::Unknown,
        };
        let last = life
            .sample_count()
            .checked_sub(1)
            .map(|nth| round.samples().get(life.sample_index(nth)));
        all.push(Death {
            t_ms: life.end_ms,
            victim: life.player,
            victim_team: life.team,
            killer: (kind == DeathKind::SelfKill).then_some(life.player),
            killer_team: None,
            kind,
            weapon_number: None,
            means_number: None,
            victim_pos: last.map(|sample| [sample.x, sample.y, sample.z]),
            killer_pos: None,
            life: Some(LifeId(nth as u32)),
        });
    }
}
