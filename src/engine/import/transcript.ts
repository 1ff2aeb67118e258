/**
 * Cuts texts into blocks: a command with the output that follows it, up to the next prompt. What stands before the
 * first prompt is a block without a command.
 */
import type { Source } from './facts';
import { placed, readPrompt } from './prompt';

export interface Block {
  readonly host: string | null; // null: nothing says whose output this is
  readonly typedAt: string | null; // the host whose prompt the command stands behind
  readonly command: string | null; // as typed
  readonly words: readonly string[]; // the command that printed the lines, or empty
  readonly lines: readonly string[];
  readonly source: Source; // of the first line of output
}

/** Terminals colour their output; a colour is no text, and neither is any other control character but the tab. */
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g');
const CONTROL = /(?!\t)\p{Cc}/gu;
const LINE_END = /\r\n|\n|\r/;
/** Anything of these at all: most long texts are files that hold none. */
const UNUSUAL = /\u00a0|(?![\t\n\r])\p{Cc}/u;

export const linesOf = (text: string): readonly string[] => {
  const lines = text.split(LINE_END);
  return UNUSUAL.test(text)
    ? lines.map((line) => line.replaceAll('\u00a0', ' ').replace(COLOUR, '').replace(CONTROL, ''))
    : lines;
};

/** Every line of every text lands in exactly one block, prompts excepted. */
export function blocksOf(texts: readonly string[]): readonly Block[] {
  return texts.flatMap((text, index) => blocksOfText(linesOf(text), index));
}

function blocksOfText(lines: readonly string[], text: number): readonly Block[] {
  const blocks: Block[] = [];
  let open: Omit<Block, 'lines'> = { host: null, typedAt: null, command: null, words: [], source: { text, line: 1 } };
  let inShell: string | null = null;
  let from = 0;
  const close = (to: number) => {
    const output = lines.slice(from, to);
    if (open.command !== null || output.some((line) => line.trim() !== '')) blocks.push({ ...open, lines: output });
  };
  lines.forEach((line, at) => {
    const prompt = readPrompt(line);
    if (prompt === null) return;
    close(at);
    from = at + 1;
    const { host, words, shell } = placed(prompt.host ?? inShell, prompt.command);
    if (prompt.host !== null || shell) inShell = shell ? host : null;
    open = { host, typedAt: prompt.host, command: prompt.command, words, source: { text, line: at + 2 } };
  });
  close(lines.length);
  return blocks;
}
