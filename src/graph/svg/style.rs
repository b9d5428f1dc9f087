//! Colours, strokes and signs: each look differs in more than its colour.

use crate::graph::layout::Look;
use crate::graph::model::Role;

/// The class of a look.
pub fn class(look: Look) -> &'static str {
    match look {
        Look::Route => "route",
        Look::Idle => "idle",
        Look::Mirror => "mirror",
        Look::Strict => "strict",
        Look::Permissive => "permissive",
        Look::Disabled => "disabled",
        Look::Tls => "tls",
        Look::Plain => "plain",
        Look::Denied => "denied",
        Look::Undeclared => "undeclared",
    }
}

/// The sign beside a line.
pub fn mark(look: Look) -> Option<&'static str> {
    match look {
        Look::Strict | Look::Tls => Some("lock"),
        Look::Permissive => Some("unlocked"),
        Look::Denied => Some("cross"),
        Look::Undeclared => Some("eye"),
        Look::Route | Look::Idle | Look::Mirror | Look::Disabled | Look::Plain => None,
    }
}

/// The class of a box.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Outside => "r-outside",
        Role::Gateway => "r-gateway",
        Role::Client => "r-client",
        Role::Caller => "r-caller",
        Role::Service => "r-service",
        Role::Version => "r-version",
        Role::External => "r-external",
    }
}

/// Light unless the reader prefers dark. Colours of text have a contrast of at least 4.5 to the page.
pub const STYLE: &str = r#"<style>
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-size:12px;fill:#1f2733}
.page{fill:#fff}.title{font-size:22px;font-weight:650}.soft{fill:#5a6675}.name{font-size:14px;font-weight:600}
.column{font-size:11px;letter-spacing:1px;text-anchor:middle;text-transform:uppercase;fill:#6b7685}
.box{fill:#f8fafc;stroke:#cbd5e1;stroke-width:1}.edge{fill:none;stroke:#94a3b8;stroke-width:4;stroke-linecap:round}
.label{text-anchor:end;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.line{fill:none;stroke-width:2;stroke:#64748b}.head{fill:#64748b}.mark{fill:#64748b;stroke:#64748b}
.r-outside .edge{stroke:#94a3b8}.r-gateway .edge{stroke:#7c3aed}.r-client .edge,.r-caller .edge{stroke:#2563eb}
.r-caller .box,.r-outside .box{stroke-dasharray:5 4}.r-service .edge{stroke:#0d9488}.r-version .edge{stroke:#64748b}.r-external .edge{stroke:#b45309}
.r-service .box{fill:#f0fdfa;stroke:#99d5cd}
.strict .line{stroke:#15803d}.strict .head{fill:#15803d}.strict.mark{fill:#15803d;stroke:#15803d}text.strict{fill:#166534}
.permissive .line{stroke:#b45309;stroke-dasharray:10 4}.permissive .head{fill:#b45309}.permissive.mark{fill:#b45309;stroke:#b45309}text.permissive{fill:#92400e}
.disabled .line,.plain .line{stroke:#64748b;stroke-dasharray:2 4}.tls .line{stroke:#4338ca}.tls .head{fill:#4338ca}.tls.mark{fill:#4338ca;stroke:#4338ca}text.tls{fill:#4338ca}
.denied .line{stroke:#dc2626;stroke-dasharray:6 4 1 4}.denied .head{fill:#dc2626}.denied.mark{fill:none;stroke:#dc2626}text.denied{fill:#b91c1c}
.undeclared .line{stroke:#c026d3;stroke-width:3;stroke-dasharray:9 3 3 3}.undeclared .head{fill:#c026d3}.undeclared.mark{fill:none;stroke:#c026d3}text.undeclared{fill:#a21caf}
.mirror .line{stroke:#7c3aed;stroke-dasharray:1 5;stroke-linecap:round}.mirror .head{fill:#7c3aed}text.mirror{fill:#6d28d9}
.idle .line{stroke:#a3afbf;stroke-width:1;stroke-dasharray:3 3}.idle .head{fill:#a3afbf}text.idle{fill:#6b7685}
@media (prefers-color-scheme:dark){
text,.name{fill:#e6edf3}.page{fill:#0d1117}.soft{fill:#9aa7b5}.column,text.idle{fill:#8b98a7}
.box{fill:#161b22;stroke:#39424e}.r-service .box{fill:#10231f;stroke:#1f5e55}.label{stroke:#0d1117}
.line{stroke:#94a3b8}.head{fill:#94a3b8}.mark{fill:#94a3b8;stroke:#94a3b8}.r-gateway .edge{stroke:#a78bfa}.r-client .edge,.r-caller .edge{stroke:#60a5fa}
.r-service .edge{stroke:#2dd4bf}.r-version .edge{stroke:#94a3b8}.r-external .edge{stroke:#f59e0b}
.strict .line{stroke:#3fb950}.strict .head{fill:#3fb950}.strict.mark{fill:#3fb950;stroke:#3fb950}text.strict{fill:#56d364}
.permissive .line{stroke:#f59e0b}.permissive .head{fill:#f59e0b}.permissive.mark{fill:#f59e0b;stroke:#f59e0b}text.permissive{fill:#fbbf24}
.disabled .line,.plain .line{stroke:#94a3b8}.tls .line{stroke:#8b9bff}.tls .head{fill:#8b9bff}.tls.mark{fill:#8b9bff;stroke:#8b9bff}text.tls{fill:#a5b4fc}
.denied .line{stroke:#f85149}.denied .head{fill:#f85149}.denied.mark{fill:none;stroke:#f85149}text.denied{fill:#ff7b72}
.undeclared .line{stroke:#e879f9}.undeclared .head{fill:#e879f9}.undeclared.mark{fill:none;stroke:#e879f9}text.undeclared{fill:#f0abfc}
.mirror .line{stroke:#a78bfa}.mirror .head{fill:#a78bfa}text.mirror{fill:#c4b5fd}.idle .line{stroke:#5b6673}.idle .head{fill:#5b6673}
}
</style>
<defs>
<g id="lock"><path d="M1 5h8v6h-8z"/><path fill="none" stroke-width="2" d="M3 5v-1a2 2 0 0 1 4 0v1"/></g>
<g id="unlocked"><path d="M1 5h8v6h-8z"/><path fill="none" stroke-width="2" d="M3 5v-2a2 2 0 0 1 4 -1"/></g>
<g id="cross"><path fill="none" stroke-width="2" d="M1 3l8 8M9 3l-8 8"/></g>
<g id="eye"><path fill="none" stroke-width="2" d="M5 2v5M5 9v2"/></g>
</defs>
"#;
