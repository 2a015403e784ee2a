// Where the next message is written: text, quote, picture, and chips with what fits the open matters.

import { fill, h, icon } from './dom.js';
import { chipsFor } from './guide.js';
import { samplePicture, shrink } from './picture.js';
import { community, me, state } from './state.js';

const tallestPx = 132;

export function composer(say) {
  const text = h('textarea', { rows: '1', 'aria-label': '输入消息', placeholder: '发消息', maxlength: '2000', enterkeyhint: 'send' });
  const send = h('button', { class: 'send', type: 'submit', 'aria-label': '发送', disabled: true }, icon('send'));
  const chips = h('div', { class: 'chips', role: 'group', 'aria-label': '常用说法' });
  const quote = h('div', { class: 'quoted' });
  const file = h('input', { type: 'file', accept: 'image/*', class: 'visually-hidden', tabindex: '-1', 'aria-label': '选照片' });
  const extras = h('div', { class: 'extras' },
    h('button', { type: 'button', onclick: () => file.click() }, icon('picture'), '选照片'),
    h('button', { type: 'button', onclick: () => sendPicture(samplePicture()) }, icon('picture'), '发示例照片'));
  extras.hidden = true;
  const more = h('button', { class: 'round', type: 'button', 'aria-label': '更多', 'aria-expanded': 'false', onclick: toggle }, icon('plus'));
  const form = h('form', { class: 'composer' }, quote, chips, h('div', { class: 'row' }, more, text, send), extras, file);

  function toggle() {
    extras.hidden = !extras.hidden;
    more.setAttribute('aria-expanded', String(!extras.hidden));
  }

  function grow() {
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight, tallestPx)}px`;
    send.disabled = text.value.trim() === '';
  }

  function set(value) {
    text.value = value;
    grow();
    text.focus();
    text.setSelectionRange(value.length, value.length);
  }

  async function sendText() {
    const value = text.value.trim();
    if (!value) return;
    const message = { text: value };
    if (state.quote) message.quote = { text: state.quote.text, task_id: state.quote.task_id };
    set('');
    state.quote = null;
    drawQuote();
    try {
      await say(message);
    } catch {
      if (text.value === '') set(value); // nothing typed is lost
    }
  }

  async function sendPicture(promise) {
    extras.hidden = true;
    try {
      await say({ text: '', picture: await promise });
    } catch {
      // Told already.
    }
  }

  function drawQuote() {
    if (!state.quote) return fill(quote);
    return fill(quote, h('span', {}, `${state.quote.name}：${state.quote.text.slice(0, 60)}`),
      h('button', { type: 'button', class: 'round', 'aria-label': '不引用了', onclick: () => { state.quote = null; drawQuote(); } }, icon('close')));
  }

  function drawChips() {
    const items = chipsFor(me(), state.chat?.group, state.matters.get(community()) || []);
    fill(chips, items.map((chip) => h('button', { type: 'button', class: 'chip', onclick: () => set(chip.text) }, chip.label)));
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    sendText();
  });
  text.addEventListener('input', grow);
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      sendText();
    }
  });
  file.addEventListener('change', () => {
    if (file.files[0]) sendPicture(shrink(file.files[0]));
    file.value = '';
  });
  drawChips();
  drawQuote();

  return {
    element: form,
    set,
    focus: () => matchMedia('(pointer: fine)').matches && text.focus(),
    update: (what) => {
      if (what === 'matters' || what === 'me') drawChips();
      if (what === 'quote') drawQuote();
    },
  };
}

