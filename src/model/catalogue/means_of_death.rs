//! Means of death by `meansOfDeath_t` number: what killed somebody, and with which weapon.
//!
//! The weapon column follows the `MOD_*` that each weapon carries in the engine's weapon table (`bg_misc.c`). The tracker's own table agrees
//! with it except in two rows: it calls 4 (a plain explosion) the Axis grenade, and 57 (hit by an air strike marker) the smoke bomb.

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeansOfDeath {
    /// `meansOfDeath_t` of ET:Legacy; equal to the row's index in [`MEANS_OF_DEATH`].
    pub number: u8,
    /// The engine's constant, such as `MOD_MP40`.
    pub engine_name: &'static str,
    /// What a person reads.
    pub name: &'static str,
    /// What kind of death it is.
    pub category: DeathCategory,
    /// `weapon_t` number of the weapon behind it, for [`weapon`](super::weapon()); `None` where no carried weapon is.
    pub weapon: Option<u8>,
}

/// Kinds of death. Who did it is not in here: a grenade may be an enemy's, a team mate's or one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeathCategory {
    /// The engine itself does not know.
    Unknown,
    /// Shot, with a carried or an emplaced gun.
    Bullet,
    /// Thrown, launched or placed explosives of a player.
    Explosive,
    /// The flamethrower.
    Fire,
    /// Knife, backstab, kick, shove.
    Melee,
    /// Called-in fire of the field ops: air strike, artillery, and the marker that calls it.
    Support,
    /// Hit by something that is no weapon: syringe, ammo pack, smoke bomb.
    Tool,
    /// The map: falling, drowning, crushed, hurt by a trigger, an explosion of the map.
    World,
    /// The player's own wish or an order, not a fight: `/kill`, changing team, swapping places.
    SelfInflicted,
}

impl DeathCategory {
    /// What a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "Unknown",
            Self::Bullet => "Bullet",
            Self::Explosive => "Explosive",
            Self::Fire => "Fire",
            Self::Melee => "Melee",
            Self::Support => "Support fire",
            Self::Tool => "Tool",
            Self::World => "World",
            Self::SelfInflicted => "Self-inflicted",
        }
    }
}

/// The means of death of a `meansOfDeath_t` number, or `None` for a number the table does not have.
pub fn means_of_death(number: impl Into<i64>) -> Option<&'static MeansOfDeath> {
    MEANS_OF_DEATH.get(usize::try_from(number.into()).ok()?)
}

/// One row without a weapon.
const fn bare(
    number: u8,
    engine_name: &'static str,
    name: &'static str,
    category: DeathCategory,
) -> MeansOfDeath {
    MeansOfDeath {
        number,
        engine_name,
        name,
        category,
        weapon: None,
    }
}

/// One row with the weapon behind it.
const fn with(
    number: u8,
    engine_name: &'static str,
    name: &'static str,
    category: DeathCategory,
    weapon: u8,
) -> MeansOfDeath {
    MeansOfDeath {
        number,
        engine_name,
        name,
        category,
        weapon: Some(weapon),
    }
}

use DeathCategory as C;

/// All means of death, at the index of their number.
#[rustfmt::skip] // One row per line reads as the table it is.
pub const MEANS_OF_DEATH: [MeansOfDeath; 67] = [
    bare(0, "MOD_UNKNOWN", "Unknown", C::Unknown),
    bare(1, "MOD_MACHINEGUN", "Emplaced machine gun", C::Bullet),
    bare(2, "MOD_BROWNING", "Mounted Browning", C::Bullet),
    bare(3, "MOD_MG42", "Mounted MG42", C::Bullet),
    bare(4, "MOD_GRENADE", "Explosion", C::Explosive),
    with(5, "MOD_KNIFE", "Knife", C::Melee, 1),
    with(6, "MOD_LUGER", "Luger", C::Bullet, 2),
    with(7, "MOD_COLT", "Colt", C::Bullet, 7),
    with(8, "MOD_MP40", "MP40", C::Bullet, 3),
    with(9, "MOD_THOMPSON", "Thompson", C::Bullet, 8),
    with(10, "MOD_STEN", "Sten", C::Bullet, 10),
    with(11, "MOD_GARAND", "Scoped M1 Garand", C::Bullet, 25),
    with(12, "MOD_SILENCER", "Silenced Luger", C::Bullet, 14),
    with(13, "MOD_FG42", "FG42", C::Bullet, 32),
    with(14, "MOD_FG42SCOPE", "FG42, scope up", C::Bullet, 42),
    with(15, "MOD_PANZERFAUST", "Panzerfaust", C::Explosive, 5),
    with(16, "MOD_GRENADE_LAUNCHER", "Axis grenade", C::Explosive, 4),
    with(17, "MOD_FLAMETHROWER", "Flamethrower", C::Fire, 6),
    with(18, "MOD_GRENADE_PINEAPPLE", "Allied grenade", C::Explosive, 9),
    with(19, "MOD_MAPMORTAR", "Map mortar", C::World, 17),
    with(20, "MOD_MAPMORTAR_SPLASH", "Map mortar splash", C::World, 17),
    bare(21, "MOD_KICKED", "Kick", C::Melee),
    with(22, "MOD_DYNAMITE", "Dynamite", C::Explosive, 15),
    with(23, "MOD_AIRSTRIKE", "Air strike", C::Support, 55),
    with(24, "MOD_SYRINGE", "Syringe", C::Tool, 11),
    with(25, "MOD_AMMO", "Ammo pack", C::Tool, 12),
    with(26, "MOD_ARTY", "Artillery", C::Support, 13),
    bare(27, "MOD_WATER", "Drowning", C::World),
    bare(28, "MOD_SLIME", "Slime", C::World),
    bare(29, "MOD_LAVA", "Lava", C::World),
    bare(30, "MOD_CRUSH", "Crushed", C::World),
    bare(31, "MOD_TELEFRAG", "Telefrag", C::World),
    bare(32, "MOD_FALLING", "Fall", C::World),
    bare(33, "MOD_SUICIDE", "Suicide", C::SelfInflicted),
    bare(34, "MOD_TARGET_LASER", "Laser", C::World),
    bare(35, "MOD_TRIGGER_HURT", "Map hazard", C::World),
    bare(36, "MOD_EXPLOSIVE", "Map explosion", C::World),
    with(37, "MOD_CARBINE", "M1 Garand", C::Bullet, 24),
    with(38, "MOD_KAR98", "K43", C::Bullet, 23),
    with(39, "MOD_GPG40", "Rifle grenade (K43)", C::Explosive, 37),
    with(40, "MOD_M7", "Rifle grenade (M1 Garand)", C::Explosive, 38),
    with(41, "MOD_LANDMINE", "Landmine", C::Explosive, 26),
    with(42, "MOD_SATCHEL", "Satchel charge", C::Explosive, 27),
    with(43, "MOD_SMOKEBOMB", "Smoke bomb", C::Tool, 29),
    with(44, "MOD_MOBILE_MG42", "Mobile MG42", C::Bullet, 30),
    with(45, "MOD_SILENCED_COLT", "Silenced Colt", C::Bullet, 39),
    with(46, "MOD_GARAND_SCOPE", "Scoped M1 Garand, scope up", C::Bullet, 40),
    bare(47, "MOD_CRUSH_CONSTRUCTION", "Crushed by a construction", C::World),
    bare(48, "MOD_CRUSH_CONSTRUCTIONDEATH", "Crushed by a falling construction", C::World),
    bare(49, "MOD_CRUSH_CONSTRUCTIONDEATH_NOATTACKER", "Crushed by debris", C::World),
    with(50, "MOD_K43", "Scoped K43", C::Bullet, 31),
    with(51, "MOD_K43_SCOPE", "Scoped K43, scope up", C::Bullet, 41),
    with(52, "MOD_MORTAR", "Mortar", C::Explosive, 34),
    with(53, "MOD_AKIMBO_COLT", "Akimbo Colts", C::Bullet, 35),
    with(54, "MOD_AKIMBO_LUGER", "Akimbo Lugers", C::Bullet, 36),
    with(55, "MOD_AKIMBO_SILENCEDCOLT", "Silenced akimbo Colts", C::Bullet, 45),
    with(56, "MOD_AKIMBO_SILENCEDLUGER", "Silenced akimbo Lugers", C::Bullet, 46),
    with(57, "MOD_SMOKEGRENADE", "Air strike marker", C::Support, 22),
    bare(58, "MOD_SWAP_PLACES", "Swapped places", C::SelfInflicted),
    bare(59, "MOD_SWITCHTEAM", "Changed team", C::SelfInflicted),
    bare(60, "MOD_SHOVE", "Shove", C::Melee),
    with(61, "MOD_KNIFE_KABAR", "Ka-Bar", C::Melee, 48),
    with(62, "MOD_MOBILE_BROWNING", "Mobile Browning", C::Bullet, 49),
    with(63, "MOD_MORTAR2", "Granatwerfer", C::Explosive, 51),
    with(64, "MOD_BAZOOKA", "Bazooka", C::Explosive, 53),
    with(65, "MOD_BACKSTAB", "Backstab", C::Melee, 1),
    with(66, "MOD_MP34", "MP34", C::Bullet, 54),
];

#[cfg(test)]
mod tests {
    use super::super::{WeaponCategory, weapon};
    use super::*;

    #[test]
    fn rows_stand_at_their_number() {
        for (index, row) in MEANS_OF_DEATH.iter().enumerate() {
            assert_eq!(usize::from(row.number), index, "{}", row.engine_name);
        }
    }

    #[test]
    fn numbers_are_those_of_et_legacy_and_not_of_the_original() {
        // In ET 2.60 these are 9, 10, 36, 37, 41 and 42.
        for (number, engine_name) in [
            (8, "MOD_MP40"),
            (9, "MOD_THOMPSON"),
            (32, "MOD_FALLING"),
            (33, "MOD_SUICIDE"),
            (37, "MOD_CARBINE"),
            (38, "MOD_KAR98"),
            (66, "MOD_MP34"),
        ] {
            assert_eq!(
                means_of_death(number).map(|m| m.engine_name),
                Some(engine_name)
            );
        }
    }

    #[test]
    fn weapons_behind_a_death_exist_and_are_named_alike() {
        for row in &MEANS_OF_DEATH {
            let Some(number) = row.weapon else { continue };
            let weapon = weapon(number).expect(row.engine_name);
            // The two rows in which the death is a way of using the weapon.
            if !matches!(row.number, 20 | 65) {
                assert_eq!(weapon.name, row.name, "{}", row.engine_name);
            }
        }
    }

    #[test]
    fn categories_fit_the_weapon() {
        for row in &MEANS_OF_DEATH {
            let Some(weapon) = row.weapon.and_then(weapon) else {
                continue;
            };
            let expected = match weapon.category {
                WeaponCategory::Melee => DeathCategory::Melee,
                WeaponCategory::Pistol
                | WeaponCategory::SubmachineGun
                | WeaponCategory::Rifle
                | WeaponCategory::ScopedRifle
                | WeaponCategory::MachineGun => DeathCategory::Bullet,
                WeaponCategory::Flamethrower => DeathCategory::Fire,
                WeaponCategory::RocketLauncher
                | WeaponCategory::Mortar
                | WeaponCategory::RifleGrenade
                | WeaponCategory::Grenade
                | WeaponCategory::PlacedExplosive => DeathCategory::Explosive,
                WeaponCategory::Support => DeathCategory::Support,
                WeaponCategory::Tool => DeathCategory::Tool,
                WeaponCategory::None | WeaponCategory::Internal => DeathCategory::World,
            };
            assert_eq!(row.category, expected, "{}", row.engine_name);
        }
    }

    #[test]
    fn deaths_that_are_no_fight_have_no_weapon() {
        for (number, category) in [
            (32, DeathCategory::World),
            (33, DeathCategory::SelfInflicted),
            (59, DeathCategory::SelfInflicted),
            (0, DeathCategory::Unknown),
        ] {
            let row = means_of_death(number).unwrap();
            assert_eq!(
                (row.category, row.weapon),
                (category, None),
                "{}",
                row.engine_name
            );
        }
    }

    #[test]
    fn unknown_numbers_are_none() {
        assert_eq!(means_of_death(67), None);
        assert_eq!(means_of_death(-1), None);
        assert_eq!(means_of_death(i64::MIN), None);
    }
}
