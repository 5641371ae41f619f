//! The bundled table of known maps: world rectangle and objectives.
//!
//! Facts only, read from the worldspawn and marker entities of released maps; a user's own map files always win over it. A map may be known
//! without objectives; that says that their places are not known here, not that it has none. Pictures are not part of it (see
//! [`picture`](super::picture)).

use super::bounds::WorldRect;
use super::objective::Objective;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::OnceLock;

const BUNDLED: &[u8] = include_bytes!("../../assets/maps/known_maps.json");

/// What the table says about one map.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownMap {
    /// The map's name as a server reports it (`mapname`), lower case.
    pub name: String,
    /// Other maps that share its geometry, lower case. They are other releases, so a match by one of these is worth a word to the user.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// World rectangle of the command map picture.
    pub bounds: WorldRect,
    /// Known objectives; empty when none is known.
    #[serde(default)]
    pub objectives: Vec<Objective>,
}

impl KnownMap {
    /// The objective with this id, as written in round files.
    pub fn objective(&self, id: &str) -> Option<&Objective> {
        self.objectives.iter().find(|objective| objective.id == id)
    }
}

/// A row found for a map's name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownMatch<'a> {
    /// The row.
    pub map: &'a KnownMap,
    /// Whether the row is about this very map.
    pub by: MatchedBy,
}

/// How a name led to its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchedBy {
    /// The row is about the map of this name.
    Name,
    /// The row is about another release with the same geometry: say so where it is used.
    Alias,
}

/// Maps by name.
#[derive(Clone, Debug, Default)]
pub struct KnownMaps {
    maps: Vec<KnownMap>,
    index_by_name: HashMap<String, (usize, MatchedBy)>,
}

impl KnownMaps {
    /// The table that is part of the program, read on first use.
    ///
    /// # Panics
    /// Never in a built program: the table is compiled in, and a test reads it.
    pub fn bundled() -> &'static Self {
        static TABLE: OnceLock<KnownMaps> = OnceLock::new();
        TABLE.get_or_init(|| Self::from_json(BUNDLED).expect("the bundled map table can be read"))
    }

    /// Reads a table: `{"about": "...", "maps": [{"name", "aliases"?, "bounds": {"left", "top", "right", "bottom"}, "objectives"?}]}`.
    ///
    /// # Errors
    /// When the bytes are no such JSON, a rectangle or coordinate is senseless, or a name, alias or objective id is there twice.
    pub fn from_json(json: &[u8]) -> Result<Self, TableError> {
        let file: TableFile =
            serde_json::from_slice(json).map_err(|error| TableError(error.to_string()))?;
        let mut table = Self::default();
        for map in file.maps {
            check_objectives(&map)?;
            let row = table.maps.len();
            let names = std::iter::once((&map.name, MatchedBy::Name));
            let aliases = map.aliases.iter().map(|alias| (alias, MatchedBy::Alias));
            for (name, by) in names.chain(aliases) {
                if table
                    .index_by_name
                    .insert(name.to_ascii_lowercase(), (row, by))
                    .is_some()
                {
                    return Err(TableError(format!("map {name} is in the table twice")));
                }
            }
            table.maps.push(map);
        }
        Ok(table)
    }

    /// The row for a map's name, in any case, and whether it is about that very map. `None` for maps that are not in the table; there is no
    /// guessing by similar names.
    pub fn lookup(&self, map_name: &str) -> Option<KnownMatch<'_>> {
        let &(row, by) = self.index_by_name.get(&map_name.to_ascii_lowercase())?;
        Some(KnownMatch {
            map: &self.maps[row],
            by,
        })
    }

    /// All rows in the table's order.
    pub fn maps(&self) -> &[KnownMap] {
        &self.maps
    }
}

/// Why a table cannot be read, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError(String);

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "map table: {}", self.0)
    }
}

impl std::error::Error for TableError {}

/// The table as it is written down.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    /// For people who open the file.
    #[serde(default, rename = "about")]
    _about: String,
    maps: Vec<KnownMap>,
}

fn check_objectives(map: &KnownMap) -> Result<(), TableError> {
    let mut ids = HashSet::new();
    for objective in &map.objectives {
        let place = [objective.x, objective.y, objective.z, objective.radius_u];
        if !place.iter().all(|number| number.is_finite()) || objective.radius_u <= 0.0 {
            return Err(TableError(format!(
                "{}: {} has no proper place",
                map.name, objective.id
            )));
        }
        if !ids.insert(objective.id.as_str()) {
            return Err(TableError(format!(
                "{}: {} is there twice",
                map.name, objective.id
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::objective::ObjectiveKind;
    use super::*;

    fn known(name: &str) -> &'static KnownMap {
        KnownMaps::bundled().lookup(name).expect(name).map
    }

    #[test]
    fn the_bundled_table_is_whole() {
        let table = KnownMaps::bundled();
        assert_eq!(table.maps().len(), 21);
        let objectives: usize = table.maps().iter().map(|map| map.objectives.len()).sum();
        assert_eq!(objectives, 72);
        for map in table.maps() {
            assert_eq!(map.name, map.name.to_ascii_lowercase());
        }
    }

    #[test]
    fn facts_are_as_the_maps_say() {
        let supply = known("supply");
        assert_eq!(
            supply.bounds,
            WorldRect::new(-3200.0, 3200.0, 3200.0, -3200.0).unwrap()
        );
        let crane = supply.objective("crane_controls").unwrap();
        assert_eq!(
            (crane.x, crane.y, crane.z, crane.radius_u),
            (656.0, -1360.0, 372.0, 500.0)
        );
        assert_eq!(crane.name, "Crane Controls");
        assert_eq!(
            supply.objective("truck").unwrap().kind,
            ObjectiveKind::Escort
        );
        assert_eq!(supply.objective("Truck"), None);

        let beach = known("etl_beach");
        assert_eq!(
            (beach.bounds.width_u(), beach.bounds.height_u()),
            (10180.0, 10681.0)
        );
        assert_eq!(beach.objectives, []);
    }

    #[test]
    fn our_own_map_has_all_its_objectives() {
        let sandpit = known("sandpit");
        assert_eq!(
            sandpit.bounds,
            WorldRect::new(-2816.0, 2816.0, 2816.0, -2816.0).unwrap()
        );
        let kinds: Vec<_> = sandpit
            .objectives
            .iter()
            .map(|o| (o.id.as_str(), o.kind, o.x, o.y, o.z))
            .collect();
        assert_eq!(
            kinds,
            [
                ("depot_wall", ObjectiveKind::Dynamite, 1280.0, 0.0, 64.0),
                ("depot_plans", ObjectiveKind::Documents, 1568.0, -32.0, 16.0),
                (
                    "transmitter",
                    ObjectiveKind::Transmitter,
                    -1440.0,
                    640.0,
                    16.0
                ),
                (
                    "north_court_flag",
                    ObjectiveKind::Flag,
                    -160.0,
                    1408.0,
                    16.0
                ),
                ("footbridge", ObjectiveKind::Construct, 464.0, 1152.0, 16.0),
                (
                    "allied_command_post",
                    ObjectiveKind::CommandPost,
                    -112.0,
                    1760.0,
                    16.0
                ),
                (
                    "axis_command_post",
                    ObjectiveKind::CommandPost,
                    1600.0,
                    -256.0,
                    16.0
                ),
            ]
        );
    }

    #[test]
    fn objectives_lie_on_their_map() {
        for map in KnownMaps::bundled().maps() {
            for objective in &map.objectives {
                assert!(
                    map.bounds.contains(objective.x, objective.y),
                    "{}: {}",
                    map.name,
                    objective.id
                );
            }
        }
    }

    #[test]
    fn names_are_found_in_any_case_and_aliases_say_so() {
        let table = KnownMaps::bundled();
        let by_name = table.lookup("Frostbite").unwrap();
        assert_eq!(
            (by_name.map.name.as_str(), by_name.by),
            ("frostbite", MatchedBy::Name)
        );
        let by_alias = table.lookup("ETL_frostbite").unwrap();
        assert_eq!(
            (by_alias.map.name.as_str(), by_alias.by),
            ("frostbite", MatchedBy::Alias)
        );
    }

    #[test]
    fn unknown_maps_are_not_guessed() {
        for name in ["", "suppl", "supply ", "supply2", "etl_supply", "goldrush"] {
            assert_eq!(KnownMaps::bundled().lookup(name), None, "{name:?}");
        }
    }

    #[test]
    fn bad_tables_are_refused_with_a_reason() {
        let map = r#"{"name":"a","bounds":{"left":0,"top":1,"right":1,"bottom":0}}"#;
        let refused = |maps: &str| {
            let json = format!(r#"{{"maps":[{maps}]}}"#);
            KnownMaps::from_json(json.as_bytes())
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            refused(&format!("{map},{}", map.replace("\"a\"", "\"A\""))),
            "map table: map A is in the table twice"
        );
        let alias =
            r#"{"name":"b","aliases":["a"],"bounds":{"left":0,"top":1,"right":1,"bottom":0}}"#;
        assert_eq!(
            refused(&format!("{map},{alias}")),
            "map table: map a is in the table twice"
        );
        assert!(refused(&map.replace("\"right\":1", "\"right\":0")).contains("on one line"));

        let objective = r#"{"id":"o","name":"O","kind":"flag","x":0,"y":0,"z":0}"#;
        let with =
            |list: &str| map.replace("\"bounds\"", &format!("\"objectives\":[{list}],\"bounds\""));
        assert_eq!(
            refused(&with(&format!("{objective},{objective}"))),
            "map table: a: o is there twice"
        );
        let flat = objective.replace("\"z\":0", "\"z\":0,\"radius_u\":0");
        assert_eq!(refused(&with(&flat)), "map table: a: o has no proper place");
        assert!(KnownMaps::from_json(b"[]").is_err());
        assert!(KnownMaps::from_json(b"").is_err());
    }
}
