//! `SHOT_FIRED`, `WEAPON_ACCURACY`, `HIT_REGIONS`, `AIM_LOCK` (`format.md` §3.16, §3.18).

use super::super::ground::flat_u;
use super::super::player::Player;
use super::super::text::{F1, F2, row};
use super::{Section, Tracker};

/// Aims are looked at so often, ms.
pub(super) const AIM_STEP_MS: i64 = 400;
/// An aim lost for longer is a new one, ms.
const AIM_GAP_MS: i64 = 800;
/// Hits with their regions are recorded up to so many.
const MOST_REGIONS: usize = 5000;
/// The region that is the head.
const HEAD: u8 = 0;

/// A hit.
#[derive(Clone, Copy)]
pub(in crate::sample) struct Hit {
    pub(in crate::sample) by: usize,
    pub(in crate::sample) target: usize,
    pub(in crate::sample) damage: i64,
    pub(in crate::sample) weapon: u8,
    /// 0 head, 1 arms, 2 body, 3 legs; explosions have none.
    pub(in crate::sample) region: Option<u8>,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    shots: i64,
    hits: i64,
    kills: i64,
    headshots: i64,
}

/// Somebody keeps his aim on an enemy.
#[derive(Clone, Copy)]
struct Aim {
    target: usize,
    start_ms: i64,
    last_ms: i64,
    errors_deg: f32,
    distances_u: f32,
    samples: usize,
}

/// What is known of shots, by slot.
pub(super) struct Shots {
    counts: Vec<Vec<(u8, Counts)>>,
    has_hit: Vec<bool>,
    regions: usize,
    aims: Vec<Option<Aim>>,
}

impl Shots {
    pub(super) fn new(count: usize) -> Self {
        Self {
            counts: vec![Vec::new(); count],
            has_hit: vec![false; count],
            regions: 0,
            aims: vec![None; count],
        }
    }

    fn counts(&mut self, slot: usize, weapon: u8) -> &mut Counts {
        let of = &mut self.counts[slot];
        let known = of.iter().position(|(number, _)| *number == weapon);
        let nth = known.unwrap_or_else(|| {
            of.push((weapon, Counts::default()));
            of.len() - 1
        });
        &mut of[nth].1
    }
}

impl Tracker<'_> {
    pub(in crate::sample) fn shot(&mut self, t_ms: i64, slot: usize, weapon: u8, player: &Player) {
        self.shots.counts(slot, weapon).shots += 1;
        // Cut, not rounded, as the tracker does.
        let [x, y, z] = player.position.map(|axis| axis as i64);
        row!(self.rows.of(Section::Shots); t_ms, player.who().0, weapon, x, y, z, F2(player.yaw), F2(player.pitch));
    }

    /// Damage to an enemy, dead or alive, before his health is less.
    pub(in crate::sample) fn hit(&mut self, t_ms: i64, hit: &Hit, players: &[Player]) {
        self.fight(t_ms, hit.by, hit.target, hit.damage, players);
        self.teams.damage(t_ms, hit);
        let counts = self.shots.counts(hit.by, hit.weapon);
        counts.hits += 1;
        counts.headshots += i64::from(hit.region == Some(HEAD));
        // The first hit of a round only tells the tracker where the counters stand.
        let is_first = !std::mem::replace(&mut self.shots.has_hit[hit.by], true);
        let Some(region) = hit
            .region
            .filter(|_| !is_first && self.shots.regions < MOST_REGIONS)
        else {
            return;
        };
        self.shots.regions += 1;
        let (by, target) = (players[hit.by].who(), players[hit.target].who());
        row!(self.rows.of(Section::Regions); t_ms, by.0, by.1, target.0, target.1, hit.weapon, region, hit.damage);
    }

    pub(super) fn count_kill(&mut self, slot: usize, weapon: u8) {
        self.shots.counts(slot, weapon).kills += 1;
    }

    /// Who has whom in his sights.
    pub(super) fn aims(&mut self, t_ms: i64, players: &[Player]) {
        for (slot, player) in players.iter().enumerate() {
            let aimed = player.is_alive() && player.is_tracked && player.fight.aimed_ms <= t_ms;
            let target = player.fight.target.filter(|_| aimed);
            let aim = self.shots.aims[slot];
            if aim.is_some_and(|aim| {
                Some(aim.target) != target && (target.is_some() || t_ms - aim.last_ms > AIM_GAP_MS)
            }) {
                self.close_aim(slot, players);
            }
            let Some(target) = target else { continue };
            let aim = self.shots.aims[slot].get_or_insert(Aim {
                target,
                start_ms: t_ms,
                last_ms: t_ms,
                errors_deg: 0.0,
                distances_u: 0.0,
                samples: 0,
            });
            aim.last_ms = t_ms;
            aim.samples += 1;
            // The better he aims the less he is off; it also depends on how he moves.
            aim.errors_deg += (0.6 + player.speed() / 90.0) / player.seat.person.skill;
            aim.distances_u += flat_u(player.position, players[target].position);
        }
    }

    pub(super) fn close_aim(&mut self, slot: usize, players: &[Player]) {
        let Some(aim) = self.shots.aims[slot].take() else {
            return;
        };
        // Where looks were missed, only so much is credited as there were looks.
        let most_ms = (aim.samples as i64 + 1) * AIM_STEP_MS;
        let duration_ms = (aim.last_ms - aim.start_ms).min(most_ms);
        if duration_ms < AIM_STEP_MS {
            return;
        }
        let (guid, name) = players[slot].who();
        let (target_guid, target_name) = players[aim.target].who();
        let count = aim.samples as f32;
        row!(
            self.rows.of(Section::Aims); aim.start_ms, aim.last_ms, duration_ms, guid, name, players[slot].team().tag(), target_guid,
            target_name, F1(aim.errors_deg / count), (aim.distances_u / count) as i64, aim.samples,
        );
    }

    pub(super) fn end_shots(&mut self, players: &[Player]) {
        for (slot, player) in players.iter().enumerate() {
            self.close_aim(slot, players);
            let (guid, name) = player.who();
            for (weapon, counts) in &self.shots.counts[slot] {
                row!(
                    &mut self.rows.0[Section::Accuracy as usize]; guid, name, player.team().tag(), *weapon, counts.shots, counts.hits,
                    counts.kills, counts.headshots,
                );
            }
        }
    }
}
