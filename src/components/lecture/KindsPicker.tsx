import { QUESTION_KINDS } from '../../engine/questions/question';
import { chooseKinds, readTool } from '../../store/lecture';
import { useApp } from '../../store/store';
import { Popover } from '../shared/Popover';
import { CopyLink } from './CopyLink';
import styles from './Question.module.css';
import { useTexts } from './texts';

/** What is asked; the choice is part of the link. */
export function KindsPicker() {
  const { lecture } = useTexts();
  const tool = readTool(useApp((s) => s.lecture));
  const kinds = tool?.kind === 'questions' ? tool.kinds : [];
  const t = lecture.questions;
  const isOn = (kind: (typeof QUESTION_KINDS)[number]) => kinds.length === 0 || kinds.includes(kind);
  return (
    <>
      <Popover button={`${t.kinds} ▾`} label={t.kinds}>
        {() => (
          <fieldset className={styles.kinds}>
            <legend className="visually-hidden">{t.kinds}</legend>
            {QUESTION_KINDS.map((kind) => (
              <label key={kind}>
                <input
                  type="checkbox"
                  checked={isOn(kind)}
                  onChange={() => {
                    const wanted = QUESTION_KINDS.filter((one) => (one === kind ? !isOn(one) : isOn(one)));
                    chooseKinds(wanted.length === QUESTION_KINDS.length ? [] : wanted);
                  }}
                />{' '}
                {t.kind[kind]}
              </label>
            ))}
          </fieldset>
        )}
      </Popover>
      <CopyLink />
    </>
  );
}
