import { type ComponentType, useEffect, useState } from 'react';
import { whileBusy } from '../../store/environment';
import { Rich } from './Rich';
import { turn } from './turns';

interface Props {
  readonly text: string;
  /** What stands before it in the same place: a word explained there is not explained again. */
  readonly after?: string;
}

let glossed: ComponentType<Props> | null = null;
let coming: Promise<void> | null = null;

/** Once the first screen has been drawn: it is not to wait for what can be read without. */
function load(): Promise<void> {
  coming ??= whileBusy(
    turn()
      .then(() => import('./Glossed'))
      .then(({ Glossed }) => {
        glossed = Glossed;
      }),
  );
  return coming;
}

/** A text of the catalogue whose words of the field explain themselves; plain until their meanings have come. */
export function Explained({ text, after }: Props) {
  const [Glossed, setGlossed] = useState(() => glossed);
  useEffect(() => {
    if (glossed === null) void load().then(() => setGlossed(() => glossed));
  }, []);
  return Glossed === null ? <Rich text={text} /> : <Glossed text={text} {...(after === undefined ? {} : { after })} />;
}
