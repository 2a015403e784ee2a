// Beside the phone: where each matter stands, who moves it next, neighbours who act, and the public page.

import { api } from './api.js';
import { fill, h, icon, toast } from './dom.js';
import { look, lookAtMatters } from './feed.js';
import { actorsFor, steps, wordsOf } from './guide.js';
import { become, community, openChat, state } from './state.js';
import { deadlineText } from './time.js';
import { prefill } from './chat.js';

let tab = 'matters';
let page = '';
let close = () => {};

const asks = {
  collecting: { action: 'endorse', count: 4, label: '户邻居附议' },
  voting: { action: 'vote', count: 40, label: '户邻居投票' },
  evaluating: { action: 'rate', count: 5, label: '户邻居评议' },
};
const mixes = {
  vote: [['多数赞成', { for: 26, against: 11, abstain: 3 }], ['都赞成', { for: 1 }], ['多数反对', { for: 10, against: 26, abstain: 4 }], ['各半', { for: 1, against: 1 }]],
  rate: [['多数满意', { 5: 5, 4: 3, 3: 1 }], ['都 5 分', { 5: 1 }], ['多数不满意', { 2: 3, 1: 2, 4: 1 }]],
};

function neighbours(matter) {
  const ask = asks[matter.state];
  if (!ask) return null;
  const count = h('input', { type: 'number', min: '1', max: '200', value: String(ask.count), 'aria-label': '几户' });
  const options = matter.vote?.options || [];
  const choices = ask.action === 'vote' && options.length > 0
    ? [['平均', Object.fromEntries(options.map((option) => [option, 1]))], ...options.map((option) => [`都选 ${option}`, { [option]: 1 }])]
    : mixes[ask.action] || [];
  const mix = choices.length > 0 && h('select', { 'aria-label': '怎么选' }, choices.map(([name], index) => h('option', { value: String(index) }, name)));
  const go = h('button', { class: 'primary', type: 'submit' }, `让邻居${ask.action === 'endorse' ? '附议' : ask.action === 'vote' ? '投票' : '评议'}`);
  const form = h('form', { class: 'neighbours', 'data-action': ask.action }, h('span', {}, '让'), count, h('span', {}, ask.label), mix, go);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    go.disabled = true;
    try {
      const wish = { community: matter.community, no: matter.no, action: ask.action, count: Number(count.value) };
      if (mix) wish.mix = choices[Number(mix.value)][1];
      const done = await api.neighbours(wish);
      toast(done.spoke === 0 ? '范围里的各户都已经表过态了' : `${done.spoke} 户邻居说了话${done.taken < done.spoke ? `，${done.spoke - done.taken} 户没有办成` : ''}`);
    } catch (error) {
      toast(error.message);
    } finally {
      go.disabled = false;
      await look();
      await lookAtMatters();
    }
  });
  return form;
}

function takeRole(step, matter) {
  const actors = actorsFor(step, matter.community);
  if (actors.length === 0) return null;
  const actor = actors[0];
  return h('button', { class: 'chip', type: 'button', title: `以 ${actor.name} 的身份私聊${state.botName}`, onclick: () => {
    become(actor.id);
    openChat('');
    prefill(wordsOf(step, matter));
    close();
  } }, `${actor.name} · ${step.label}`);
}

function progress(matter) {
  if (matter.state === 'collecting') return `附议 ${matter.endorsements.households}/${matter.endorsements.needed} 户`;
  if (matter.turnout && !matter.result) return `已投 ${matter.turnout.participating}/${matter.turnout.eligible}`;
  if (matter.execution && matter.live) return `完成 ${matter.execution.percent}%`;
  if (matter.evaluation) return `${matter.evaluation.raters} 户评议`;
  return '';
}

function card(matter) {
  const roles = (steps[matter.state] || []).map((step) => takeRole(step, matter)).filter(Boolean);
  return h('li', { class: 'matter', 'data-no': matter.no },
    h('h3', {}, h('span', { class: 'no' }, matter.no), h('button', { class: 'link', type: 'button', onclick: () => showPage(`/c/${matter.community}/${matter.no}`) }, matter.title)),
    h('p', { class: 'meta' }, h('span', { class: `state ${matter.live ? 'live' : 'done'}` }, matter.state_title), progress(matter),
      matter.live && matter.deadline && h('span', {}, `${deadlineText(new Date(matter.deadline))} 截止`)),
    neighbours(matter), roles.length > 0 && h('div', { class: 'chips' }, h('small', {}, '下一步：'), roles));
}

function drawMatters(body) {
  const matters = state.matters.get(community()) || [];
  if (body.contains(document.activeElement) && document.activeElement.matches('input, select')) return;
  fill(body, matters.length === 0 && h('p', { class: 'nothing' }, '还没有提议。在群里发“@小邻 提议 ……”就会出现在这里。'),
    h('ul', { class: 'matters' }, matters.map(card)));
}

let element = null;
export function drawPanel(pane) {
  element = pane;
  const name = state.communities.find((one) => one.id === community())?.name || '';
  const tabButton = (id, label, symbol) => h('button', { type: 'button', role: 'tab', 'aria-selected': String(tab === id),
    onclick: () => { tab = id; drawPanel(pane); } }, icon(symbol), label);
  const body = h('div', { class: 'pane-body', role: 'tabpanel' });
  fill(pane, h('header', { class: 'pane-head' }, h('h2', {}, name),
    h('button', { class: 'round close', type: 'button', 'aria-label': '关上', onclick: () => close() }, icon('close'))),
    h('div', { class: 'tablist', role: 'tablist' }, tabButton('matters', '事项', 'list'), tabButton('page', '公开页', 'globe')), body);
  if (tab === 'matters') {
    drawMatters(body);
  } else {
    body.classList.add('frame');
    body.append(h('iframe', { src: page || `/c/${community()}/`, title: '公开页' }));
  }
}

export function updatePanel(what) {
  if (!element) return;
  if (what === 'me') drawPanel(element);
  const body = element.querySelector('.pane-body');
  if (what === 'matters' && tab === 'matters' && body) drawMatters(body);
  if (what === 'matters' && tab === 'page') element.querySelector('iframe')?.contentWindow?.location.reload();
}

let open = () => {};
export function showPage(path) {
  tab = 'page';
  page = path;
  drawPanel(element);
  page = '';
  open();
}

export function onPanel(opened, closed) {
  open = opened;
  close = closed;
}

