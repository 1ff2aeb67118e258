import { useEffect, useState } from 'react';
import { type Judgement, judge } from '../../store/own-cluster';
import { OWN } from '../../store/scenarios';
import { selectCluster, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Findings } from './Findings';
import { ImportReport } from './ImportReport';

/** What is wrong with the cluster as it stands, changes included, and how it came about where texts made it. */
export function Judged() {
  const { cluster: t } = useApp(selectText);
  const topology = useApp(selectCluster);
  const isOwn = useApp((s) => s.scenario === OWN);
  const given = useApp((s) => s.own);
  const own = isOwn ? given : null;
  const isAsGiven = useApp((s) => s.mode === 'host-gw' && s.timeline === null); // but for the changes
  const changes = useApp((s) => s.changes);
  const [judgement, setJudgement] = useState<Judgement | null>(null);
  useEffect(() => {
    let wanted = true;
    void judge(topology, own, isAsGiven ? changes : null).then((made) => wanted && setJudgement(made));
    return () => {
      wanted = false;
    };
  }, [topology, own, isAsGiven, changes]);
  if (judgement === null || judgement.topology !== topology) return null;
  const { findings, audits, asks, toolOf } = judgement;
  const nameOf = (text: number): string => {
    const name = own?.texts[text]?.name ?? '';
    return name === '' ? t.pasted(text + 1) : name;
  };
  return (
    <>
      <Findings findings={findings} audits={audits} />
      {own?.report != null && <ImportReport report={own.report} asks={asks} toolOf={toolOf} nameOf={nameOf} />}
    </>
  );
}
