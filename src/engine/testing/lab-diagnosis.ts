/** The lab's scenarios as an operator would hand them in: four files and, when given, the transcripts of the hosts. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packetColumns } from '../analysis/packet-columns';
import type { PointFile } from '../analysis/seen';
import type { SessionCapture } from '../analysis/session';
import { openCapture } from '../capture/open';
import { createReader } from '../capture/reader';

const POINTS = ['pod1', 'node1', 'node2', 'pod2'] as const;

/** Beside the project; a bundled script runs elsewhere than this file, so the folder can be given. */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..', 'shared', 'captures');

export function pointFiles(scenario: string, root = ROOT): readonly PointFile[] {
  return POINTS.flatMap((name) => {
    const path = join(root, scenario, `${name}.cap`);
    if (!existsSync(path)) return [];
    const { columns, sink } = packetColumns();
    const reader = createReader(sink);
    reader.push(new Uint8Array(readFileSync(path)), true);
    reader.end();
    return [{ name, host: name, file: `${name}.cap`, columns }];
  });
}

/** The same files as packets, for the model. */
export function sessionFiles(scenario: string, root = ROOT): readonly SessionCapture[] {
  return POINTS.flatMap((name) => {
    const path = join(root, scenario, `${name}.cap`);
    const opened = existsSync(path) ? openCapture(new Uint8Array(readFileSync(path))) : null;
    return opened?.ok === true ? [{ id: name, name: `${name}.cap`, capture: opened.value, role: null }] : [];
  });
}
