//! Three values: yes, no, and unknown. They combine as in Kleene's logic, so that an unknown part matters only if the others leave it open.

/// Whether something matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It does not.
    No,
    /// It is not known.
    Unknown,
    /// It does.
    Yes,
}

impl Truth {
    /// Both.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            _ => Truth::Unknown,
        }
    }

    /// Either.
    pub fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// The opposite.
    pub fn not(self) -> Self {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Truth::Yes } else { Truth::No }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{No, Unknown, Yes};

    #[test]
    fn an_unknown_part_matters_only_if_the_others_leave_it_open() {
        assert_eq!((Unknown.and(No), Unknown.and(Yes), Unknown.not()), (No, Unknown, Unknown));
        assert_eq!((Unknown.or(Yes), Unknown.or(No), No.or(No)), (Yes, Unknown, No));
    }
}
