//! A route of the profile becomes one of Istio's, to one port of the service.

use ecow::eco_format;

use crate::kube::made;
use crate::kube::pairs::Pairs;
use crate::kube::traffic::http_match::StringMatch;
use crate::kube::traffic::http_route::{self as wire, HttpRoute};
use crate::lower::traffic::http_match::http_match;
use crate::lower::traffic::target::{Target, http_ports};
use crate::profile::action::{Cors, HeaderChange, Headers, Redirect, RegexRewrite, Respond, Rewrite};
use crate::profile::traffic::{Abort, Delay, Fault, Mirror, Retries, Route};
use crate::source::{Spanned, Str, Text};
use crate::units::{Percent, Port};
use crate::yaml::Named;

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
    // A lone version needs no share: all requests of the route are its own.
    let unsaid = split.is_empty() && redirect.is_none() && respond.is_none();
    HttpRoute {
        name: named(name, to, match_port),
        r#match: http_match(to.service.profile, r#match.as_ref(), match_port),
        route: if unsaid { to.whole() } else { to.split(split) },
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
    wire::HeaderChange { set: texts(set), add: texts(add), remove: remove.to_vec() }
}

fn texts(named: &Named<Text>) -> Pairs<Text> {
    Pairs(named.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
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

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    fn route(route: &str) -> String {
        let text = format!(
            "services: {{ a: {{ versions: {{ v1: {{}}, v2: {{}} }}, routes: {{ r: {{ {route} }} }} }},
  b: {{ namespace: other, ports: {{ http: null, db: {{ number: 5, protocol: tcp }}, web: {{ number: 8 }} }}, versions: {{ v1: {{}} }} }} }}"
        );
        let text = object(&text, "VirtualService", "a");
        let route = text.split_once("  - name: r\n").map(|(_, it)| it.split("  tcp:\n").next().unwrap_or(it));
        route.unwrap_or(&text).to_owned()
    }

    #[test]
    fn weights_of_0_and_100_are_written_so_that_a_shift_changes_numbers_only() {
        let wanted = "    route:
    - destination:
        host: a.demo.svc.cluster.local
        subset: v2
        port:
          number: 80
      weight: 0
    - destination:
        host: a.demo.svc.cluster.local
        subset: v1
        port:
          number: 80
      weight: 100
";
        assert_eq!(route("split: { v2: 0, v1: 100 }"), wanted);
    }

    #[test]
    fn what_counts_as_failed_has_no_blanks() {
        let text =
            route("split: { v1: 100 }, timeout: 2s, retries: { attempts: 2, retryOn: [reset, '503'] }");
        assert!(
            text.ends_with("    timeout: 2s\n    retries:\n      attempts: 2\n      retryOn: reset,503\n"),
            "{text}"
        );
    }

    #[test]
    fn a_fault_without_percentage_would_never_fire() {
        let text = route(
            "split: { v1: 100 }, fault: { delay: { fixedDelay: 1s }, abort: { httpStatus: 503, percent: 0.5 } }",
        );
        let wanted = "    fault:
      delay:
        percentage:
          value: 100
        fixedDelay: 1s
      abort:
        percentage:
          value: 0.5
        httpStatus: 503
";
        assert!(text.ends_with(wanted), "{text}");
    }

    #[test]
    fn a_copy_goes_to_a_version_or_to_another_service() {
        let text = route("split: { v1: 100 }, mirror: v2");
        let wanted = "    mirrors:
    - destination:
        host: a.demo.svc.cluster.local
        subset: v2
        port:
          number: 80
      percentage:
        value: 100
";
        assert!(text.ends_with(wanted), "{text}");
        let text = route("split: { v1: 100 }, mirror: { service: b, percent: 5 }");
        let wanted = "    mirrors:
    - destination:
        host: b.other.svc.cluster.local
        port:
          number: 8
      percentage:
        value: 5
";
        assert!(text.ends_with(wanted), "{text}");
    }

    #[test]
    fn the_proxy_can_answer_or_send_elsewhere() {
        let text = route("respond: { status: 418, body: tea }");
        assert_eq!(text, "    directResponse:\n      status: 418\n      body:\n        string: tea\n");
        let text = route("redirect: { uri: /new, code: 308 }");
        assert_eq!(text, "    redirect:\n      uri: /new\n      redirectCode: 308\n");
    }

    #[test]
    fn path_and_headers_change_on_the_way() {
        let text = route(
            "split: { v1: 100 }, rewrite: { uriRegex: { match: '^/a', rewrite: /b } }, headers: { request: { set: { x: q }, remove: w } }",
        );
        let wanted = "    rewrite:
      uriRegexRewrite:
        match: \"^/a\"
        rewrite: /b
    headers:
      request:
        set:
          x: q
        remove:
        - w
";
        assert!(text.ends_with(wanted), "{text}");
    }

    #[test]
    fn pages_of_other_origins_may_call() {
        let text = route(
            "split: { v1: 100 }, cors: { allowOrigins: [https://a.example, { prefix: https://b }], allowMethods: GET, maxAge: 1h }",
        );
        let wanted = "    corsPolicy:
      allowOrigins:
      - exact: https://a.example
      - prefix: https://b
      allowMethods:
      - GET
      maxAge: 1h
";
        assert!(text.ends_with(wanted), "{text}");
    }
}
