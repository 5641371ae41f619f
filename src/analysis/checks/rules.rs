//! The table of rules: what each finds, why that matters, which constants it uses, and what trackers are known to do.

use crate::model::Severity;
use serde::{Serialize, Serializer};

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which.
    pub id: RuleId,
    /// Its name: stable, lower case, words joined by `-`.
    pub name: &'static str,
    /// How much one finding matters.
    pub severity: Severity,
    /// What it finds.
    pub finds: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// Fields of [`super::Params`] that it uses.
    pub constants: &'static [&'static str],
    /// What trackers are known to do that makes it fire, or that it allows for.
    pub known: &'static str,
}

macro_rules! rules {
    ($($id:ident $name:literal $severity:ident [$($constant:literal)*] $finds:literal $why:literal $known:literal;)+) => {
        /// Names a rule; in JSON by its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum RuleId {
            $(#[doc = $finds] $id),+
        }

        /// All rules, in the order of [`RuleId`].
        pub const RULES: &[Rule] = &[
            $(Rule {
                id: RuleId::$id,
                name: $name,
                severity: Severity::$severity,
                finds: $finds,
                why: $why,
                constants: &[$($constant),*],
                known: $known,
            }),+
        ];
    };
}

impl RuleId {
    /// The rule itself.
    pub fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }
}

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.rule().name)
    }
}

rules! {
    // The file as a whole.
    CutFile "cut-file" Error []
        "The file ends before its end: a last line without line end, a heading without rows, or sections that every complete file has."
        "What follows the cut is missing from every number."
        "A writer that crashes leaves such a file, and often writes a second copy some seconds later (6.02a, 6.10). Trackers up to 6.11 write no closing line, so its lack means nothing there.";
    RefusedRows "refused-rows" Error []
        "Rows, path points or list items that could not be read; one finding per section."
        "They are missing from every number."
        "The reader lists each of them with its cause.";
    ReaderDoubts "reader-doubts" Warning []
        "Other things the reader met: values it could not take, unknown or repeated sections, rows outside sections; one finding per kind."
        "Something was written by a tracker unlike the known ones, or the file was edited."
        "`nan` in `push_quality` and similar columns counts here.";
    DuplicateRow "duplicate-row" Warning []
        "Two equal rows in one section."
        "Sums count the thing twice."
        "Hits and shots are left out: two equal ones in one server frame happen. So are lives, which have a rule of their own.";
    RoundNumber "round-number" Note []
        "File name, header and side files disagree about the number of the round."
        "A match may be paired wrongly."
        "Trackers up to 4.2d count from 0 or write 1 for both rounds.";
    MapName "map-name" Warning []
        "The file's name says another map than its header."
        "One of the two is wrong; the header counts."
        "Nothing known writes this: the file was renamed or edited.";

    // The clock.
    ClockNegative "clock-negative" Warning []
        "Times before zero."
        "Zero is not the start of the round: file times cannot be put beside other clocks."
        "Versions up to 4.2e and 5.0a subtract two different clocks, with a skew of either sign.";
    ClockInflated "clock-inflated" Warning []
        "Zero lies long before the first spawn."
        "All times are too late by warm-up or idle time."
        "Versions before 6.02c count from the load of the map.";
    ClockStaleSpawns "clock-stale-spawns" Warning []
        "Lives whose recorded spawn is later than the samples behind it."
        "Durations by the file's own columns are negative; here such a life counts from its first sample."
        "From 6.02c on the clock is set anew when the round goes live, and who spawned before carries the old time.";
    ClockWall "clock-wall" Warning []
        "Clock and calendar disagree on the length of the round by more than 5 s."
        "A pause, or a server that does not run in real time: times of day cannot be told from the clock."
        "Times run on in a pause in all versions but one.";
    ClockOutliers "clock-outliers" Warning []
        "Samples more than six hours from the middle of the round."
        "They are garbage; they do not count for the length of the round."
        "Nothing known writes this.";

    // Samples.
    SampleGap "sample-gap" Warning ["gap_cadences"]
        "More time without a sample inside a life than a number of cadences, also from spawn to first and from last sample to end."
        "Where the player was meanwhile is not known; time in the gap counts nowhere."
        "Server hitches; a pause in versions whose clock runs on; before 4.2d spawns in the warm-up, as samples begin with the round.";
    SampleOrder "sample-order" Warning []
        "Samples of a life that are not in order of time."
        "The path is sorted before use; a sample with a wrong time stands in a wrong place."
        "A stale spawn sample is reported as `clock-stale-spawns` and not here.";
    Jump "jump" Warning []
        "Two neighbouring samples over 300 u apart at more than 1200 u/s, limbo left out."
        "No player moves so: a teleport of the map, or positions of somebody else."
        "Maps with teleporters. Up to 4.2e the clock is the process's: on a server faster than real time everybody is too fast. The jump of the last point to the end of the round is `round-end-place`.";
    RoundEndPlace "round-end-place" Note []
        "The last point of lives that lasted to the end of the round lies where the camera stands then; one finding for all."
        "Nobody went there: the point says when the life ended, not where."
        "All versions on a real server: the point is written in the first frame of the intermission, when everybody has been moved.";
    LimboGhost "limbo-ghost" Warning []
        "Samples of a life taken while the player was in limbo; one finding per life."
        "They carry the place of the player he watches. They are left out of all our numbers, and the reference counts them."
        "All versions open a track for who joins in mid-round and goes to limbo.";
    SampleAfterDeath "sample-after-death" Error []
        "Samples later than the end of their life, or without health before it and not in limbo; one finding per life."
        "The end or the samples are wrong; they count nowhere."
        "Nothing known writes this.";
    SampleCount "sample-count" Warning []
        "A life that declares another number of samples than it has, points that could not be read included."
        "Points were lost on the way."
        "Nothing known writes this: the row was cut or edited.";
    CadenceDrift "cadence-drift" Warning ["cadence_tolerance_ms"]
        "The median time between samples differs from the declared interval."
        "Who reckons with the declared interval gets wrong times. We sum real steps."
        "The interval is kept only to whole server frames; a server run faster than real time skips some.";

    // Lives.
    LifeEmpty "life-without-samples" Warning []
        "A life without a single sample."
        "Nothing is known of it but its ends."
        "Points that could not be read are reported as `refused-rows`.";
    LifeBackwards "life-backwards" Warning []
        "A life that ends before it begins, stale spawns left out."
        "It counts as a life of no length."
        "Two clocks with a skew.";
    DuplicateLife "duplicate-life" Error []
        "A player's life with the spawn time, the end and the number of samples of another of his."
        "Everything it holds is counted twice."
        "6.10 before 17 August 2026 wrote all tracks over and over after an error at the end of the round.";
    OverlappingLives "overlapping-lives" Error []
        "Two lives of one player at the same time."
        "He is in two places at once."
        "Two clients with one GUID, or two bots without GUID and of one name: they are one player here.";
    KilledWithoutRow "killed-without-row" Warning ["same_death_ms"]
        "A life that ended with a death of which neither an engagement nor a kill row tells."
        "The death has no killer and no weapon."
        "The 4.2 of March 2026 writes no engagement for deaths by oneself or by the world; those are left out.";
    SharedGuid "empty-guid" Note []
        "Players without GUID."
        "Sections that name players by GUID alone cannot tell them apart; trackers merge them as attackers."
        "Bots without `cl_guid`, in all versions from 4.2 on.";

    // Deaths.
    KillWithoutEnd "kill-without-death" Error ["same_death_ms"]
        "A death by engagement or kill row in the middle of the victim's life."
        "His samples go on as if he had not died."
        "Nothing known writes this.";
    DeathWhileAbsent "death-while-absent" Warning ["same_death_ms"]
        "A death of somebody who was in no life and not revived. Only in files that record revives."
        "A life or a revive is missing."
        "A revive of which neither `REVIVES` nor `KILL_OUTCOME` tells.";
    KillRows "kill-rows" Warning ["same_death_ms"]
        "`COMBAT_POSITIONS` and `ENGAGEMENTS` disagree on a kill: one has it alone, or they name different killers."
        "Kills by one section differ from kills by the other."
        "Only checked in files that have both.";

    // Fights.
    CorpseEngagement "corpse-engagement" Note []
        "An engagement opened on a dead body."
        "It inflates engagements and escapes; it is left out of our numbers."
        "All versions: the module does not look at the health of who is hit. Before 5.0b revives are not recorded, so some of the bodies were alive again.";
    EngagementOutsideLife "engagement-outside-life" Warning []
        "An engagement that opened while its target was in no life, bodies and revived players left out."
        "Who was hit where is not known."
        "Nothing known writes this.";
    AttackerAbsent "attacker-absent" Warning ["posthumous_ms"]
        "A hit by somebody in no life and not revived, except for some time after his death."
        "His life is missing, or the hit is booked on the wrong player."
        "Grenades, dynamite, mines and artillery outlive their owner. Without recorded revives (before 5.0b) the dead may have been revived and are left out.";
    DamageSum "damage-sum" Warning []
        "The total damage of an engagement is not the sum of its attackers' damage."
        "One of the two is wrong."
        "Deaths that nobody shot for have 0 or 100 in both.";
    AttackerCount "attacker-count" Warning []
        "The number of attackers is not the length of their list."
        "Shared kills and crossfires are counted by that number."
        "Players without GUID are one attacker in the number and in the list.";
    CrossfireFlag "crossfire-flag" Warning []
        "The crossfire columns are not what first hits and the declared window give."
        "Crossfire counts differ between file and reckoning."
        "Nothing known writes this.";
    EngagementDuration "engagement-duration" Warning []
        "The duration of an engagement is not its end less its start, or negative."
        "Mean durations are wrong."
        "An engagement that was open when the clock was set anew has a negative one.";

    // Rows that must add up.
    TradeArithmetic "trade-arithmetic" Warning ["trade_window_ms"]
        "A `TRADE_KILLS` row whose delay is not the difference of its times, or outside the window."
        "Trade delays are wrong."
        "Window 2000 ms in the 4.2 of March 2026, 3000 ms from 5.0 on.";
    SpawnTiming "spawn-timing" Warning ["offset_tolerance_ms" "ratio_tolerance"]
        "A `SPAWN_TIMING` row that contradicts the others of its team, the declared interval, or itself."
        "The reinforcement clock cannot be solved from it."
        "A pause shifts all rows behind it. 5.0a has interval 0 everywhere, which is not checked.";
    OutcomeArithmetic "kill-outcome-arithmetic" Warning []
        "A `KILL_OUTCOME` row whose delay or denied time does not follow from its other columns."
        "Denied time is wrong."
        "`tapped_out` adds almost a whole wave too much in all versions; up to one spawn interval is allowed for.";
    FocusSamples "focus-samples" Warning []
        "`OBJECTIVE_FOCUS` counts another number of samples than the player's lives hold."
        "Samples are missing from one of the two."
        "Only points of the kind `sample` count. Players without GUID share a row and are left out.";
    AimLock "aim-lock-length" Warning ["aim_step_ms"]
        "An `AIM_LOCK` row longer than its samples allow, or negative."
        "Lock times are inflated."
        "6.10 before 29 June 2026 did not close locks at death and credited open ones to the end of the round.";
    CarrierEfficiency "carrier-efficiency" Warning ["ratio_tolerance"]
        "A `CARRIER_EVENTS` row whose efficiency is outside 0 to 1 or not straight line by way, or whose duration is not drop less pick-up."
        "Carriers cannot be compared."
        "The way is sampled, so it may be shorter than the straight line; the quotient is cut at 1.";
    VehicleZeros "vehicle-zeros" Note []
        "Vehicles without any place, or escorts with time but without distance."
        "Zero means not captured here."
        "All versions before 12 August 2026.";
    PushQuality "push-quality" Note []
        "A `TEAM_PUSHES` row with a quality outside 0 to 1."
        "Who takes it for a share is wrong."
        "From 5.0 on it is alignment × speed / 300 and grows beyond 1; the reference cuts it.";

    // Heatmaps.
    MovementHeatmap "movement-heatmap" Warning []
        "A cell of `MOVEMENT_HEATMAP` whose traversals are not the samples in it."
        "Heatmap and paths tell different rounds."
        "Coordinates are rounded when written, so a sample on the edge of a cell may count in the next one.";
    KillHeatmap "kill-heatmap" Warning []
        "A cell of `KILL_HEATMAP` whose kills are not the engagements that ended in it with a death by somebody."
        "Heatmap and engagements tell different rounds."
        "Self and team kills are in it; deaths without a killer are not. Edges as for movement.";
}
