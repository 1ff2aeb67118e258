import { readdirSync, readFileSync } from 'node:fs';
import { modelOf, sharpened } from '../src/engine/analysis/diagnose-model';
import { importTexts } from '../src/engine/import/import';
import { diagnose } from '../src/engine/analysis/diagnose';
import { lookAt } from '../src/engine/analysis/seen';
import { pointFiles, sessionFiles } from '../src/engine/testing/lab-diagnosis';

const root = '../shared/captures';
const only = process.argv[2];
for (const name of readdirSync(root).sort()) {
  if (only !== undefined && !name.startsWith(only)) continue;
  const d = diagnose(lookAt(pointFiles(name, root)));
  console.log(`== ${name}`);
  const dir = `${root}/${name}/state/before`;
  const texts = readdirSync(dir).filter((f) => f.endsWith('.txt') && f !== 'lan.txt').map((f) => readFileSync(`${dir}/${f}`, 'utf8'));
  const view = modelOf(importTexts(texts).topology, sessionFiles(name, root));
  const e = sharpened(d, view);
  console.log('  model', view.agrees, JSON.stringify(view.session.comparison.totals), view.session.inferred === null, view.session.command, '|', view.verdict?.outcome, view.verdict?.loss?.reason.kind, view.verdict?.repairWith.map((r) => r.kind).join());
  const first = e.findings[0];
  console.log('  =>', first?.kind, first?.causes.map((c) => `${c.kind}@${c.host}${c.from === 'model' ? '*' : ''}`).join(' > '));
  for (const f of d.findings) {
    if (f.severity === 'note' && f.kind !== 'all-well' && f.kind !== 'trace' && only === undefined && f.kind!=='absence-unproven') continue;
    console.log('  ', f.severity, f.kind, f.host, only ? JSON.stringify(f.values) : '', f.causes.map((c) => `${c.kind}@${c.host}`).join(' > '));
  }
}
