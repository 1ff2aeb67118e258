/** docs/benchmarks.md: each benchmark writes its own sections and leaves those of the others. */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'docs/benchmarks.md';

/** @returns {string[]} what stands above all sections, then each of them */
const parts = () => readFileSync(FILE, 'utf8').split(/\n(?=## )/);

/** @param {readonly string[]} all */
const write = (all) => writeFileSync(FILE, `${all.map((part) => part.trimEnd()).join('\n\n')}\n`);

/** @param {string} title of the section @param {string} text what stands below it */
export function replaceSection(title, text) {
  const [head = '', ...sections] = parts();
  const written = `## ${title}\n\n${text.trim()}\n`;
  const at = sections.findIndex((section) => section.startsWith(`## ${title}\n`));
  if (at < 0) sections.push(written);
  else sections[at] = written;
  write([head, ...sections]);
}

/** @param {string} text what stands above all sections */
export const replaceHead = (text) => write([text, ...parts().slice(1)]);
