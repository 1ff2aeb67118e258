/**
 * Two windows on one lecture: the projector's and the speaker's. Each tells the other what is shown, and either leads.
 * They speak over a BroadcastChannel; a page from file:// has no origin that such a channel would trust, so there the
 * window that opened the other writes to it directly.
 */
import { restore } from './actions';
import { useLecture } from './lecture';
import { useLessons } from './lessons';
import { useApp } from './store';

const CHANNEL = 'hopscope-lecture';
/** What the speaker's window is called, and is known by. */
export const SPEAKER = 'hopscope-speaker';

export const isSpeaker = (): boolean => window.name === SPEAKER;

type Message = { readonly kind: 'hello' } | { readonly kind: 'shown'; readonly shown: Shown };
type Shown = ReturnType<typeof shownNow>;

/** Not language, theme and type size: those are each window's own. */
function shownNow() {
  const { scenario, command, typed, mode, timeline, changes, stepIndex, stepSize, lecture } = useApp.getState();
  const { view, blank, at, answers } = useLecture.getState();
  const { own, at: lessonAt } = useLessons.getState();
  return {
    app: { scenario, command, typed, mode, timeline, changes, stepIndex, stepSize, lecture },
    lecture: { view, blank, at, answers },
    lessons: { own, at: lessonAt },
  };
}

let other: Window | null = null; // where no channel can be trusted

/** False where the browser refused to open a window. */
export function openSpeaker(): boolean {
  other = window.open(location.href, SPEAKER, 'popup,width=900,height=720');
  return other !== null;
}

/** Keeps this window and the other in step until the function it returns is called. */
export function followOther(): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  const offline = location.protocol === 'file:';
  let applying = false;
  let told = '';
  const peer = (): Window | null => (isSpeaker() ? (window.opener as Window | null) : other);
  const send = (message: Message): void => {
    if (offline) peer()?.postMessage(message, '*');
    else channel.postMessage(message);
  };
  const keyOf = (shown: Shown): string => JSON.stringify({ ...shown, answers: [...shown.lecture.answers] });
  const tell = (): void => {
    if (applying) return;
    const shown = shownNow();
    const key = keyOf(shown);
    if (key === told) return;
    told = key;
    send({ kind: 'shown', shown });
  };
  const take = (message: Message): void => {
    if (message.kind === 'hello') {
      told = '';
      tell();
      return;
    }
    applying = true;
    restore(message.shown.app);
    useLecture.setState(message.shown.lecture);
    useLessons.setState(message.shown.lessons);
    applying = false;
    told = keyOf(shownNow());
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => take(data);
  const onMessage = ({ source, data }: MessageEvent<Message>): void => {
    if (offline && source !== null && source === peer()) take(data);
  };
  window.addEventListener('message', onMessage);
  const stops = [useApp.subscribe(tell), useLecture.subscribe(tell), useLessons.subscribe(tell)];
  if (isSpeaker()) send({ kind: 'hello' });
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('message', onMessage);
    channel.close();
  };
}
