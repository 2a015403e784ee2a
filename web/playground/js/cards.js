// Cards with working buttons: what a press does goes back as an event of its own.

import { h } from './dom.js';
import { linked } from './links.js';

function facts(card) {
  if (!card.facts || card.facts.length === 0) return null;
  return h('dl', { class: 'card-facts' }, card.facts.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))));
}

function buttons(card, press) {
  return h('div', { class: 'card-buttons' }, (card.buttons || []).map((button) =>
    h('button', { class: button.primary ? 'primary' : '', type: 'button', onclick: () => press({ task_id: card.task_id, key: button.key }) },
      button.text)));
}

function choice(card, press) {
  const name = `choice-${card.task_id}`;
  const submit = h('button', { class: 'primary', type: 'submit', disabled: true }, card.submit_text || '提交');
  const form = h('form', { class: 'card-choice' },
    h('fieldset', {}, h('legend', {}, '请选一项'), (card.options || []).map((option) =>
      h('label', {}, h('input', { type: 'radio', name, value: option.id, onchange: () => (submit.disabled = false) }), h('span', {}, option.text)))),
    h('div', { class: 'card-buttons' }, submit));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const picked = form.querySelector('input:checked');
    if (picked) {
      press({ task_id: card.task_id, key: card.submit_key || 'submit',
        selections: [{ question: card.question || 'choice', options: [picked.value] }] });
    }
  });
  return form;
}

// `done`: the text that replaced the buttons for this reader, or null. `press(action)` sends; it returns a promise.
export function cardElement(card, done, press) {
  const box = h('article', { class: 'card' });
  const send = async (action) => {
    for (const control of box.querySelectorAll('button, input')) control.disabled = true;
    box.classList.add('busy');
    try {
      await press(action);
    } finally {
      box.classList.remove('busy');
      for (const control of box.querySelectorAll('button, input')) control.disabled = false;
    }
  };
  box.append(...[
    card.title && h('h3', {}, card.title),
    card.body && h('p', { class: 'card-body' }, linked(card.body)),
    facts(card),
    card.url && h('p', {}, linked(card.url)),
  ].filter(Boolean));
  if (done !== null) box.append(h('p', { class: 'card-done' }, `✓ ${done}`));
  else if (card.kind === 'choice') box.append(choice(card, send));
  else if (card.kind === 'buttons') box.append(buttons(card, send));
  return box;
}
