//! Why a round has a stats file, or has none.

/// Reason codes. Names that the format's existing linker also uses mean the same here as far as that is possible; the difference is told.
/// Three of its codes cannot occur: `resolved_exact_unix_match` and `resolved_canonical_id_match` (a stats file holds no absolute time) and
/// `date_filter_excluded_rows` (dates are not filtered, a round over midnight is found as any other).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkReason {
    /// Same map, the stats file stamped 0 to 6 s after the round file, nothing against it.
    ResolvedExactStamp,
    /// Same map and the best score within the window.
    Resolved,
    /// As either of the two, but the round numbers differ and neither is disputed.
    ResolvedOtherNumber,
    /// Another stats file, or another round for the same stats file, fits as well.
    AmbiguousTie,
    /// A stats file fits, but another round fits it better.
    LinkedElsewhere,
    /// Stats files of the map lie in the window, but players, length or number say that they are of other rounds.
    AllCandidatesContradicted,
    /// Stats files of the map lie within a day, but none in the window.
    AllCandidatesOutsideWindow,
    /// No stats file of the map within a day. (The existing linker also means: none of this round number.)
    NoRowsForMapRound,
    /// Neither file name nor header tells a time.
    TimeParseFailed,
    /// No map name.
    InvalidInput,
}

impl LinkReason {
    /// All of them, best first.
    pub const ALL: [Self; 10] = [
        Self::ResolvedExactStamp,
        Self::Resolved,
        Self::ResolvedOtherNumber,
        Self::AmbiguousTie,
        Self::LinkedElsewhere,
        Self::AllCandidatesContradicted,
        Self::AllCandidatesOutsideWindow,
        Self::NoRowsForMapRound,
        Self::TimeParseFailed,
        Self::InvalidInput,
    ];

    /// The code, as stored and exported.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ResolvedExactStamp => "resolved_exact_stamp",
            Self::Resolved => "resolved",
            Self::ResolvedOtherNumber => "resolved_other_number",
            Self::AmbiguousTie => "ambiguous_tie",
            Self::LinkedElsewhere => "linked_elsewhere",
            Self::AllCandidatesContradicted => "all_candidates_contradicted",
            Self::AllCandidatesOutsideWindow => "all_candidates_outside_window",
            Self::NoRowsForMapRound => "no_rows_for_map_round",
            Self::TimeParseFailed => "time_parse_failed",
            Self::InvalidInput => "invalid_input",
        }
    }

    /// The reason of a code; `None` for any other text.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// Whether the round has a stats file.
    pub const fn is_linked(self) -> bool {
        matches!(
            self,
            Self::ResolvedExactStamp | Self::Resolved | Self::ResolvedOtherNumber
        )
    }

    /// One sentence for a person.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::ResolvedExactStamp => "The stats file was written 0 to 6 s after the round file.",
            Self::Resolved => "The stats file fits best of those within five minutes.",
            Self::ResolvedOtherNumber => {
                "The stats file fits, although it names another round number."
            }
            Self::AmbiguousTie => "Several files fit equally well; none was chosen.",
            Self::LinkedElsewhere => "The stats file that fits belongs to another round.",
            Self::AllCandidatesContradicted => {
                "Stats files of that time exist, but their players, length or number are of another round."
            }
            Self::AllCandidatesOutsideWindow => {
                "The nearest stats file of the map is more than five minutes away."
            }
            Self::NoRowsForMapRound => "There is no stats file of this map within a day.",
            Self::TimeParseFailed => "Neither the file name nor the header tells a time.",
            Self::InvalidInput => "The file does not name its map.",
        }
    }
}
