/** The page as a test sees it: by roles and labels, as a person finds things. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

const SAMPLES = new URL('../public/samples/article-ping/', import.meta.url);

export interface UploadedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** The bytes of a bundled capture. */
export const sample = (name: string): Buffer => readFileSync(new URL(name, SAMPLES));

export const upload = (name: string, buffer: Buffer): UploadedFile => ({
  name,
  mimeType: 'application/octet-stream',
  buffer,
});

export class HopscopePage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(`/${hash}`);
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText('Hopscope');
    await this.idle();
  }

  /** Waits for the app's own mark that nothing moves any more. */
  async idle(): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-idle', 'true');
  }

  get step(): Locator {
    return this.page.getByRole('region', { name: /^(This step|当前步骤)$/ });
  }

  get matrix(): Locator {
    return this.page.getByRole('table', { name: /prediction against capture|预测与抓包对照/ });
  }

  /** '30 / 164' */
  get position(): Locator {
    return this.page.getByRole('navigation', { name: /^(Steps|步骤)$/ }).getByRole('status');
  }

  async where(): Promise<{ readonly at: number; readonly of: number }> {
    const [at = '0', of = '0'] = (await this.position.innerText()).split('/');
    return { at: Number(at), of: Number(of) };
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** The line that says what is open and how it compares. */
  get captureStatus(): Locator {
    return this.page
      .getByRole('status')
      .filter({ hasText: /agree|differ|file|文件|一致/ })
      .first();
  }

  get verdict(): Locator {
    return this.page.getByRole('region', { name: /^(Verdict|判定)$/ });
  }

  /** Breaks the cluster by the menu, by a fault's title. */
  async breakBy(title: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Break something/ }).click();
    await this.page.getByRole('button', { name: new RegExp(`^${title}`) }).click();
    await this.idle();
  }

  /** 'pod1: ping -c 1 …', typed at that host's prompt. */
  async typeAt(line: string): Promise<void> {
    const colon = line.indexOf(':');
    const prompt = this.page.getByRole('form', { name: 'Command' });
    await prompt.getByRole('combobox').selectOption(line.slice(0, colon));
    await prompt.getByRole('textbox').fill(line.slice(colon + 1).trim());
    await prompt.getByRole('button', { name: 'Run' }).click();
    await this.idle();
  }

  /** The packet whose matrix is shown, by a part of its name. */
  async showPacket(name: RegExp): Promise<void> {
    const select = this.page.getByRole('combobox', { name: /^(Packet|数据包|包)$/ });
    const option = select.locator('option').filter({ hasText: name }).first();
    await select.selectOption(await option.getAttribute('value'));
  }

  /** Drops files on the page, as from a file manager. */
  async drop(files: readonly UploadedFile[]): Promise<void> {
    const data = files.map(({ name, buffer }) => ({ name, base64: buffer.toString('base64') }));
    const transfer = await this.page.evaluateHandle((list) => {
      const made = new DataTransfer();
      for (const { name, base64 } of list) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        made.items.add(new File([bytes], name));
      }
      return made;
    }, data);
    for (const type of ['dragenter', 'dragover', 'drop']) {
      await this.page.dispatchEvent('body', type, { dataTransfer: transfer });
    }
    await expect(this.dialog).toBeVisible();
  }

  async press(key: string, times = 1): Promise<void> {
    for (let i = 0; i < times; i += 1) await this.page.keyboard.press(key);
  }

  /** Nothing may be wider than the window. */
  async expectNoSidewaysScroll(): Promise<void> {
    const over = await this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBeLessThanOrEqual(0);
  }
}
