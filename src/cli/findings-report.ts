/**
 * What is wrong with an imported cluster, for `hopscope import`: as lines to read, and as JSON.
 *
 * JSON: `findings` is a list, worst first, of { kind, severity, node, evidence, says, consequence, check, repair };
 * `kind` is a row of docs/findings.md, `evidence` holds its values, `consequence` is null or { command, outcome, lostAt,
 * stage, reason, printed, repaired }, `check` a list of { host, line, prints }, `repair` one of { kind, lines: { host,
 * line }[] }; host null means where kubectl works. `audits` is a list of { node, known, rows: { verdict, expected,
 * actual }[] }. Addresses and routes are written as the tools print them.
 */
import { formatIpv4, ipv4FromNumber } from '../engine/addr/ipv4';
import { formatPrefix, type Prefix } from '../engine/addr/prefix';
import type { Consequence, Finding, Severity } from '../engine/findings/finding';
import type { AuditRow, RouteAudit } from '../engine/findings/route-audit';
import type { Route } from '../engine/net/route';
import { formatRoute } from '../engine/net/route-text';
import type { Catalogue } from '../i18n';
import { sayFinding } from '../i18n/sentence-finding';

/** Audits with nothing to show are one line each. */
export function findingsText(
  findings: readonly Finding[],
  audits: readonly RouteAudit[],
  text: Catalogue,
): readonly string[] {
  const t = text.findings;
  const count = (severity: Severity): number => findings.filter((one) => one.severity === severity).length;
  const summary =
    findings.length === 0
      ? t.none
      : t.count({ errors: count('error'), warnings: count('warning'), notes: count('note') });
  return [
    ...findings.flatMap((finding) => [...findingLines(finding, text), '']),
    ...audits.flatMap((audit) => auditLines(audit, text)),
    ...(audits.length === 0 ? [] : ['']),
    summary,
  ];
}

const unmarked = (text: string): string => text.replaceAll('**', '');

function findingLines(finding: Finding, text: Catalogue): readonly string[] {
  const t = text.findings;
  const { title, lead, tried, printed } = sayFinding(finding, text);
  const at = (host: string | null): string => host ?? t.kubectl;
  return [
    `${t.severities[finding.severity]}: ${finding.node}: ${title}`,
    `  ${unmarked(lead)}`,
    ...tried.map((line) => `  ${unmarked(line)}`),
    ...printed.filter((line) => line !== '').map((line) => `    | ${line}`),
    ...finding.check.map(
      ({ host, line, prints }) =>
        `  ${t.check}: ${at(host)}: ${line}${prints === null || prints === '' ? '' : `   # ${t.prints(prints)}`}`,
    ),
    ...finding.repair.flatMap(({ kind, lines }, i) => [
      `  ${i === 0 ? t.repair : t.or}: ${unmarked(t.remedies[kind])}`,
      ...lines.map(({ host, line }) => `    ${at(host)}: ${line}`),
    ]),
  ];
}

function auditLines({ node, known, rows }: RouteAudit, text: Catalogue): readonly string[] {
  const t = text.findings.audit;
  if (known && rows.every(({ verdict }) => verdict === 'right'))
    return [`${t.title(node)}: ${t.allRight(rows.length)}`];
  const shown = (route: Route | null): string => (route === null ? t.nothing : formatRoute(route));
  const cells = [
    ['', t.expected, t.actual],
    ...rows.map(({ verdict, expected, actual }) => [text.findings.rows[verdict], shown(expected), shown(actual)]),
  ];
  const widths = [0, 1].map((column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return [
    `${t.title(node)}:${known ? '' : ` ${t.unknown}`}`,
    ...cells.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd()),
  ];
}

export interface FindingsJson {
  readonly findings: readonly unknown[];
  readonly audits: readonly unknown[];
}

/** Plain data for JSON.stringify. */
export const findingsJson = (
  findings: readonly Finding[],
  audits: readonly RouteAudit[],
  text: Catalogue,
): FindingsJson => ({
  findings: findings.map(({ kind, severity, node, evidence, consequence, check, repair }, i) => ({
    kind,
    severity,
    node,
    says: unmarked(sayFinding(findings[i] as Finding, text).lead),
    evidence: valuesOf(evidence),
    consequence: consequence === null ? null : consequenceJson(consequence),
    check: check.map(({ host, line, prints }) => ({ host, line, prints })),
    repair: repair.map(({ kind: how, lines }) => ({ kind: how, lines })),
  })),
  audits: audits.map(({ node, known, rows }) => ({ node, known, rows: rows.map(rowJson) })),
});

const routeText = (route: Route | null): string | null => (route === null ? null : formatRoute(route));
const rowJson = ({ verdict, expected, actual }: AuditRow) => ({
  verdict,
  expected: routeText(expected),
  actual: routeText(actual),
});

const consequenceJson = ({ command, verdict, repaired }: Consequence) => ({
  command,
  outcome: verdict.outcome,
  lostAt: verdict.loss?.host ?? null,
  stage: verdict.loss?.stage ?? null,
  reason: verdict.loss?.reason.kind ?? null,
  printed: verdict.printed,
  repaired,
});

/** The evidence without its kind; addresses, prefixes and routes as text. */
function valuesOf(value: unknown, key = ''): unknown {
  if (typeof value === 'number') return key === 'ip' || key === 'publicIp' ? formatIpv4(ipv4FromNumber(value)) : value;
  if (Array.isArray(value)) return value.map((one) => valuesOf(one));
  if (typeof value !== 'object' || value === null) return value;
  if (isRoute(value)) return formatRoute(value);
  if (isPrefix(value)) return formatPrefix(value);
  const entries = Object.entries(value).filter(([name]) => name !== 'kind');
  return Object.fromEntries(entries.map(([name, one]) => [name, valuesOf(one, name)]));
}

const isRoute = (value: object): value is Route => 'dst' in value && 'via' in value && 'protocol' in value;
const isPrefix = (value: object): value is Prefix => 'base' in value && 'len' in value;
