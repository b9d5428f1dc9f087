//! Labels and annotations: sorted when they are born, shared when they are cloned.

use std::borrow::Cow;

use ecow::EcoVec;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::source::Str;

/// A key: mostly one of our own words.
pub type Key = Cow<'static, str>;

/// Labels or annotations, sorted by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(EcoVec<(Key, Str)>);

impl Labels {
    /// Labels of these pairs; of two with one key the later stays.
    pub fn of(pairs: impl IntoIterator<Item = (Key, Str)>) -> Self {
        let pairs = pairs.into_iter();
        let mut this = Self(EcoVec::with_capacity(pairs.size_hint().0));
        for (key, value) in pairs {
            this.set(key, value);
        }
        this
    }

    /// Gives a key a value.
    pub fn set(&mut self, key: impl Into<Key>, value: impl Into<Str>) {
        let (key, value) = (key.into(), value.into());
        if self.0.last().is_none_or(|(last, _)| *last < key) {
            return self.0.push((key, value));
        }
        match self.0.binary_search_by(|(it, _)| it.cmp(&key)) {
            Ok(place) => self.0.make_mut()[place].1 = value,
            Err(place) => self.0.insert(place, (key, value)),
        }
    }

    /// The same with one more.
    #[must_use]
    pub fn with(&self, key: impl Into<Key>, value: impl Into<Str>) -> Self {
        let mut this = self.clone();
        this.set(key, value);
        this
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Str> {
        self.0.binary_search_by(|(it, _)| it.as_ref().cmp(key)).ok().map(|place| &self.0[place].1)
    }

    /// Keys and values, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Str)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Picks objects that carry all of some labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LabelSelector {
    /// The labels; none picks everything.
    #[serde(skip_serializing_if = "Labels::is_empty")]
    pub match_labels: Labels,
}

impl Serialize for Labels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            out.serialize_entry(key, value)?;
        }
        out.end()
    }
}
