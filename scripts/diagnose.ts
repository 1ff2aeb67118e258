import { readdirSync } from 'node:fs';
import { diagnose } from '../src/engine/analysis/diagnose';
import { lookAt } from '../src/engine/analysis/seen';
import { pointFiles } from '../src/engine/testing/lab-diagnosis';

const root = '../shared/captures';
const only = process.argv[2];
for (const name of readdirSync(root).sort()) {
  if (only !== undefined && !name.startsWith(only)) continue;
  const d = diagnose(lookAt(pointFiles(name, root)));
  console.log(`== ${name}`);
  for (const f of d.findings) {
    if (f.severity === 'note' && f.kind !== 'all-well' && f.kind !== 'trace' && only === undefined && f.kind!=='absence-unproven') continue;
    console.log('  ', f.severity, f.kind, f.host, only ? JSON.stringify(f.values) : '', f.causes.map((c) => `${c.kind}@${c.host}`).join(' > '));
  }
}
