//! What the program has to tell, until it was read.

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Worth knowing; goes away by itself.
    Info,
    /// Something is doubtful; goes away by itself, later.
    Warning,
    /// Something failed; stays until dismissed.
    Error,
}

impl Level {
    /// How long it stays, seconds; `None` for until dismissed.
    pub const fn lifetime_s(self) -> Option<f64> {
        match self {
            Self::Info => Some(6.0),
            Self::Warning => Some(15.0),
            Self::Error => None,
        }
    }

    /// In a word, for those who cannot see the colour.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "Note",
            Self::Warning => "Warning",
            Self::Error => "Error",
        }
    }
}

/// What can be done about a notice besides dismissing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Show the problems of the round with this key.
    ShowProblems(u64),
}

/// One notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Names it while it is shown.
    pub id: u64,
    /// How much it matters.
    pub level: Level,
    /// What there is to say, in one sentence.
    pub text: String,
    /// What can be done.
    pub remedy: Option<Remedy>,
    age_s: f64,
}

/// All notices that are shown, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    shown: Vec<Notice>,
    next_id: u64,
}

/// Older ones give way, so that a folder of broken files cannot cover the map.
const MOST_SHOWN: usize = 4;

impl Notices {
    /// Adds a notice.
    pub fn add(&mut self, level: Level, text: impl Into<String>, remedy: Option<Remedy>) {
        let text = text.into();
        self.shown.retain(|notice| notice.text != text);
        if self.shown.len() >= MOST_SHOWN {
            let mildest = self
                .shown
                .iter()
                .position(|notice| notice.level != Level::Error);
            self.shown.remove(mildest.unwrap_or(0));
        }
        self.shown.push(Notice {
            id: self.next_id,
            level,
            text,
            remedy,
            age_s: 0.0,
        });
        self.next_id += 1;
    }

    /// The notices to show.
    pub fn shown(&self) -> &[Notice] {
        &self.shown
    }

    /// Takes one away.
    pub fn dismiss(&mut self, id: u64) {
        self.shown.retain(|notice| notice.id != id);
    }

    /// Takes those away that offer to show the problems of a round that is no longer open.
    pub fn forget_round(&mut self, key: u64) {
        self.shown
            .retain(|notice| notice.remedy != Some(Remedy::ShowProblems(key)));
    }

    /// Lets `dt_s` seconds pass.
    pub fn advance(&mut self, dt_s: f64) {
        self.shown.retain_mut(|notice| {
            notice.age_s += dt_s;
            notice
                .level
                .lifetime_s()
                .is_none_or(|lifetime| notice.age_s < lifetime)
        });
    }

    /// Seconds until the next one goes away by itself; `None` when none will.
    pub fn next_change_s(&self) -> Option<f64> {
        let left = |notice: &Notice| Some(notice.level.lifetime_s()? - notice.age_s);
        self.shown.iter().filter_map(left).min_by(f64::total_cmp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stay_until_dismissed() {
        let mut notices = Notices::default();
        notices.add(Level::Info, "read", None);
        notices.add(Level::Error, "broken", None);
        assert_eq!(notices.next_change_s(), Some(6.0));
        notices.advance(1000.0);
        assert_eq!(notices.shown().len(), 1);
        assert_eq!(notices.next_change_s(), None);
        let id = notices.shown()[0].id;
        notices.dismiss(id);
        assert!(notices.shown().is_empty());
    }

    #[test]
    fn the_same_words_are_shown_once() {
        let mut notices = Notices::default();
        notices.add(Level::Error, "broken", None);
        notices.add(Level::Error, "broken", None);
        assert_eq!(notices.shown().len(), 1);
    }

    #[test]
    fn a_flood_pushes_out_what_matters_least() {
        let mut notices = Notices::default();
        notices.add(Level::Error, "first", None);
        notices.add(Level::Info, "mild", Some(Remedy::ShowProblems(3)));
        for n in 0..3 {
            notices.add(Level::Error, format!("error {n}"), None);
        }
        let texts: Vec<&str> = notices.shown().iter().map(|n| n.text.as_str()).collect();
        assert_eq!(texts, ["first", "error 0", "error 1", "error 2"]);
    }

    #[test]
    fn a_closed_round_takes_its_notices_along() {
        let mut notices = Notices::default();
        notices.add(Level::Error, "a", Some(Remedy::ShowProblems(3)));
        notices.add(Level::Error, "b", Some(Remedy::ShowProblems(4)));
        notices.forget_round(3);
        assert_eq!(notices.shown().len(), 1);
    }
}
