//! The game's numbers and labels: weapons, means of death, classes, teams, hit regions.
//!
//! Round files name these things by number or by an upper-case word. Every look-up answers `None` for what it does not know, so that a file
//! from a newer game or a damaged row is shown as "weapon 57" and not as something it is not.
//!
//! **The numbers are those of ET:Legacy** (`weapon_t` of 2.78 to 2.85, `meansOfDeath_t` of 2.76 to 2.85; 2.76 lacks weapon 55, 2.75 also 54).
//! Original ET 2.60 counts differently: weapons agree up to 28 and are shifted after it, means of death are shifted from 5 on. The tracker
//! only runs on ET:Legacy, so there is one table and no guess.
//!
//! Not here: what a weapon does (damage, rate of fire), and any label that only the tracker uses (`death_type`, engagement outcomes).

mod hit_region;
mod means_of_death;
mod people;
mod weapon;

pub use hit_region::HitRegion;
pub use means_of_death::{DeathCategory, MEANS_OF_DEATH, MeansOfDeath, means_of_death};
pub use people::{Class, Team};
pub use weapon::{WEAPONS, Weapon, WeaponCategory, weapon, weapon_by_id};
