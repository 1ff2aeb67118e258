/** The pictures of the README and the guide: the address of what each shows, in which window. `npm run screenshots` takes them. */
const DESKTOP = { width: 1440, height: 900 };
const GUIDE = { width: 1180, height: 760 };
const PROJECTOR = { width: 1024, height: 768 };

/** What the guide shows, once in each language. */
const GUIDED = [
  { name: 'step', hash: 'step=30', viewport: GUIDE },
  {
    name: 'verdict',
    hash: `change=${encodeURIComponent('route-missing|node1: ip route del 10.244.2.0/24')}&panel=verdict`,
    viewport: DESKTOP,
  },
  { name: 'question', hash: 'lecture=questions', viewport: GUIDE },
  { name: 'presenter', hash: 'present=1&step=30', viewport: PROJECTOR },
  { name: 'fault', hash: 'lecture=fault:7-657l4l', viewport: GUIDE },
  { name: 'time-line', hash: 'event=route-replaced&moment=2', viewport: GUIDE },
  { name: 'packets', hash: 'panel=packets', viewport: GUIDE },
];

export const PICTURES = [
  { file: 'docs/page.png', hash: 'step=30', lang: 'en', viewport: DESKTOP },
  { file: 'docs/page-zh.png', hash: 'step=30', lang: 'zh', viewport: DESKTOP },
  ...GUIDED.flatMap(({ name, hash, viewport }) => [
    { file: `docs/guide/pictures/${name}.png`, hash, lang: 'en', viewport },
    { file: `docs/guide/pictures/${name}-zh.png`, hash, lang: 'zh', viewport },
  ]),
];
