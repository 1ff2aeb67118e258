/** docs/benchmarks.md: each benchmark writes its own sections and leaves those of the others. */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'docs/benchmarks.md';

/** @param {string} title of the section @param {string} text what stands below it */
export function replaceSection(title, text) {
  const [head = '', ...sections] = readFileSync(FILE, 'utf8').split(/\n(?=## )/);
  const written = `## ${title}\n\n${text.trim()}\n`;
  const at = sections.findIndex((section) => section.startsWith(`## ${title}\n`));
  if (at < 0) sections.push(written);
  else sections[at] = written;
  writeFileSync(
    FILE,
    [head, ...sections]
      .map((part) => part.trimEnd())
      .join('\n\n')
      .concat('\n'),
  );
}

/** @param {string} text what stands above all sections */
export function replaceHead(text) {
  const sections = readFileSync(FILE, 'utf8')
    .split(/\n(?=## )/)
    .slice(1);
  writeFileSync(
    FILE,
    [text, ...sections]
      .map((part) => part.trimEnd())
      .join('\n\n')
      .concat('\n'),
  );
}
