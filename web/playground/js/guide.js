import { state } from './state.js';

// What fits the state of a matter: short phrases for residents, the words of the official steps for those who may take them.

const office = /书记|两委|监督/;

const isStaff = (person) => Boolean(person?.staff);

// Steps of domain.md 4.6 with sensible words; `who` picks people of the community by their role.
export const steps = {
  screening: [
    { who: '书记', text: (n) => `审议 ${n} 通过\n方式：户表决\n范围：网格\n费用：预算内`, label: '审议通过' },
    { who: '两委', text: (n) => `审议 ${n} 通过\n方式：户表决\n范围：网格\n费用：预算内`, label: '同意审议（第二人）' },
  ],
  deliberating: [
    { who: '居民', text: (n) => `讨论 ${n} `, label: '发言' },
    { who: '两委', text: (n) => `${n} 进入表决\n纪要：只拦外来车，本点车辆登记后放行，亲友来访由住户开杆\n天数：5`, label: '进入表决' },
  ],
  no_quorum: [{ who: '两委', text: (n) => `${n} 延期表决\n天数：5`, label: '延期表决' }],
  not_passed: [{ who: '两委', text: (n) => `${n} 重新商议 方案改了：`, label: '重新商议' }],
  publicity: [
    { who: '居民', text: (n) => `异议 ${n} `, label: '提异议' },
    { who: '书记', text: (n, owner) => `${n} 开始实施\n负责：${owner}\n预算：1.2万元\n节点：7月28日 装好并调试`, label: '开始实施' },
  ],
  objected: [{ who: '两委', text: (n) => `${n} 异议不成立 `, label: '答复异议' }, { who: '监督', text: () => '同意', label: '监督委员同意' }],
  executing: [
    { who: '负责人', text: (n) => `进度 ${n} 60% 基础已做好，下一步安装`, label: '报进度' },
    { who: '负责人', text: (n) => `进度 ${n} 100% 已装好并调试\n花费：11800元`, label: '报完工' },
  ],
  checking: [{ who: '监督', text: (n) => `核验 ${n} 通过`, label: '核验通过' }],
  evaluating: [{ who: '居民', text: (n) => `评议 ${n} 5分 用着不错`, label: '评议' }],
  rework: [{ who: '两委', text: (n) => `${n} 整改完成 `, label: '整改完成' }],
  collecting: [{ who: '居民', text: (n) => `附议 ${n}`, label: '附议' }],
  voting: [{ who: '居民', text: (n) => `赞成 ${n}`, label: '投票' }],
};

// The person the sample plan makes responsible: a committee member who did not open the review.
export function ownerOf(communityId) {
  const members = [...state.people.values()].filter((person) => person.community === communityId && person.staff && person.roles.includes('两委委员'));
  return members[1] || members[0];
}

// People of the community who may take a step, best first.
export function actorsFor(step, communityId) {
  const local = [...state.people.values()].filter((person) => person.community === communityId);
  if (step.who === '居民') return local.filter((person) => !person.staff && person.adult);
  if (step.who === '负责人') return [ownerOf(communityId)].filter(Boolean);
  return local.filter((person) => person.staff && person.roles.some((role) => role.includes(step.who)));
}

export const wordsOf = (step, matter) => step.text(matter.no, ownerOf(matter.community)?.id || '');

// Chips above the keyboard.
export function chipsFor(person, group, matters) {
  const chips = [];
  const live = matters.filter((matter) => matter.live).slice(0, 4);
  for (const matter of live) {
    const n = matter.no;
    if (matter.state === 'voting' && !isStaff(person)) {
      chips.push(...['赞成', '反对', '弃权'].map((word) => ({ label: `${word} ${n}`, text: `${word} ${n}` })));
      continue;
    }
    for (const step of steps[matter.state] || []) {
      const official = step.who !== '居民';
      if (official === isStaff(person)) chips.push({ label: `${n} ${step.label}`, text: wordsOf(step, matter) });
    }
    chips.push({ label: `进度 ${n}`, text: `进度 ${n}` });
  }
  if (!isStaff(person) || !person?.roles.some((role) => office.test(role))) {
    chips.push({ label: '提议…', text: group ? `@${state.botName} 提议 ` : '提议 ' });
    chips.push({ label: '上报…', text: '上报 ' });
  }
  if (!group) chips.push({ label: '列表', text: '列表' }, { label: '我的事项', text: '我的事项' }, { label: '帮助', text: '帮助' });
  return chips.slice(0, 12);
}
