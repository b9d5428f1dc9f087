//! Where a port of a Service leads in a pod.

use crate::mesh::Workload;
use crate::source::Str;
use crate::yaml::Node;

impl Workload<'_> {
    /// The port of the pods that a port of a Service leads to: its `targetPort`, which may be a name that a container
    /// gives, otherwise its own number.
    pub fn target_of(self, port: &Node) -> Option<u16> {
        let number = |it: i64| u16::try_from(it).ok();
        let Some(target) = port.get("targetPort").filter(|it| !it.is_null()) else {
            return port.whole("port").and_then(number);
        };
        target.as_whole().and_then(number).or_else(|| self.port_named(target.text()?))
    }

    /// The port that a container gives a name.
    fn port_named(self, name: &Str) -> Option<u16> {
        let spec = self.pod_spec();
        let containers = spec.list("containers").iter().chain(spec.list("initContainers"));
        let ports = containers.flat_map(|it| it.list("ports"));
        let named = ports.filter(|it| it.word("name").is_some_and(|it| it == name));
        named.filter_map(|it| it.whole("containerPort")).find_map(|it| u16::try_from(it).ok())
    }

    /// The ports that its containers list.
    pub fn listed_ports(self) -> Vec<u16> {
        let containers = self.pod_spec().list("containers").iter();
        let ports = containers.flat_map(|it| it.list("ports")).filter_map(|it| it.whole("containerPort"));
        ports.filter_map(|it| u16::try_from(it).ok()).collect()
    }
}
