//! Where a bullet hit.

/// Body region of a hit, in the engine's order (0 to 3) as in the `HIT_REGIONS` section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HitRegion {
    /// 0.
    Head,
    /// 1.
    Arms,
    /// 2.
    Body,
    /// 3.
    Legs,
}

impl HitRegion {
    /// All regions in the engine's order.
    pub const ALL: [Self; 4] = [Self::Head, Self::Arms, Self::Body, Self::Legs];

    /// The region of the engine's number, or `None` (the engine also has "no region", for splash).
    pub fn from_number(number: impl Into<i64>) -> Option<Self> {
        Self::ALL.get(usize::try_from(number.into()).ok()?).copied()
    }

    /// What a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Head => "Head",
            Self::Arms => "Arms",
            Self::Body => "Body",
            Self::Legs => "Legs",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_follow_the_engine() {
        let names: Vec<_> = (-1..5)
            .map(|number| HitRegion::from_number(number).map(HitRegion::name))
            .collect();
        assert_eq!(
            names,
            [
                None,
                Some("Head"),
                Some("Arms"),
                Some("Body"),
                Some("Legs"),
                None
            ]
        );
    }
}
