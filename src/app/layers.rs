//! What is drawn on the map.

/// How much of the trails is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trails {
    /// None.
    Off,
    /// The last seconds of everybody alive.
    Recent {
        /// How many.
        seconds: f32,
    },
    /// The current life so far.
    CurrentLife,
    /// All lives of the round.
    WholeRound,
}

impl Trails {
    /// The last ten seconds.
    pub const RECENT: Self = Self::Recent { seconds: 10.0 };

    /// The next choice, in a circle.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Off => Self::RECENT,
            Self::Recent { .. } => Self::CurrentLife,
            Self::CurrentLife => Self::WholeRound,
            Self::WholeRound => Self::Off,
        }
    }

    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::Off => "off".to_owned(),
            Self::Recent { seconds } => format!("last {seconds} s"),
            Self::CurrentLife => "life so far".to_owned(),
            Self::WholeRound => "whole round".to_owned(),
        }
    }
}

/// Which layers are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layers {
    /// Command map picture, where there is one.
    pub picture: bool,
    /// Grid lines with coordinates.
    pub grid: bool,
    /// Markers and rings of objectives.
    pub objectives: bool,
    /// Trails.
    pub trails: Trails,
    /// Names of players.
    pub names: bool,
    /// Marks of deaths, fading over five seconds.
    pub deaths: bool,
}

impl Default for Layers {
    fn default() -> Self {
        Self {
            picture: true,
            grid: false,
            objectives: true,
            trails: Trails::RECENT,
            names: true,
            deaths: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trails_go_round() {
        let mut trails = Trails::Off;
        let words: Vec<String> = (0..4)
            .map(|_| {
                trails = trails.next();
                trails.words()
            })
            .collect();
        assert_eq!(words, ["last 10 s", "life so far", "whole round", "off"]);
    }
}
