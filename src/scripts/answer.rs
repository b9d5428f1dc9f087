//! Yes, no, or not to be known from the profile: what is said of requests before they are sent.

/// What is known of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// Only the mesh knows.
    Maybe,
}

impl Answer {
    /// What is known for certain.
    pub fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    /// Whether all of them hold.
    pub fn all(answers: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::Yes;
        for it in answers {
            match it {
                Self::Yes => {}
                Self::No => return Self::No,
                Self::Maybe => all = Self::Maybe,
            }
        }
        all
    }

    /// Whether any of them holds.
    pub fn any(answers: impl IntoIterator<Item = Self>) -> Self {
        Self::all(answers.into_iter().map(Self::not)).not()
    }

    /// The contrary.
    pub fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Maybe => Self::Maybe,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::scripts::answer::Answer::{self, Maybe, No, Yes};

    #[test]
    fn what_is_certain_outweighs_what_is_not() {
        assert_eq!(Answer::all([Yes, Maybe, No]), No);
        assert_eq!(Answer::all([Yes, Maybe]), Maybe);
        assert_eq!(Answer::any([No, Maybe, Yes]), Yes);
        assert_eq!(Answer::any([No, Maybe]), Maybe);
        assert_eq!((Answer::all([]), Answer::any([])), (Yes, No));
    }
}
