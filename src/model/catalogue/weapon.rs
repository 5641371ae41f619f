//! Weapons by `weapon_t` number.
//!
//! Names are the ones the game shows. They differ from the engine's words for the rifles: `WP_KAR98` is the engineer's "K43", `WP_CARBINE`
//! the engineer's "M1 Garand"; `WP_K43` and `WP_GARAND` are the covert ops' scoped rifles with the scope down.

/// One row of the weapon table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weapon {
    /// `weapon_t` of ET:Legacy; equal to the row's index in [`WEAPONS`].
    pub number: u8,
    /// Short lower-case word without blanks, stable, for exports and settings.
    pub id: &'static str,
    /// The engine's constant, such as `WP_MP40`.
    pub engine_name: &'static str,
    /// What a person reads.
    pub name: &'static str,
    /// What kind of weapon it is.
    pub category: WeaponCategory,
    /// The weapon of which this is another mode (scope up, tripod down, detonator in hand); its own number for all others. Totals per
    /// weapon usually want this one.
    pub base: u8,
}

/// Kinds of weapon, after the weapon types of the engine's own table (`bg_misc.c`), with the carried things told apart by use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WeaponCategory {
    /// Nothing in hand.
    None,
    /// Knives.
    Melee,
    /// Pistols, single, silenced or akimbo.
    Pistol,
    /// Submachine guns and the FG42 (which the engine counts among them).
    SubmachineGun,
    /// Rifles without a scope, or with the scope down.
    Rifle,
    /// Rifles with the scope up.
    ScopedRifle,
    /// Machine guns, carried, on their tripod or emplaced.
    MachineGun,
    /// The flamethrower.
    Flamethrower,
    /// Panzerfaust and bazooka.
    RocketLauncher,
    /// Mortars, carried or set.
    Mortar,
    /// Rifle grenades.
    RifleGrenade,
    /// Hand grenades.
    Grenade,
    /// Dynamite, mines, satchel charges.
    PlacedExplosive,
    /// Air strikes and artillery, and the marker that calls them.
    Support,
    /// What helps and does not hurt: packs, syringes, pliers, binoculars, smoke.
    Tool,
    /// Numbers that the engine uses for itself and no player holds.
    Internal,
}

impl WeaponCategory {
    /// What a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Melee => "Melee",
            Self::Pistol => "Pistol",
            Self::SubmachineGun => "Submachine gun",
            Self::Rifle => "Rifle",
            Self::ScopedRifle => "Scoped rifle",
            Self::MachineGun => "Machine gun",
            Self::Flamethrower => "Flamethrower",
            Self::RocketLauncher => "Rocket launcher",
            Self::Mortar => "Mortar",
            Self::RifleGrenade => "Rifle grenade",
            Self::Grenade => "Grenade",
            Self::PlacedExplosive => "Placed explosive",
            Self::Support => "Support fire",
            Self::Tool => "Tool",
            Self::Internal => "Internal",
        }
    }
}

/// The weapon of a `weapon_t` number, or `None` for a number the table does not have.
pub fn weapon(number: impl Into<i64>) -> Option<&'static Weapon> {
    WEAPONS.get(usize::try_from(number.into()).ok()?)
}

/// The weapon with this short id (`"mp40"`), exact case.
pub fn weapon_by_id(id: &str) -> Option<&'static Weapon> {
    WEAPONS.iter().find(|weapon| weapon.id == id)
}

/// One row whose weapon is no other weapon's mode.
const fn own(
    number: u8,
    id: &'static str,
    engine_name: &'static str,
    name: &'static str,
    category: WeaponCategory,
) -> Weapon {
    mode(number, id, engine_name, name, category, number)
}

/// One row whose weapon is a mode of the weapon `base`.
const fn mode(
    number: u8,
    id: &'static str,
    engine_name: &'static str,
    name: &'static str,
    category: WeaponCategory,
    base: u8,
) -> Weapon {
    Weapon {
        number,
        id,
        engine_name,
        name,
        category,
        base,
    }
}

use WeaponCategory as C;

/// All weapons, at the index of their number.
#[rustfmt::skip] // One row per line reads as the table it is.
pub const WEAPONS: [Weapon; 56] = [
    own(0, "none", "WP_NONE", "Nothing", C::None),
    own(1, "knife", "WP_KNIFE", "Knife", C::Melee),
    own(2, "luger", "WP_LUGER", "Luger", C::Pistol),
    own(3, "mp40", "WP_MP40", "MP40", C::SubmachineGun),
    own(4, "grenade_axis", "WP_GRENADE_LAUNCHER", "Axis grenade", C::Grenade),
    own(5, "panzerfaust", "WP_PANZERFAUST", "Panzerfaust", C::RocketLauncher),
    own(6, "flamethrower", "WP_FLAMETHROWER", "Flamethrower", C::Flamethrower),
    own(7, "colt", "WP_COLT", "Colt", C::Pistol),
    own(8, "thompson", "WP_THOMPSON", "Thompson", C::SubmachineGun),
    own(9, "grenade_allies", "WP_GRENADE_PINEAPPLE", "Allied grenade", C::Grenade),
    own(10, "sten", "WP_STEN", "Sten", C::SubmachineGun),
    own(11, "syringe", "WP_MEDIC_SYRINGE", "Syringe", C::Tool),
    own(12, "ammo_pack", "WP_AMMO", "Ammo pack", C::Tool),
    own(13, "artillery", "WP_ARTY", "Artillery", C::Support),
    own(14, "silenced_luger", "WP_SILENCER", "Silenced Luger", C::Pistol),
    own(15, "dynamite", "WP_DYNAMITE", "Dynamite", C::PlacedExplosive),
    own(16, "smoke_trail", "WP_SMOKETRAIL", "Smoke trail", C::Internal),
    own(17, "map_mortar", "WP_MAPMORTAR", "Map mortar", C::Internal),
    own(18, "big_explosion", "VERYBIGEXPLOSION", "Big explosion", C::Internal),
    own(19, "health_pack", "WP_MEDKIT", "Health pack", C::Tool),
    own(20, "binoculars", "WP_BINOCULARS", "Binoculars", C::Tool),
    own(21, "pliers", "WP_PLIERS", "Pliers", C::Tool),
    own(22, "smoke_marker", "WP_SMOKE_MARKER", "Air strike marker", C::Support),
    own(23, "kar98", "WP_KAR98", "K43", C::Rifle),
    own(24, "carbine", "WP_CARBINE", "M1 Garand", C::Rifle),
    own(25, "garand", "WP_GARAND", "Scoped M1 Garand", C::Rifle),
    own(26, "landmine", "WP_LANDMINE", "Landmine", C::PlacedExplosive),
    own(27, "satchel", "WP_SATCHEL", "Satchel charge", C::PlacedExplosive),
    mode(28, "satchel_detonator", "WP_SATCHEL_DET", "Satchel detonator", C::PlacedExplosive, 27),
    own(29, "smoke_bomb", "WP_SMOKE_BOMB", "Smoke bomb", C::Tool),
    own(30, "mg42", "WP_MOBILE_MG42", "Mobile MG42", C::MachineGun),
    own(31, "k43", "WP_K43", "Scoped K43", C::Rifle),
    own(32, "fg42", "WP_FG42", "FG42", C::SubmachineGun),
    own(33, "emplaced_mg42", "WP_DUMMY_MG42", "Emplaced MG42", C::MachineGun),
    own(34, "mortar", "WP_MORTAR", "Mortar", C::Mortar),
    own(35, "akimbo_colt", "WP_AKIMBO_COLT", "Akimbo Colts", C::Pistol),
    own(36, "akimbo_luger", "WP_AKIMBO_LUGER", "Akimbo Lugers", C::Pistol),
    own(37, "gpg40", "WP_GPG40", "Rifle grenade (K43)", C::RifleGrenade),
    own(38, "m7", "WP_M7", "Rifle grenade (M1 Garand)", C::RifleGrenade),
    own(39, "silenced_colt", "WP_SILENCED_COLT", "Silenced Colt", C::Pistol),
    mode(40, "garand_scope", "WP_GARAND_SCOPE", "Scoped M1 Garand, scope up", C::ScopedRifle, 25),
    mode(41, "k43_scope", "WP_K43_SCOPE", "Scoped K43, scope up", C::ScopedRifle, 31),
    mode(42, "fg42_scope", "WP_FG42_SCOPE", "FG42, scope up", C::ScopedRifle, 32),
    mode(43, "mortar_set", "WP_MORTAR_SET", "Mortar, set", C::Mortar, 34),
    own(44, "adrenaline", "WP_MEDIC_ADRENALINE", "Adrenaline", C::Tool),
    own(45, "akimbo_silenced_colt", "WP_AKIMBO_SILENCEDCOLT", "Silenced akimbo Colts", C::Pistol),
    own(46, "akimbo_silenced_luger", "WP_AKIMBO_SILENCEDLUGER", "Silenced akimbo Lugers", C::Pistol),
    mode(47, "mg42_set", "WP_MOBILE_MG42_SET", "Mobile MG42, set", C::MachineGun, 30),
    own(48, "ka_bar", "WP_KNIFE_KABAR", "Ka-Bar", C::Melee),
    own(49, "browning", "WP_MOBILE_BROWNING", "Mobile Browning", C::MachineGun),
    mode(50, "browning_set", "WP_MOBILE_BROWNING_SET", "Mobile Browning, set", C::MachineGun, 49),
    own(51, "granatwerfer", "WP_MORTAR2", "Granatwerfer", C::Mortar),
    mode(52, "granatwerfer_set", "WP_MORTAR2_SET", "Granatwerfer, set", C::Mortar, 51),
    own(53, "bazooka", "WP_BAZOOKA", "Bazooka", C::RocketLauncher),
    own(54, "mp34", "WP_MP34", "MP34", C::SubmachineGun),
    own(55, "air_strike", "WP_AIRSTRIKE", "Air strike", C::Support),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn rows_stand_at_their_number() {
        for (index, weapon) in WEAPONS.iter().enumerate() {
            assert_eq!(usize::from(weapon.number), index, "{}", weapon.engine_name);
        }
    }

    #[test]
    fn numbers_are_those_of_et_legacy_and_not_of_the_original() {
        // Each of these has another meaning in ET 2.60 (trip mine, smoke bomb, MG42, K43, FG42, emplaced MG42 ...).
        for (number, engine_name) in [
            (28, "WP_SATCHEL_DET"),
            (29, "WP_SMOKE_BOMB"),
            (30, "WP_MOBILE_MG42"),
            (31, "WP_K43"),
            (37, "WP_GPG40"),
            (47, "WP_MOBILE_MG42_SET"),
            (48, "WP_KNIFE_KABAR"),
            (55, "WP_AIRSTRIKE"),
        ] {
            assert_eq!(weapon(number).map(|w| w.engine_name), Some(engine_name));
        }
    }

    #[test]
    fn readable_names_are_found_by_number() {
        for (number, id, name) in [
            (3, "mp40", "MP40"),
            (8, "thompson", "Thompson"),
            (5, "panzerfaust", "Panzerfaust"),
            (23, "kar98", "K43"),
        ] {
            let row = weapon(number).unwrap();
            assert_eq!((row.id, row.name), (id, name));
            assert_eq!(weapon_by_id(id), Some(row));
        }
        assert_eq!(weapon_by_id("MP40"), None);
    }

    #[test]
    fn unknown_numbers_are_none() {
        assert_eq!(weapon(56), None);
        assert_eq!(weapon(-1), None);
        assert_eq!(weapon(i64::MAX), None);
        assert_eq!(weapon(255_u8), None);
    }

    #[test]
    fn ids_and_names_are_unique_and_ids_are_plain() {
        let ids: HashSet<_> = WEAPONS.iter().map(|w| w.id).collect();
        let names: HashSet<_> = WEAPONS.iter().map(|w| w.name).collect();
        assert_eq!((ids.len(), names.len()), (WEAPONS.len(), WEAPONS.len()));
        for id in ids {
            assert!(
                id.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
                "{id}"
            );
        }
    }

    #[test]
    fn a_base_is_its_own_base() {
        for row in &WEAPONS {
            let base = weapon(row.base).unwrap();
            assert_eq!(base.base, base.number, "{}", row.engine_name);
        }
        assert_eq!(weapon(47).unwrap().base, 30);
        assert_eq!(weapon(52).unwrap().base, 51);
        assert_eq!(weapon(42).unwrap().base, 32);
    }
}
