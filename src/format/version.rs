//! Which tracker wrote a file, told by its content.
//!
//! The banner is not the version: `…_V5` was written by 4.2 and by 5.0 with different meanings, `…_V6` by all of 6.x, and only 6.11
//! states its version. What tells them apart is which header keys stand where, which sections exist, and how many columns two
//! of them have.

use super::SectionInfo;
use super::header::Header;
use super::track::TrackRow;

/// Files whose sections mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// 3.0: engagements and heatmaps, no lives.
    V3,
    /// 4.0 to 4.2: lives; no team sections.
    V4,
    /// The one 4.2 state with banner V5: team sections computed after the round, with other meanings than in 5.0.
    V4PostHoc,
    /// 5.0: team sections recorded live.
    V5,
    /// 6.01 and later.
    V6,
    /// A banner later than any known.
    Newer,
}

impl Family {
    /// All of them, oldest first.
    pub const ALL: [Self; 6] = [
        Self::V3,
        Self::V4,
        Self::V4PostHoc,
        Self::V5,
        Self::V6,
        Self::Newer,
    ];
}

/// The detected version.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Version {
    /// Files of one family are read by the same rules.
    pub family: Family,
    /// The version or the narrowest range that the content allows, such as `6.11` or `4.2 (a or b)`.
    pub label: String,
    /// What in the file decided it.
    pub reason: String,
}

impl Version {
    fn new(family: Family, label: &str, reason: impl Into<String>) -> Self {
        Self {
            family,
            label: label.to_owned(),
            reason: reason.into(),
        }
    }

    /// Sections that a complete file of this version has even when they hold no row.
    pub fn unconditional_sections(&self) -> &'static [&'static str] {
        match self.family {
            Family::V3 => &["ENGAGEMENTS", "KILL_HEATMAP", "MOVEMENT_HEATMAP"],
            Family::V4PostHoc => &[
                "ENGAGEMENTS",
                "PLAYER_TRACKS",
                "KILL_HEATMAP",
                "MOVEMENT_HEATMAP",
                "SPAWN_TIMING",
                "TEAM_COHESION",
                "CROSSFIRE_OPPORTUNITIES",
                "TEAM_PUSHES",
                "TRADE_KILLS",
            ],
            _ => &[
                "ENGAGEMENTS",
                "PLAYER_TRACKS",
                "KILL_HEATMAP",
                "MOVEMENT_HEATMAP",
            ],
        }
    }

    /// Whether all times count from the moment the round went live (6.02c and later for certain only from 6.10 on).
    pub fn is_reanchored(&self) -> bool {
        self.label == "6.11" || self.label.starts_with("6.10") || self.family == Family::Newer
    }
}

/// Column counts of the two sections that grew with 6.01b.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LateColumns {
    spawn_timing: usize,
    combat_positions: usize,
}

impl LateColumns {
    pub(crate) fn note(&mut self, section: &str, columns: usize) {
        match section {
            "SPAWN_TIMING" => self.spawn_timing = self.spawn_timing.max(columns),
            "COMBAT_POSITIONS" => self.combat_positions = self.combat_positions.max(columns),
            _ => {}
        }
    }
}

/// What detection looks at.
pub(crate) struct Evidence<'a> {
    pub(crate) header: &'a Header,
    pub(crate) sections: &'a [SectionInfo],
    pub(crate) tracks: &'a [TrackRow],
    pub(crate) late_columns: LateColumns,
}

impl Evidence<'_> {
    fn has(&self, section: &str) -> bool {
        self.sections.iter().any(|known| known.name == section)
    }

    fn first_of(&self, sections: &[&'static str]) -> Option<&'static str> {
        sections.iter().copied().find(|section| self.has(section))
    }
}

pub(crate) fn detect(evidence: &Evidence<'_>) -> Version {
    match evidence.header.banner {
        3 => Version::new(Family::V3, "3.0", "banner V3"),
        4 => banner_4(evidence),
        5 => banner_5(evidence),
        6 => banner_6(evidence),
        n => {
            let label = evidence
                .header
                .tracker_version_full
                .as_deref()
                .unwrap_or("unknown");
            Version::new(
                Family::Newer,
                label,
                format!("banner V{n} is later than any known"),
            )
        }
    }
}

fn banner_4(evidence: &Evidence<'_>) -> Version {
    let family = Family::V4;
    if evidence.header.position("round_start_unix").is_none() {
        return match evidence.tracks.first() {
            Some(life) if life.death_type.is_none() => Version::new(
                family,
                "4.0",
                "banner V4, no round_start_unix, lives have 9 columns",
            ),
            Some(_) => Version::new(
                family,
                "4.1",
                "banner V4, no round_start_unix, lives have 10 columns",
            ),
            None => Version::new(
                family,
                "4.0 or 4.1",
                "banner V4, no round_start_unix, no life to tell by",
            ),
        };
    }
    if evidence.has("REACTION_METRICS") {
        let reason = "banner V4, round_start_unix, REACTION_METRICS";
        return match evidence.header.round {
            Some(2) => Version::new(
                family,
                "4.2 (e)",
                format!("{reason}; a right round number 2 came with e"),
            ),
            _ => Version::new(family, "4.2 (c to e)", reason),
        };
    }
    let reason = "banner V4, round_start_unix, no REACTION_METRICS";
    let has_engagements = evidence
        .sections
        .iter()
        .any(|s| s.name == "ENGAGEMENTS" && s.rows > 0);
    if has_engagements {
        Version::new(family, "4.2 (a or b)", reason)
    } else {
        Version::new(
            family,
            "4.2",
            format!("{reason}, but also no engagement to have reactions"),
        )
    }
}

fn banner_5(evidence: &Evidence<'_>) -> Version {
    let place = |key| evidence.header.position(key);
    if let (Some(interval), Some(start)) = (place("axis_spawn_interval"), place("round_start_unix"))
        && interval < start
    {
        let reason = "banner V5, but the spawn intervals stand before round_start_unix";
        return Version::new(Family::V4PostHoc, "4.2 (f)", reason);
    }
    let family = Family::V5;
    if let Some(section) = evidence.first_of(&["HIT_REGIONS", "COMBAT_POSITIONS"]) {
        return Version::new(family, "5.0 (c)", format!("banner V5, {section}"));
    }
    if let Some(section) = evidence.first_of(&["KILL_OUTCOME", "REVIVES", "WEAPON_ACCURACY"]) {
        return Version::new(
            family,
            "5.0 (b)",
            format!("banner V5, {section} but no HIT_REGIONS"),
        );
    }
    match evidence.header.axis_spawn_interval {
        Some(0) => Version::new(
            family,
            "5.0 (a)",
            "banner V5, spawn interval 0, no section of later states",
        ),
        _ => Version::new(
            family,
            "5.0",
            "banner V5, no section that tells its states apart",
        ),
    }
}

fn banner_6(evidence: &Evidence<'_>) -> Version {
    let family = Family::V6;
    if let Some(full) = &evidence.header.tracker_version_full {
        return Version::new(family, full, "the file states its version");
    }
    let v610 = ["AIM_LOCK", "SPAWN_SELECT", "SKILL_SNAPSHOT", "COMM_EVENTS"];
    if let Some(section) = evidence.first_of(&v610) {
        return Version::new(
            family,
            "6.10",
            format!("banner V6, {section}, no stated version"),
        );
    }
    if evidence.has("SHOT_FIRED") {
        return Version::new(
            family,
            "6.02 or 6.10",
            "banner V6, SHOT_FIRED, no section of 6.10",
        );
    }
    let LateColumns {
        spawn_timing,
        combat_positions,
    } = evidence.late_columns;
    if spawn_timing >= 12 || combat_positions >= 21 {
        return Version::new(
            family,
            "6.01 (b) to 6.10",
            "banner V6, 12 columns of SPAWN_TIMING or 21 of COMBAT_POSITIONS, no later section",
        );
    }
    if spawn_timing > 0 || combat_positions > 0 {
        return Version::new(
            family,
            "6.01 (a)",
            "banner V6, 10 columns of SPAWN_TIMING or 18 of COMBAT_POSITIONS",
        );
    }
    Version::new(
        family,
        "6.01 to 6.10",
        "banner V6, no section that tells its states apart",
    )
}
