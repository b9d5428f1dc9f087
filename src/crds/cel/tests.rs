//! Expressions and what they come to, as the API server's own evaluator says.

use crate::crds::cel::{Program, Stop};
use crate::crds::read::SchemaReader;
use crate::crds::value::Value;
use crate::source::SourceMap;

const VALUE: &str =
    "{ s: foo, i: 3, n: 1.5, l: [a, b], li: [1, 2, 3], m: { a: b }, ios: 5, o: { a-b: 1 } }\n";

const SCHEMA: &str = "
properties:
  s: { type: string }
  opt: { type: string }
  i: { type: integer }
  n: { type: number }
  l: { type: array, items: { type: string } }
  li: { type: array, items: { type: integer } }
  m: { additionalProperties: { type: string } }
  ios: { x-kubernetes-int-or-string: true }
  o: { properties: { a-b: { type: integer } } }
";

fn run(rule: &str) -> Result<bool, Stop> {
    let (mut files, mut diags) = (SourceMap::default(), crate::diag::Diagnostics::default());
    let mut read = |text: &str| {
        let file = files.add("a.yaml", text).unwrap();
        crate::yaml::parse(file, &files, &mut diags).unwrap()
    };
    let (value, schema) = (read(VALUE), read(SCHEMA));
    let schema = SchemaReader::new(&mut diags).root(&schema);
    Program::new(rule).holds(&Value::of(&value), &schema, &mut 100_000)
}

#[test]
fn expressions_hold_that_hold_in_the_api_server() {
    for rule in [
        "self.s.substring(1) == 'oo' && self.s.indexOf('o', 2) == 2 && self.s.lastIndexOf('o') == 2",
        "self.s.split('') == ['f', 'o', 'o'] && self.l.join(',') == 'a,b' && self.s.charAt(3) == ''",
        "self.s.matches('(?i)^F.o$') && self.s.findAll('o', 1) == ['o'] && !self.s.matches(r'\\d')",
        "self.li.sum() == 6 && self.li.isSorted() && self.li.max() == 3 && self.l.indexOf('z') == -1",
        "self.li.map(x, x > 1, x * 10) == [20, 30] && self.li.exists_one(x, x == 2)",
        "self.li.all(i, x, i < x) && self.m.transformMap(k, v, v + '!') == {'a': 'b!'}",
        "has(self.m.a) && !has(self.m.b) && 'a' in self.m && self.m['a'] == 'b'",
        "self.?opt.orValue('x') == 'x' && self.?m.a.orValue('z') == 'b' && self.l[?7].orValue('') == ''",
        "[?self.?opt].size() == 0 && self.?s.optMap(x, x + '!').value() == 'foo!'",
        "type(self.ios) == int && self.ios > 1 && double(self.i) == 3.0 && self.n < self.i",
        "duration('1h30m') == duration('90m') && string(duration('1.5s')) == '1.5s'",
        "timestamp('2024-02-29T12:00:00Z').getDayOfWeek() == 4",
        "url('https://a.b:8443/x?q=1').getPort() == '8443' && !isURL('a.b') && isURL('/a')",
        "quantity('100m').isLessThan(quantity('1')) && quantity('1Ki').asInteger() == 1024",
        "isIP('::1') && cidr('10.0.0.0/8').containsIP('10.1.2.3') && ip('127.0.0.1').isLoopback()",
        "sets.equivalent(self.l, ['b', 'a']) && [[1], [2]].flatten() == [1, 2] && lists.range(2) == [0, 1]",
        "isSemver('1.2.3-rc.1') && semver('1.2.3-rc.1').isLessThan(semver('1.2.3'))",
        "'%s is %d, %.1f, %s'.format([self.s, self.i, self.n, self.l]) == 'foo is 3, 1.5, [\"a\", \"b\"]'",
        "string(1234567.0) == '1.234567e+06' && -7 / 2 == -3 && -7 % 3 == -1 && 1u + 2u == 3u",
        "self.opt == 'x' || self.i == 3",
        "!(self.opt == 'x' && self.i == 4)",
        "self.l.exists(x, self.opt == x || x == 'a')",
        "\"\\x41\\101\\u0041\" == 'AAA' && b'\\xff'.size() == 1 && 'é'.size() == 1 && r'\\n'.size() == 2",
    ] {
        assert_eq!(run(rule), Ok(true), "{rule}");
    }
}

#[test]
fn expressions_fail_that_fail_in_the_api_server() {
    for rule in [
        "self.opt == 'x'",
        "self.i / 0 == 1",
        "self.i + 9223372036854775807 > 0",
        "self.l[5] == 'a'",
        "int(self.s) == 1",
        "self.s.substring(2, 1) == ''",
        "self.s < self.i",
        "url(self.s).getHost() == ''",
        "optional.none().value() == 1",
        "self.l.exists_one(x, self.opt == x)",
    ] {
        assert!(matches!(run(rule), Err(Stop::Failed(_))), "{rule}: {:?}", run(rule));
    }
}

#[test]
fn what_nobody_can_say_is_not_said() {
    for rule in [
        "self.s",
        "unheard()",
        "nobody == 1",
        "self.s.matches('[')",
        "lists.range(10000000).size() > 0",
        "1 +",
        "",
    ] {
        assert!(matches!(run(rule), Err(Stop::Unable(_))), "{rule}: {:?}", run(rule));
    }
}

#[test]
fn an_expression_is_read_as_its_signs_bind() {
    for rule in [
        "1 + 2 * 3 == 7 && (1 + 2) * 3 == 9 && 2 - 1 - 1 == 0",
        "true || false && false",
        "false ? false : true ? true : false",
        "!false && !!true && - -1 == 1 && -9223372036854775808 < 0",
        "1 in [1] && !(2 in [1]) && 0x10 == 16 && 1e2 == 100.0 && .5 == 0.5",
        "self.o.a__dash__b == 1",
    ] {
        assert_eq!(run(rule), Ok(true), "{rule}");
    }
}
