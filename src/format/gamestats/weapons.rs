//! The engine's kinds of weapon in its statistics (`extWeaponStats_t`), which are neither weapons nor means of death.

/// Names by number, which is the bit in a player's mask. The engine's own order; of the 32 bits of a mask it uses these 28.
pub const WEAPON_KINDS: [&str; 28] = [
    "knife",
    "knife_kbar",
    "luger",
    "colt",
    "mp40",
    "thompson",
    "sten",
    "fg42",
    "panzerfaust",
    "bazooka",
    "flamethrower",
    "grenade",
    "mortar",
    "mortar2",
    "dynamite",
    "airstrike",
    "artillery",
    "satchel",
    "grenade_launcher",
    "landmine",
    "mg42",
    "browning",
    "carbine",
    "kar98",
    "garand",
    "k43",
    "mp34",
    "syringe",
];

/// The name of a kind; `None` beyond the known ones.
pub fn weapon_kind_name(kind: u8) -> Option<&'static str> {
    WEAPON_KINDS.get(usize::from(kind)).copied()
}
