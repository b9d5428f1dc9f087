//! Files of a workload: a ConfigMap of their texts, mounted folder by folder.

use sha2::{Digest, Sha256};

use crate::kube::base::container::VolumeMount;
use crate::kube::base::pod::{ConfigMapVolume, EmptyDir, KeyToPath, Volume};
use crate::kube::pairs::Pairs;
use crate::kube::wave;
use crate::kube::{ConfigMap, Manifest, made};
use crate::lower::Context;
use crate::lower::base::workload::Workload;
use crate::source::{Str, Text};
use crate::yaml::Named;

const TMP: &str = "/tmp";

/// The ConfigMap with one key a file; `None` where there are no files.
pub fn config_map(cx: &Context<'_>, workload: &Workload<'_>) -> Option<Manifest> {
    let files = &workload.make.files;
    if files.is_empty() {
        return None;
    }
    let data = files.iter().map(|(path, text)| (path.with(key(path)), text.clone())).collect();
    let metadata = cx.metadata(name(workload), workload.namespace, workload.labels(cx));
    Some(cx.core("v1", wave::FIRST, ConfigMap { metadata, data: Pairs(data) }))
}

/// A short digest of paths and texts, in any order: pods that carry it are replaced when a file changes.
pub fn digest(files: &Named<Text>) -> Option<Str> {
    if files.is_empty() {
        return None;
    }
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort();
    let mut hash = Sha256::new();
    for part in sorted.into_iter().flat_map(|(path, text)| [path, text]) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let head = hash.finalize().first_chunk().copied().map_or(0, u64::from_be_bytes);
    Some(ecow::eco_format!("{head:016x}"))
}

/// The volumes of a pod and where they appear. Most programs want to write to `/tmp`, so it stays writable.
pub fn volumes(workload: &Workload<'_>) -> (Vec<Volume>, Vec<VolumeMount>) {
    let folders = folders(&workload.make.files);
    let (mut volumes, mut mounts) = (Vec::new(), Vec::new());
    let read_only = workload.make.security_context.read_only_root_filesystem.value;
    if read_only && !folders.contains(&TMP) {
        volumes.push(Volume { name: made("tmp"), empty_dir: Some(EmptyDir {}), config_map: None });
        mounts.push(VolumeMount { name: made("tmp"), mount_path: made(TMP), read_only: false });
    }
    for (count, folder) in folders.into_iter().enumerate() {
        let volume = if count == 0 { made("files") } else { made(&format!("files-{}", count + 1)) };
        let items = workload.make.files.iter().filter_map(|(path, _)| {
            let inside = within(path, folder)?;
            Some(KeyToPath { key: path.with(key(path)), path: path.with(inside.into()) })
        });
        let source = ConfigMapVolume { name: name(workload), items: items.collect() };
        volumes.push(Volume { name: volume.clone(), empty_dir: None, config_map: Some(source) });
        mounts.push(VolumeMount { name: volume, mount_path: made(folder), read_only: true });
    }
    (volumes, mounts)
}

fn name(workload: &Workload<'_>) -> Text {
    workload.name.with(ecow::eco_format!("{}-files", workload.name))
}

/// The folders that files lie in, in the order written. A folder below another is part of it: nothing can be mounted
/// into a mount that cannot be written to.
fn folders(files: &Named<Text>) -> Vec<&str> {
    let folder = |path: &'_ Text| path.rfind('/').unwrap_or(0);
    let mut folders: Vec<&str> = Vec::new();
    for path in files.iter().map(|(path, _)| path) {
        let folder = &path[..folder(path)];
        if !folders.iter().any(|it| *it == folder || within(folder, it).is_some()) {
            folders.retain(|it| within(it, folder).is_none());
            folders.push(folder);
        }
    }
    folders
}

/// The rest of a path below a folder.
fn within<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// The key of a path: `/etc/app/site.yaml` is `etc__app__site.yaml`. Two paths never share one, because whatever a key
/// cannot say, and `_` itself, is spelt by `_` and a sign that tells how to read on.
fn key(path: &str) -> Str {
    let mut key = String::with_capacity(path.len() + 4);
    for byte in path.strip_prefix('/').unwrap_or(path).bytes() {
        match byte {
            b'/' => key.push_str("__"),
            b'_' => key.push_str("_-"),
            // Kubernetes keeps names that begin with two dots for itself.
            b'.' if key.is_empty() => key.push_str("_.2e"),
            b'.' | b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => key.push(char::from(byte)),
            _ => key.extend(['_', '.', hex(byte >> 4), hex(byte & 15)]),
        }
    }
    key.into()
}

fn hex(digit: u8) -> char {
    char::from(b"0123456789abcdef"[usize::from(digit)])
}

#[cfg(test)]
mod tests {
    use super::{folders, key};
    use crate::lower::example::object;
    use crate::source::{Span, Text};
    use crate::yaml::Named;

    fn files(paths: &[&str]) -> Named<Text> {
        let text = |it: &&str| Text::new((*it).into(), Span::NONE);
        Named::new(paths.iter().map(|it| (text(it), text(&"x"))).collect())
    }

    #[test]
    fn no_two_paths_share_a_key() {
        let paths = [
            "/a/b", "/a_b", "/a__b", "/a-b", "/a_-b", "/a.b", "/a_.2eb", "/a b", "/a/_b", "/a_/b", "/.a",
            "/ä",
        ];
        let mut keys: Vec<_> = paths.iter().map(|it| key(it)).collect();
        assert!(
            keys.iter().all(|it| it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it)))
        );
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), paths.len());
        assert_eq!(key("/etc/app/site.yaml"), "etc__app__site.yaml");
    }

    #[test]
    fn a_folder_below_another_is_part_of_it() {
        assert_eq!(folders(&files(&["/a/b/c/x", "/a/b/y", "/a/bc/z", "/a/b/c/w"])), ["/a/b", "/a/bc"]);
    }

    #[test]
    fn files_of_one_folder_share_a_mount() {
        let profile = "services: { a: { versions: { v1: { files: { /etc/a/x: one, /etc/a/y: two } } } } }";
        let text = object(profile, "Deployment", "a-v1");
        assert_eq!(text.matches("mountPath: /etc/a\n").count(), 1, "{text}");
        let data = object(profile, "ConfigMap", "a-v1-files");
        assert!(data.ends_with("data:\n  etc__a__x: one\n  etc__a__y: two\n"), "{data}");
    }

    #[test]
    fn pods_are_replaced_when_a_text_changes_but_not_when_its_place_does() {
        let digest = |files: &str| {
            let profile = format!("services: {{ a: {{ versions: {{ v1: {{ files: {{ {files} }} }} }} }} }}");
            let text = object(&profile, "Deployment", "a-v1");
            text.lines().find(|it| it.contains("files-sha256")).map(str::to_owned)
        };
        assert!(digest("/x/a: one, /x/b: two").is_some());
        assert_eq!(digest("/x/a: one, /x/b: two"), digest("/x/b: two, /x/a: one"));
        assert_ne!(digest("/x/a: one, /x/b: two"), digest("/x/a: one, /x/b: three"));
    }

    #[test]
    fn tmp_is_writable_unless_files_lie_there() {
        let mounts = |more: &str| {
            let profile = format!("services: {{ a: {{ versions: {{ v1: {{ {more} }} }} }} }}");
            object(&profile, "Deployment", "a-v1").matches("mountPath: /tmp\n").count()
        };
        assert_eq!(mounts(""), 1);
        assert_eq!(mounts("files: { /tmp/x: y }"), 1);
        assert_eq!(mounts("securityContext: { readOnlyRootFilesystem: false }"), 0);
    }
}
