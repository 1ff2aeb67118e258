import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { later } from '../shared/later';
import { Popover } from '../shared/Popover';

const LectureList = later(async () => (await import('./LectureList')).LectureList);

/** All that is for a room full of people; nothing of it is loaded before the menu is opened. */
export function LectureMenu() {
  const { app } = useApp(selectText);
  return (
    <Popover button={`${app.lecture} ▾`} label={app.lecture}>
      {(close) => <LectureList close={close} />}
    </Popover>
  );
}
