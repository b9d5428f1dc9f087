//! Things by their hosts, to find those whose hosts overlap without comparing all with all.

use std::collections::BTreeMap;

/// Things by host, some of which begin with a wildcard.
#[derive(Debug)]
pub struct Hosts<T> {
    exact: Table<T>,
    wild: Table<T>,
}

/// By the characters after the `*`, from the last to the first: what a wildcard covers stands together.
type Table<T> = BTreeMap<String, Vec<(String, T)>>;

impl<T> Default for Hosts<T> {
    fn default() -> Self {
        Self { exact: BTreeMap::new(), wild: BTreeMap::new() }
    }
}

impl<T> Hosts<T> {
    /// Adds a thing under a host.
    pub fn insert(&mut self, host: &str, thing: T) {
        let table = if host.starts_with('*') { &mut self.wild } else { &mut self.exact };
        table.entry(reversed(host)).or_default().push((host.to_owned(), thing));
    }

    /// The things under exactly this host.
    pub fn same(&self, host: &str) -> impl Iterator<Item = &T> {
        let table = if host.starts_with('*') { &self.wild } else { &self.exact };
        table.get(&reversed(host)).into_iter().flatten().map(|it| &it.1)
    }

    /// Those whose host covers `host`, the widest first; `host` itself is among them.
    pub fn covering(&self, host: &str) -> impl Iterator<Item = (&str, &T)> {
        let key = reversed(host);
        let exact = (!host.starts_with('*')).then(|| self.exact.get(&key)).flatten();
        let ends = if self.wild.is_empty() { 0..0 } else { 0..key.len() + 1 };
        let wild: Vec<_> = ends.filter_map(|end| self.wild.get(key.get(..end)?)).collect();
        wild.into_iter().chain(exact).flatten().map(|it| (it.0.as_str(), &it.1))
    }

    /// Those whose host stands for a name that `host` stands for, too: the wider ones, then the others.
    pub fn overlapping(&self, host: &str) -> impl Iterator<Item = (&str, &T)> {
        let below = host.starts_with('*').then(|| reversed(host));
        let tables =
            below.into_iter().flat_map(|key| [(&self.wild, key.clone(), true), (&self.exact, key, false)]);
        let narrower = tables.flat_map(|(table, key, strictly)| {
            let from = table.range(key.clone()..);
            from.take_while(move |it| it.0.starts_with(&key))
                .skip_while({
                    // Itself is among those that cover it.
                    let own = host.to_owned();
                    move |it| strictly && it.1.first().is_some_and(|it| it.0 == own)
                })
                .flat_map(|it| it.1)
        });
        self.covering(host).chain(narrower.map(|it| (it.0.as_str(), &it.1)))
    }
}

fn reversed(host: &str) -> String {
    host.strip_prefix('*').unwrap_or(host).chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use crate::mesh::host::overlap;
    use crate::mesh::hosts::Hosts;

    #[test]
    fn what_overlaps_is_what_comparing_all_with_all_would_find() {
        let names =
            ["*", "*.com", "*.a.com", "a.com", "b.a.com", "*a.com", "*c", "d.org", "*.org", "com", ".com"];
        let mut hosts = Hosts::default();
        for name in names {
            hosts.insert(name, name);
        }
        for name in names {
            let mut found: Vec<&str> = hosts.overlapping(name).map(|it| *it.1).collect();
            let mut wanted: Vec<&str> = names.into_iter().filter(|it| overlap(it, name)).collect();
            found.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(found, wanted, "{name}");
        }
    }
}
