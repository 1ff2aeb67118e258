import type { LessonError } from '../../lessons/lesson';
import type { lessons as en } from '../en/lessons';

function problem(error: LessonError): string {
  switch (error.kind) {
    case 'not-json':
      return '它不是 JSON。';
    case 'not-a-lesson':
      return '它不是本页的课程文件。';
    case 'version':
      return `它是第 ${error.version} 版的课程，本页只能读第 1 版。`;
    case 'shape':
      return `${error.path === '' ? '最外层的值' : error.path} 不符合格式。`;
  }
}

export const lessons: typeof en = {
  title: '课程',
  intro: '每门课程会布置好集群，停在关键的步骤上，并说明该看什么。',
  steps: (n) => `${n} 步`,
  start: '开始',
  change: '复制并修改',
  open: '打开课程文件…',
  make: '制作课程',
  goOn: '继续制作您的课程',
  own: '您的课程',
  cannotOpen: (name, error) => `无法打开 ${name}：${problem(error)}`,
  position: (at, of) => `${at} / ${of}`,
  note: '这里要看什么',
  lost: '这次运行里没有这一步：课程是为另一个集群制作的。',
  gone: '这里没有这门课程。别人制作的课程是一个文件，请在下面打开它。',
  untitled: '未命名的课程',
  name: '标题',
  edit: '修改',
  editing: '制作课程',
  add: '加入这一步',
  addHint:
    '用 ← 和 → 走到某一步，再把它加入。要用另一种集群，请返回页面，在那里弄坏或改动，再回到这里：您的课程会等着。',
  empty: '还没有步骤。',
  step: (n) => `第 ${n} 步`,
  up: (n) => `把第 ${n} 步上移`,
  down: (n) => `把第 ${n} 步下移`,
  remove: (n) => `删除第 ${n} 步`,
  noteOf: (n) => `第 ${n} 步的备注`,
  askAt: (n) => `第 ${n} 步的问题`,
  noQuestion: '不提问',
  save: '存成文件',
  show: '放映',
};
