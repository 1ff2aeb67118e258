/** Every screen of the page, and how to get there in either language. What is checked on all of them goes through this list. */
import { expect, type Page } from '@playwright/test';
import { HopscopePage, sample, upload } from './page';

export interface Screen {
  readonly name: string;
  /** Of the address; a screen that no address names is opened by hand. */
  readonly hash: string;
  readonly open?: (app: HopscopePage) => Promise<void>;
  /** Parts of it that are alike: one of them is enough for a check of every element. */
  readonly alike?: string;
}

const button = (name: RegExp) => async (app: HopscopePage) => {
  await app.page.getByRole('button', { name }).first().click();
  await app.idle();
};

const PODS = `[root@master ~]# kubectl get pods -o wide
NAME   READY   STATUS    RESTARTS   AGE   IP           NODE
pod1   1/1     Running   0          5m    10.244.1.4   node1
pod2   1/1     Running   0          5m    10.244.2.2   node2
`;

export const SCREENS: readonly Screen[] = [
  { name: 'matrix', hash: 'step=30' },
  { name: 'ladder', hash: 'step=60&panel=ladder' },
  { name: 'verdict', hash: 'panel=verdict' },
  { name: 'packets', hash: 'panel=packets' },
  { name: 'time line', hash: 'event=route-replaced&moment=2' },
  { name: 'vxlan', hash: 'mode=vxlan&step=60' },
  { name: 'faults', hash: '', open: button(/^(Break something|制造故障)/) },
  { name: 'help', hash: '', open: (app) => app.press('?') },
  {
    name: 'captures',
    hash: '',
    async open(app) {
      await app.drop([upload('b.cap', sample('pod1.cap')), upload('cut.cap', sample('node1.cap').subarray(0, 90))]);
      await app.idle();
    },
  },
  {
    name: 'own cluster',
    hash: '',
    async open(app) {
      await button(/^(Your cluster|你的集群)/)(app);
      await app.dialog.getByRole('textbox').first().fill(PODS);
      await app.dialog.locator('form button[type=submit]').first().click();
      await app.idle();
    },
  },
  { name: 'presenter', hash: 'present=1&step=30' },
  { name: 'question', hash: 'lecture=questions' },
  { name: 'find the fault', hash: 'lecture=fault:7-657l4l' },
  { name: 'lessons', hash: 'lecture=lesson' },
  { name: 'a lesson', hash: 'lecture=lesson:article:10' },
  { name: 'the sheet', hash: 'lecture=sheet', alike: 'ol > li:nth-child(n + 4)' },
  { name: 'glossary', hash: 'lecture=glossary' },
];

export async function openScreen(page: Page, { hash, open }: Screen, lang: 'en' | 'zh'): Promise<HopscopePage> {
  const app = new HopscopePage(page);
  await page.goto('about:blank'); // a new address of the same page would keep what is open
  await page.goto(`/#${[hash, `lang=${lang}`].filter((part) => part !== '').join('&')}`);
  await app.idle();
  await expect(page.getByRole('main')).toBeVisible();
  await open?.(app);
  return app;
}
