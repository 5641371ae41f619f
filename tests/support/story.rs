//! Small rounds written as the text of a file, so that numbers can be worked out by hand.

use sandtable::format;
use sandtable::model::{Provenance, Round};
use std::fmt::Write as _;

/// A file in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Story {
    /// Rows of `ENGAGEMENTS`.
    pub(crate) engagements: Vec<String>,
    /// Rows of `PLAYER_TRACKS`.
    pub(crate) tracks: Vec<String>,
    /// Further sections: name and rows.
    pub(crate) sections: Vec<(&'static str, Vec<String>)>,
}

/// One attacker: name, team, damage, first hit, last hit, made the kill.
pub(crate) type Attacker<'a> = (&'a str, &'a str, i64, i64, i64, bool);

impl Story {
    /// An engagement of `target` (name and team) from `start` to `end` at (x, y), 0. GUIDs are made of names; names that begin with `bot`
    /// have none. A killer is named by the attacker who made the kill.
    pub(crate) fn engagement(
        &mut self,
        target: (&str, &str),
        (start, end): (i64, i64),
        outcome: &str,
        (x, y): (i64, i64),
        attackers: &[Attacker<'_>],
    ) -> &mut Self {
        let id = self.engagements.len() + 1;
        let total: i64 = attackers.iter().map(|attacker| attacker.2).sum();
        let killer = attackers.iter().find(|attacker| attacker.5);
        let (killer_guid, killer_name) = killer.map_or((String::new(), ""), |k| (guid(k.0), k.0));
        let first = attackers
            .iter()
            .map(|attacker| attacker.3)
            .min()
            .unwrap_or(start);
        let quick: Vec<_> = attackers.iter().filter(|a| a.3 - first <= 1000).collect();
        let is_crossfire = quick.len() >= 2;
        let delay = if is_crossfire {
            (quick[1].3 - quick[0].3).to_string()
        } else {
            String::new()
        };
        let names: Vec<String> = quick
            .iter()
            .filter(|_| is_crossfire)
            .map(|a| guid(a.0))
            .collect();
        let list = attackers
            .iter()
            .map(|(name, team, damage, first, last, kill)| {
                let (guid, kill) = (guid(name), u8::from(*kill));
                format!("{guid},{name},{team},{damage},1,{first},{last},{kill},8:1;")
            });
        self.engagements.push(format!(
            "{id};{start};{end};{};{};{};{};{outcome};{total};{killer_guid};{killer_name};{};{};{delay};{};{x}.0;{y}.0;0.0;{x}.0;{y}.0;0.0;120.0;{start},{x}.0,{y}.0,0.0,start;{}",
            end - start,
            guid(target.0),
            target.0,
            target.1,
            attackers.len(),
            u8::from(is_crossfire),
            names.join(","),
            list.collect::<Vec<_>>().join("|")
        ));
        self
    }

    /// A life of `player` (name and team) with points (time, x, y) of full health; the last is the death, of the kind `end`.
    pub(crate) fn life(
        &mut self,
        player: (&str, &str),
        points: &[(i64, i64, i64)],
        end: &str,
    ) -> &mut Self {
        let mut path = String::new();
        let last = points.len() - 1;
        for (nth, (t, x, y)) in points.iter().enumerate() {
            let event = if nth == 0 {
                "spawn"
            } else if nth == last {
                end
            } else {
                "sample"
            };
            let (health, speed) = if nth == last { (0, 0) } else { (100, 100) };
            let bar = if nth == 0 { "" } else { "|" };
            let _ = write!(
                path,
                "{bar}{t},{x}.0,{y}.0,0.0,{health},{speed}.0,8,0,0,{event}"
            );
        }
        self.tracks.push(format!(
            "{};{};{};MEDIC;{};{};;{end};{};{path}",
            guid(player.0),
            player.0,
            player.1,
            points[0].0,
            points[last].0,
            points.len()
        ));
        self
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> String {
        let mut text = String::from(
            "# PROXIMITY_TRACKER_V6\n# map=nowhere\n# round=1\n# crossfire_window=1000\n# escape_time=5000\n# escape_distance=300\n# position_sample_interval=200\n",
        );
        let none = Vec::new();
        let sections = [
            ("ENGAGEMENTS", &self.engagements),
            ("PLAYER_TRACKS", &self.tracks),
            ("KILL_HEATMAP", &none),
            ("MOVEMENT_HEATMAP", &none),
        ];
        let more = self.sections.iter().map(|(name, rows)| (*name, rows));
        for (name, rows) in sections.into_iter().chain(more) {
            let _ = writeln!(text, "\n# {name}");
            for row in rows {
                let _ = writeln!(text, "{row}");
            }
        }
        text
    }

    /// The round of the file.
    ///
    /// # Panics
    /// When a row cannot be read, which is a mistake in the story.
    pub(crate) fn round(&self) -> Round {
        let document = format::read(self.text().as_bytes()).expect("a round file");
        assert_eq!(
            document.problems.count(format::Severity::Error),
            0,
            "{:?}",
            document.problems.kept()
        );
        assert_eq!(
            document.engagements.table.rows.len(),
            self.engagements.len()
        );
        assert_eq!(document.tracks.rows.len(), self.tracks.len());
        Round::build(document, Provenance::default())
    }
}

/// The GUID of a name: none for bots.
pub(crate) fn guid(name: &str) -> String {
    if name.starts_with("bot") {
        String::new()
    } else {
        format!("GUID{name}")
    }
}
