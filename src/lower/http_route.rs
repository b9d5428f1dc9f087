//! A route of the profile becomes one of Istio's, to one port of the service.

use ecow::eco_format;

use crate::kube::http_match::StringMatch;
use crate::kube::http_route::{self as wire, HttpRoute};
use crate::kube::made;
use crate::lower::http_match::http_match;
use crate::lower::target::{Target, http_ports};
use crate::profile::action::{Cors, HeaderChange, Headers, Redirect, RegexRewrite, Respond, Rewrite};
use crate::profile::traffic::{Abort, Delay, Fault, Mirror, Retries, Route};
use crate::profile::units::{Percent, Port};
use crate::source::{Spanned, Str, Text};

/// The route named `default` to the version `only`, for a service that has no routes. It is written even for a lone
/// version: adding a second one later must change weights and nothing else.
pub fn default_route(to: &Target<'_>, match_port: Option<Spanned<Port>>) -> HttpRoute {
    HttpRoute {
        name: named(&made("default"), to, match_port),
        r#match: http_match(to.service.profile, None, match_port),
        route: to.whole(),
        ..HttpRoute::default()
    }
}

/// One route; `match_port` is the port that its requests must have asked for, where there are several.
pub fn http_route(
    name: &Text,
    from: &Route,
    to: &Target<'_>,
    match_port: Option<Spanned<Port>>,
) -> HttpRoute {
    let Route {
        r#match,
        before: _,
        split,
        timeout,
        retries,
        fault,
        mirror,
        rewrite,
        redirect,
        respond,
        headers,
        cors,
    } = from;
    HttpRoute {
        name: named(name, to, match_port),
        r#match: http_match(to.service.profile, r#match.as_ref(), match_port),
        route: to.split(split),
        redirect: redirect.as_ref().map(|it| Box::new(redirection(it))),
        direct_response: respond.as_ref().map(|it| Box::new(response(it))),
        rewrite: rewrite.as_ref().map(|it| Box::new(rewriting(it))),
        timeout: timeout.clone(),
        retries: retries.as_ref().map(|it| Box::new(retrying(it))),
        fault: fault.as_ref().map(|it| Box::new(failing(it))),
        mirrors: mirror.iter().map(|it| mirroring(it, to)).collect(),
        headers: headers.as_ref().map(|it| Box::new(header_changes(it))),
        cors_policy: cors.as_ref().map(|it| Box::new(cors_policy(it))),
    }
}

/// Routes of several ports tell them apart by name.
fn named(name: &Text, to: &Target<'_>, match_port: Option<Spanned<Port>>) -> Text {
    if match_port.is_none() { name.clone() } else { name.with(eco_format!("{name}-{}", to.port_name)) }
}

fn redirection(from: &Redirect) -> wire::Redirect {
    let Redirect { uri, authority, scheme, port, code } = from.clone();
    wire::Redirect { uri, authority, scheme, port, redirect_code: code }
}

fn response(from: &Respond) -> wire::DirectResponse {
    let Respond { status, body } = from.clone();
    wire::DirectResponse { status, body: body.map(|string| wire::Body { string }) }
}

fn rewriting(from: &Rewrite) -> wire::Rewrite {
    let Rewrite { uri, uri_regex, authority } = from.clone();
    let regex = uri_regex.map(|RegexRewrite { r#match, rewrite }| wire::RegexRewrite { r#match, rewrite });
    wire::Rewrite { uri, uri_regex_rewrite: regex, authority }
}

fn retrying(from: &Retries) -> wire::Retries {
    let Retries { attempts, per_try_timeout, retry_on, backoff, retry_remote_localities } = from;
    wire::Retries {
        attempts: *attempts,
        per_try_timeout: per_try_timeout.clone(),
        retry_on: joined(retry_on),
        backoff: backoff.clone(),
        retry_remote_localities: *retry_remote_localities,
    }
}

fn joined(words: &[Text]) -> Option<Text> {
    let first = words.first()?;
    let mut all = Str::from(first.as_str());
    for word in &words[1..] {
        all.push(',');
        all.push_str(word);
    }
    let end = words.last().map_or(first.span, |it| it.span);
    Some(Text::new(all, first.span.to(end)))
}

fn failing(from: &Fault) -> wire::Fault {
    let Fault { delay, abort } = from.clone();
    wire::Fault {
        delay: delay
            .map(|Delay { fixed_delay, percent }| wire::Delay { percentage: part(percent), fixed_delay }),
        abort: abort.map(|Abort { http_status, grpc_status, percent }| wire::Abort {
            percentage: part(percent),
            http_status,
            grpc_status,
        }),
    }
}

fn part(percent: Option<Spanned<Percent>>) -> wire::Percentage {
    wire::Percentage { value: percent.unwrap_or(Spanned::made(Percent::ALL)) }
}

/// A copy for another service goes to its first HTTP port and to any of its versions: routes are not followed twice.
fn mirroring(from: &Mirror, to: &Target<'_>) -> wire::Mirror {
    let Mirror { version, service, percent } = from;
    let profile = to.service.profile;
    let other = service.as_ref().and_then(|it| profile.service(it));
    let destination = match other.and_then(|it| Some((it, http_ports(it).next()?))) {
        Some((other, port)) => Target::new(to.cx, other, port).destination(version.clone()),
        None => to.destination(version.clone()),
    };
    wire::Mirror { destination, percentage: part(*percent) }
}

fn header_changes(from: &Headers) -> wire::Headers {
    let Headers { request, response } = from;
    wire::Headers { request: request.as_ref().map(change), response: response.as_ref().map(change) }
}

fn change(from: &HeaderChange) -> wire::HeaderChange {
    let HeaderChange { set, add, remove } = from;
    wire::HeaderChange { set: set.into(), add: add.into(), remove: remove.to_vec() }
}

fn cors_policy(from: &Cors) -> wire::CorsPolicy {
    let Cors { allow_origins, allow_methods, allow_headers, expose_headers, max_age, allow_credentials } =
        from;
    wire::CorsPolicy {
        allow_origins: allow_origins.iter().map(StringMatch::from).collect(),
        allow_methods: allow_methods.to_vec(),
        allow_headers: allow_headers.to_vec(),
        expose_headers: expose_headers.to_vec(),
        max_age: max_age.clone(),
        allow_credentials: *allow_credentials,
    }
}
