/** `hopscope import`: a cluster from what terminals printed, with the report of how it came about. */
import { judged } from '../engine/findings/judge';
import { importTexts } from '../engine/import/import';
import { toFile } from '../engine/topology/file';
import type { CliTexts } from '../i18n/cli';
import { textOf, writeText } from './files';
import { findingsJson, findingsText } from './findings-report';
import { importJson } from './import-json';
import { importLines } from './import-text';
import { readOptions } from './options';
import type { Output } from './output';
import { UsageError } from './usage-error';

export function runImport(args: readonly string[], text: CliTexts, output: Output): number {
  const { words, values, flags } = readOptions(args, { out: 'value', json: 'flag' });
  const files = words.map(({ word }) => word);
  if (files.length === 0) throw new UsageError({ kind: 'no-text' });
  const imported = importTexts(files.map(textOf));
  if (imported.topology.hosts.length === 0) throw new UsageError({ kind: 'no-cluster', paths: files });
  const { findings, audits } = judged(imported.topology, imported.flannel);
  if (flags.has('json')) {
    const json = { ...importJson(imported, files), ...findingsJson(findings, audits, text.page) };
    output.line(JSON.stringify(json, null, 2));
  } else {
    for (const line of importLines(imported, files, text.importing)) output.line(line);
    for (const line of ['', ...findingsText(findings, audits, text.page)]) output.line(line);
  }
  const [path] = values.get('out') ?? [];
  if (path !== undefined) writeText(path, toFile(imported.topology));
  return 0;
}
