/**
 * flannel's net-conf.json, in a file of its own; k3s keeps one too. Source: flannel pkg/subnet/config.go @cdf76059.
 *
 *   {"Network":"10.244.0.0/16","EnableNFTables":false,"Backend":{"Type":"host-gw"}}
 */
import { readPrefix } from '../../addr/prefix';
import { fieldOf, textOf } from '../documents';
import type { FactOf } from '../facts';
import { type DocumentImporter, Notes } from '../importer';

export const netConf: DocumentImporter = {
  name: 'net-conf',
  tool: 'flannel: net-conf.json',
  takes: (value) => configFact(value) !== null,
  read: (values) => {
    const notes = new Notes();
    for (const value of values) {
      const fact = configFact(value);
      if (fact !== null) notes.add(0, fact);
    }
    return notes;
  },
};

export function configFact(value: unknown): FactOf<'flannel-config'> | null {
  const network = readPrefix(textOf(fieldOf(value, 'Network')) ?? '');
  const backend = textOf(fieldOf(value, 'Backend', 'Type'));
  return network === null && backend === null ? null : { kind: 'flannel-config', network, backend };
}
