/** Every step of every example has its sentence, with its values, in both languages. */
import { describe, expect, test } from 'vitest';
import type { ExampleId } from '../engine/control-plane/example-ids';
import { exampleEvents } from '../engine/control-plane/examples';
import { playControlPlane } from '../engine/control-plane/play';
import { specOf } from '../engine/findings/derive-spec';
import { article } from '../engine/topology/scenarios/article';
import { catalogue, LANGS, loadCatalogue } from '.';
import { sayControlStep } from './sentence-control-plane';
import { sayChange } from './sentence-table-change';
import { timelineTexts } from './timeline';

await Promise.all(LANGS.map(loadCatalogue));
const spec = specOf(article);
const stepsOf = (id: ExampleId) => playControlPlane(article, spec, exampleEvents(article, spec, id) ?? []).steps;

describe.each(LANGS)('the time line in words (%s)', (lang) => {
  const text = catalogue(lang);
  const ids = Object.keys(text.controlPlane.examples) as ExampleId[];

  test.each(ids)('%s', (id) => {
    const said = stepsOf(id).map((step) => sayControlStep(step, text));
    expect(said.length).toBeGreaterThan(0);
    for (const sentence of said) expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test('what changed in the tables is marked, and named as the tools name it', () => {
    const changes = stepsOf('route-deleted').flatMap((step) => step.changes);
    const row = { host: 'node1', what: '10.244.2.0/24 via 192.168.0.82 dev ens33' };
    expect(changes.map((change) => sayChange(change, timelineTexts(lang)))).toEqual([
      { sign: '−', ...row },
      { sign: '+', ...row },
    ]);
    const joined = stepsOf('join').flatMap((step) => step.changes);
    for (const change of joined) expect(sayChange(change, timelineTexts(lang)).what).not.toMatch(/undefined|\[object/);
  });

  test('a route deleted by hand: who, what, and that it is back', () => {
    const [typed, recovered] = stepsOf('route-deleted').map((step) => sayControlStep(step, text));
    expect(typed).toContain('**ip route del 10.244.2.0/24**');
    expect(recovered).toContain('**10.244.2.0/24 via 192.168.0.82 dev ens33**');
  });
});
