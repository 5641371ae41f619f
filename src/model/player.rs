//! Who played. Players are told apart by GUID; bots without one by their name, so that they are never merged.

use super::catalogue::Team;
use super::et_name;
use crate::format::{Document, Strings, Sym};
use rustc_hash::FxHashMap;

/// Index of a player in [`Players`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct PlayerId(pub u16);

impl PlayerId {
    /// As an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One player of a round.
#[derive(Clone, Debug)]
pub struct Player {
    /// GUID as written; empty for a bot without one.
    pub guid: Sym,
    /// The name of his last life, or the last one any row gives.
    pub name: Sym,
    /// That name without colour codes.
    pub plain_name: String,
    /// Every name he carried, in order of appearance.
    pub names: Vec<Sym>,
    /// Team of his first life, or the first one any row gives; he may change it between lives.
    pub team: Option<Team>,
    /// A bot, by GUID or name.
    pub is_bot: bool,
}

/// All players of a round, in order of appearance.
#[derive(Clone, Debug, Default)]
pub struct Players {
    all: Vec<Player>,
    by_guid: FxHashMap<Sym, PlayerId>,
    /// Those without GUID.
    by_name: FxHashMap<Sym, PlayerId>,
}

/// Whether a GUID column names no client but the world.
pub(crate) fn is_world(guid: &str) -> bool {
    guid.starts_with("WORLD_") || matches!(guid, "SLOT1022" | "SLOT1023" | "UNKNOWN")
}

fn is_bot(guid: &str, plain_name: &str) -> bool {
    let upper = guid
        .get(..7)
        .is_some_and(|start| start.eq_ignore_ascii_case("OMNIBOT"));
    upper || guid.is_empty() || plain_name.starts_with("[BOT]")
}

impl Players {
    /// Everybody who has a life or is named by an engagement or an event row.
    pub(crate) fn collect(document: &Document) -> Self {
        let mut players = Self::default();
        let strings = &document.strings;
        let mut add = |guid, name, team| {
            players.add(strings, guid, name, team);
        };
        for row in &document.tracks.rows {
            add(row.guid, row.name, row.team);
        }
        for row in &document.engagements.table.rows {
            add(row.target_guid, row.target_name, row.target_team);
        }
        for row in &document.engagements.attackers {
            add(row.guid, row.name, row.team);
        }
        for row in &document.tables.combat_positions.rows {
            add(row.atk_guid, row.atk_name, row.atk_team);
            add(row.vic_guid, row.vic_name, row.vic_team);
        }
        for row in &document.tables.weapon_accuracy.rows {
            add(row.player_guid, row.player_name, row.team);
        }
        for row in &document.tables.objective_focus.rows {
            add(row.guid, row.name, row.team);
        }
        players.settle_names(document);
        players
    }

    fn add(&mut self, strings: &Strings, guid: Sym, name: Sym, team: Sym) {
        if let Some(id) = self.find(guid, name) {
            let player = &mut self.all[id.index()];
            // Nearly every row repeats the name before it.
            if player.names.last() != Some(&name) && !player.names.contains(&name) {
                player.names.push(name);
            }
            return;
        }
        if is_world(strings.text(guid))
            || (guid.is_empty() && name.is_empty())
            || self.all.len() >= usize::from(u16::MAX)
        {
            return;
        }
        let id = PlayerId(self.all.len() as u16);
        if guid.is_empty() {
            self.by_name.insert(name, id);
        } else {
            self.by_guid.insert(guid, id);
        }
        self.all.push(Player {
            guid,
            name,
            plain_name: String::new(),
            names: vec![name],
            team: Team::from_tag(strings.text(team)),
            is_bot: false,
        });
    }

    /// Once all rows are seen: the name of the last life is the one to show.
    fn settle_names(&mut self, document: &Document) {
        for row in &document.tracks.rows {
            if let Some(id) = self.find(row.guid, row.name) {
                self.all[id.index()].name = row.name;
            }
        }
        for player in &mut self.all {
            player.plain_name = et_name::strip(document.strings.text(player.name)).into_owned();
            player.is_bot = is_bot(document.strings.text(player.guid), &player.plain_name);
        }
    }

    /// The player a row means by this GUID and name; `None` for the world and for nobody.
    pub fn find(&self, guid: Sym, name: Sym) -> Option<PlayerId> {
        let found = if guid.is_empty() {
            self.by_name.get(&name)
        } else {
            self.by_guid.get(&guid)
        };
        found.copied()
    }

    /// The player with this GUID, where a row gives no name. Bots without GUID cannot be found so.
    pub fn find_guid(&self, guid: Sym) -> Option<PlayerId> {
        self.by_guid.get(&guid).copied()
    }

    /// Number of players.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether nobody played.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All ids, in order of appearance.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = PlayerId> + ExactSizeIterator + use<> {
        (0..self.all.len() as u16).map(PlayerId)
    }

    /// All players with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (PlayerId, &Player)> {
        self.ids().zip(&self.all)
    }
}

impl std::ops::Index<PlayerId> for Players {
    type Output = Player;

    fn index(&self, id: PlayerId) -> &Player {
        &self.all[id.index()]
    }
}
